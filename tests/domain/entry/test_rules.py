"""Entry reviews, fronts and gates as data: what follows from opinions, what comes too early, what counts as prepared."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from luodi.domain.catalogue.reading import load
from luodi.domain.entry import checks, fronts, gates
from luodi.domain.entry.forces import holes
from luodi.domain.entry.fronts import Grant, Step
from luodi.domain.vocabulary import Refusal

EIGHT = (
    "industry_access", "energy_intensity", "expert_review", "environment", "due_diligence", "legality", "planning",
    "budget",
)  # fmt: skip


def after(matter: str, trigger: str) -> bool:
    """Whether the catalogue lets a matter come only after a trigger."""
    rules = load()
    if matter in rules.milestones:
        needs = (*rules.milestones[matter].requires, *rules.milestones[matter].any_of)
    else:
        front = rules.matters[matter].front
        needs = (*rules.matters[matter].requires, *(() if front else ("signed",)))
    return trigger in needs or any(after(one, trigger) for one in needs)


def test_the_checks_are_the_eight_of_the_article_and_each_has_somebody() -> None:
    assert tuple(checks.checks()) == EIGHT
    assert all(one.units or one.experts for one in checks.checks().values())
    assert [one.id for one in checks.serving("energy_review")] == ["energy_intensity"]


@pytest.mark.parametrize("front", fronts.fronts().values(), ids=lambda one: one.id)
def test_what_is_withheld_comes_after_the_trigger_in_the_catalogue(front: fronts.Front) -> None:
    assert front.withheld
    assert [one for one in front.withheld if not after(one, front.trigger)] == []


@pytest.mark.parametrize(
    ("latest", "answer"),
    [
        ([], "unasked"),
        (["agree", None], "waiting"),
        (["agree", "object", None], "blocked"),
        (["agree", "conditions"], "conditional"),
        (["agree", "agree"], "passed"),
    ],
)
def test_the_answer_follows_from_the_opinions(latest: list[str | None], answer: str) -> None:
    assert checks.overall(latest) == answer


@given(some.lists(some.sampled_from([*checks.VIEWS, None]), min_size=1))
def test_silence_is_never_consent_and_an_objection_always_blocks(latest: list[str | None]) -> None:
    answer = checks.overall(latest)
    assert (answer == "blocked") == ("object" in latest)
    assert answer not in ("passed", "conditional") or None not in latest


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (("object", "", " "), "entry_blocking_missing"),
        (("conditions", "\n", "x"), "entry_conditions_missing"),
        (("yes", "", ""), "entry_view_unknown"),
    ],
)
def test_an_objection_says_what_blocks(said: tuple[str, str, str], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        checks.sound(*said)


def test_a_grant_before_the_trigger_is_found_and_one_on_its_day_is_not() -> None:
    land = fronts.fronts()["land"]
    day = date(2026, 11, 10)
    early = Grant("land_use_planning_permit", date(2026, 11, 9), "h", "x")
    same = Grant("real_estate_land_reg", day, "h", "x")
    other = Grant("energy_review", date(2026, 1, 1), "h", "x")  # may be granted early: its own law allows it
    assert fronts.early(land, day, (early, same, other)) == (early,)
    assert fronts.early(land, None, (early, same, other)) == (early, same)


def test_a_matter_is_prepared_once_all_its_tasks_are_done() -> None:
    begun, done, today = date(2026, 9, 1), date(2026, 11, 2), date(2026, 11, 20)
    steps = {"land.energy": Step(begun, None), "land.scheme": Step(begun, done)}
    found = fronts.prepared(steps, load().matters, today)
    assert found == {"design_scheme_review": (begun, done)}
    assert fronts.prepared(steps, load().matters, date(2026, 11, 1)) == {}


def test_the_gate_of_signing_is_the_one_in_force_on_the_day() -> None:
    old, new = gates.in_force("signed", date(2020, 1, 1)), gates.in_force("signed", date(2024, 1, 1))
    assert old is not None
    assert new is not None
    assert (old.checks, new.checks) == (("legality",), EIGHT)
    assert gates.in_force("signed", date(2017, 12, 31)) is None


@given(some.dates(date(2026, 1, 1), date(2026, 12, 1)), some.integers(0, 40), some.sets(some.integers(0, 40)))
def test_holes_and_days_on_duty_make_up_the_span(starts: date, days: int, held: set[int]) -> None:
    ends = date.fromordinal(starts.toordinal() + days)
    on_duty = {date.fromordinal(starts.toordinal() + n) for n in held if n <= days}
    empty = holes(starts, ends, on_duty)
    assert len(empty) + len(on_duty) == days + 1
    assert not on_duty & set(empty)
