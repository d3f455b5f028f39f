"""Numbers of documents, and the words of their kinds."""

import pytest

from luodi.cases.kinds import STATES
from luodi.domain.documents.kinds import kind, number, plain_number, rules, series
from luodi.domain.vocabulary import Refusal, Text

OFFICE = Text("某某局", "Some Bureau")


def test_a_number_has_word_of_office_kind_year_and_place() -> None:
    assert number(OFFICE, "zgsfq_approval_bureau", kind("acceptance"), 2026, 12) == "综改审批受字〔2026〕12号"
    assert number(OFFICE, "unlisted", kind("permit"), 2026, 1) == "某某局施字〔2026〕1号"


@pytest.mark.parametrize(
    "typed",
    [
        "综改审批受字〔2026〕12号",
        "综改审批受字[2026]12号",
        " 综改审批受字 (2026) 12 号",
        "综改审批受字【2026】第012号",
        "综改审批受字〔2026〕12",
    ],
)
def test_a_number_is_found_however_it_is_typed(typed: str) -> None:
    assert plain_number(typed) == "综改审批受字〔2026〕12号"


def test_no_two_kinds_share_a_word_and_so_a_number() -> None:
    words = [one.word for one in rules().kinds.values()]
    assert len(set(words)) == len(words)
    assert series("a", "permit", 2026) != series("a", "permit", 2027)


def test_every_event_that_issues_something_exists() -> None:
    known = {*STATES, "case.asked"}
    assert {event for one in rules().kinds.values() for event in one.events} <= known


def test_an_unknown_kind_is_said() -> None:
    with pytest.raises(Refusal) as refused:
        kind("medal")
    assert refused.value.code == "no_paper_kind"


def test_the_periods_of_the_remedy_rest_on_law() -> None:
    assert (rules().remedy.reconsider_days, rules().remedy.sue_months) == (60, 6)
    assert rules().confidence == "law"
