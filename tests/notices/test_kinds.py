"""The kinds as data: each can be said in both languages, and a wrong file says everything that is wrong with it."""

import pytest

from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_text
from luodi.domain.vocabulary import BadInput, DayUnit, Text
from luodi.notices.kinds import kinds, read_kinds, said
from luodi.notices.reminders import horizon
from luodi.notices.rules import failure, sending_rules


def wrong(text: str) -> list[str]:
    """The codes of what is wrong with a file."""
    faults = Faults("kinds.yaml")
    read_kinds(read_text(text, "kinds.yaml"), faults)
    with pytest.raises(BadInput) as found:
        faults.settle()
    return [problem.code for problem in found.value.problems]


def test_every_kind_is_said_in_both_languages() -> None:
    for kind in kinds().values():
        words = said(kind.id, {fact: Text(f"〔{fact}〕", f"<{fact}>") for fact in kind.facts})
        assert all(f"〔{fact}〕" in words.zh and f"<{fact}>" in words.en for fact in kind.facts)


def test_what_takes_over_needs_the_same_facts() -> None:
    for kind in kinds().values():
        if kind.after:
            assert kinds()[kind.after].facts - {"left"} <= kind.facts | {"due"}, kind.id
            assert kinds()[kind.after].offsets[0] < 0, kind.id


def test_reminders_are_as_the_habit_wants_them() -> None:
    assert kinds()["debt_due"].offsets[:2] == (5, 1)
    assert kinds()["due_soon"].unit is DayUnit.WORKING
    assert kinds()["power_expiring"].unit is DayUnit.CALENDAR
    assert horizon() >= 90


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("a: {zh: '{x}到期', en: 'due {y}'}", ["notice_words_differ"]),
        ("a: {zh: '{x.y}到期', en: 'due {0}'}", ["notice_words_broken", "notice_words_broken"]),
        ("a: {zh: '到期{', en: 'due'}", ["notice_words_broken"]),
        ("a: {zh: 到期, en: due, after: b}", ["notice_kind_unknown"]),
        ("a: {zh: 到期, en: due, offsets: [1, 5]}", ["notice_offsets_wrong"]),
        ("a: {zh: 到期, en: due, offsets: []}", ["notice_offsets_wrong"]),
        ("a: {zh: 到期, en: due, offsets: [true]}", ["notice_offsets_wrong"]),
        ("a: {zh: 到期, en: due, unit: months}", ["unknown_choice"]),
        ("a: {zh: 到期}", ["language_missing"]),
        ("a: {zh: 到期, en: due, urgnt: true}", ["unknown_key"]),
    ],
)
def test_a_wrong_file_is_refused(text: str, codes: list[str]) -> None:
    assert wrong(text) == codes


def test_a_kind_that_is_gone_is_still_shown() -> None:
    assert said("gone", {}) == Text("gone", "gone")


def test_every_failure_has_its_words() -> None:
    for code in sending_rules().failures:
        assert "{" not in failure(f"{code}|x").zh + failure(code).en
    assert failure("new") == Text("new", "new")
