"""What lags with who holds it, durations, and the enrolment radar; all with the same number of queries for any size."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.indicators.scene import AT, PARK, TODAY, project, zones
from tests.people import OTHER, OWN, hired

from luodi.accounts.acting import SYSTEM
from luodi.domain.indicators.lags import Gap
from luodi.domain.indicators.published import clock
from luodi.domain.vocabulary import Refusal
from luodi.indicators import actions, clocking, enrolled, enrolling, lagging
from luodi.projects.actions import assign_member, release_member

pytestmark = pytest.mark.django_db
START = date(2026, 1, 1)


def test_the_furthest_over_comes_first_and_recorded_events_count() -> None:
    project("landing", signed=date(2026, 7, 1))
    project("made", production=date(2026, 1, 1))
    project("full", PARK, production=date(2025, 1, 1))
    project("talk", contact=START)
    actions.reach_event(project="full", event="full_output", on=date(2026, 11, 1), source="用电量", by=SYSTEM, at=AT)
    rows = lagging.waiting(None, TODAY)
    assert [(one.project.slug, one.lag.wait.id, one.lag.over) for one in rows] == [
        ("made", "full", 144), ("landing", "land", 83), ("full", "enrol", 0)
    ]  # fmt: skip
    assert [one.project.slug for one in lagging.waiting([OWN], TODAY)] == ["made", "landing"]


def test_days_on_which_nobody_owned_a_project() -> None:
    project("a", contact=date(2026, 10, 1), signed=date(2026, 10, 20))
    navigator = hired("navigator")
    agent = hired("enterprise_agent")
    assign_member(project="a", post=agent.post, role="agent", starts=date(2026, 10, 1), by=SYSTEM, at=AT)
    (row,) = lagging.told(lagging.waiting(None, TODAY), TODAY)
    assert (row.owners, row.unowned) == ((), 52)  # the enterprise's own agent is no owner
    assign_member(project="a", post=navigator.post, role="navigator", starts=date(2026, 10, 11), by=SYSTEM, at=AT)
    release_member(project="a", post=navigator.post, role="navigator", ends=date(2026, 10, 31), by=SYSTEM, at=AT)
    (row,) = lagging.told(lagging.waiting(None, TODAY), TODAY)
    assert row.gaps == (Gap(date(2026, 10, 1), date(2026, 10, 10)), Gap(date(2026, 11, 1), TODAY))
    assert row.holding is None


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"event": "production"}, "figure_event_in_file"),
        ({"event": "dancing"}, "figure_event_unknown"),
        ({"on": date(2026, 12, 1)}, "figure_ahead"),
        ({"project": "nobody"}, "project_unknown"),
        ({"source": ""}, "text_missing"),
    ],
)
def test_an_event_that_cannot_be_recorded(more: dict[str, object], code: str) -> None:
    project("a")
    given = {"project": "a", "event": "trial", "on": START, "source": "x", **more}
    with pytest.raises(Refusal) as refused:
        actions.reach_event(by=SYSTEM, at=AT, **given)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_durations_by_zone_and_year() -> None:
    project("a", signed=date(2025, 11, 1), construction_start=date(2025, 12, 31))
    project("b", signed=START, construction_start=date(2026, 1, 11))
    project("c", OTHER, signed=START, construction_start=date(2026, 2, 1))
    project("open", signed=START)
    project("ahead", signed=START, construction_start=date(2026, 12, 1))
    rows = clocking.timed(None, clock().spans["signed_start"], TODAY)
    assert [one.stretch.days for one in rows] == [10, 31, 60]
    assert [(one.id, one.spread.count, one.spread.median) for one in clocking.grouped(rows, "year")] == [
        ("2026", 2, Decimal("20.5")), ("2025", 1, Decimal("60.0"))
    ]  # fmt: skip
    assert [(one.id, one.spread.mean) for one in clocking.grouped(rows, "zone")] == [
        (OWN, Decimal("35.0")), (OTHER, Decimal("31.0"))
    ]  # fmt: skip


def test_projects_to_enrol() -> None:
    project("at", invested=5_000_000, construction_start=START)
    project("below", invested=4_999_999, construction_start=START)
    project("unbegun", construction_start=date(2026, 12, 1))
    project("enrolled", construction_start=START, statistics=date(2026, 5, 1))
    project("unknown", invested=None, construction_start=START)
    (row,) = enrolled.candidates(None, TODAY)
    assert (row.project.slug, row.invested, row.waited) == ("at", Decimal(500), 324)
    assert [one.paper.id for one in row.missing] == ["filing", "started", "report"]
    assert [one.id for one in row.missing[0].blocks] == ["report"]


def watched(uscc: str, revenue: str | None, **more: bool) -> int:
    """A firm on watch with the revenue of last year."""
    zones()
    firm = enrolling.record_firm(
        uscc=uscc, name=f"企业{uscc}", zone=OWN, strategic=more.get("strategic", False), by=SYSTEM, at=AT, sample=True
    )
    if revenue is not None:
        enrolling.note_firm(
            firm=firm, kind="revenue", on=date(2025, 12, 31), amount=Decimal(revenue), source="报表", by=SYSTEM, at=AT
        )
    return firm


def test_firms_by_how_near_they_are() -> None:
    for uscc, revenue in (("A", "999.99"), ("B", "1000"), ("C", "1999.99"), ("D", "2000"), ("E", None)):
        watched(uscc, revenue)
    states = {one.uscc: one.state for one in enrolled.firms(None, TODAY)}
    assert states == {"D": "ready", "C": "near", "B": "near", "A": "far", "E": "unknown"}
    assert next(iter(states)) == "D"


def test_what_an_enrolled_firm_has_earned() -> None:
    firm = watched("A", "3000", strategic=True)
    for kind, on in (("enrolled", date(2023, 11, 21)), ("left", date(2026, 1, 1)), ("enrolled", date(2026, 2, 1))):
        enrolling.note_firm(firm=firm, kind=kind, on=on, source="批", by=SYSTEM, at=AT)
        (row,) = enrolled.firms(None, TODAY)
        if kind == "left":
            assert (row.state, row.enrolled) == ("ready", None)
        elif on.year == 2023:
            assert (row.state, row.reward.years, row.reward.together) == ("enrolled", Decimal(150000), Decimal(540000))
    assert (row.enrolled, row.reward.together) == (date(2026, 2, 1), Decimal(390000))


def test_what_cannot_be_noted_of_a_firm() -> None:
    firm = watched("A", "1")
    for more, code in (
        ({"kind": "revenue"}, "firm_revenue_out_of_range"),
        ({"kind": "revenue", "amount": Decimal(-1)}, "firm_revenue_out_of_range"),
        ({"kind": "paper", "paper": "poem"}, "firm_paper_unknown"),
        ({"kind": "dance"}, "firm_note_unknown"),
        ({"kind": "left", "on": date(2026, 12, 1)}, "figure_ahead"),
        ({"kind": "left", "firm": 999}, "firm_unknown"),
        ({"kind": "left", "source": ""}, "text_missing"),
    ):
        with pytest.raises(Refusal) as refused:
            enrolling.note_firm(**{"firm": firm, "on": START, "source": "x", "by": SYSTEM, "at": AT, **more})  # type: ignore[arg-type]
        assert refused.value.code == code
    for uscc, code in (("A", "firm_known"), ("not a code", "firm_code_wrong")):
        with pytest.raises(Refusal) as refused:
            enrolling.record_firm(
                uscc=uscc, name="x", zone=OWN, strategic=False, by=SYSTEM, at=AT, sample=code == "firm_known"
            )
        assert refused.value.code == code


def test_the_number_of_queries_does_not_grow() -> None:
    counts = []
    for size in (2, 12):
        for number in range(size):
            project(f"p{size}-{number}", signed=START, construction_start=START)
            watched(f"F{size}-{number}", "1500")
        with CaptureQueriesContext(
            connection,
        ) as caught:
            lagging.told(lagging.waiting(None, TODAY), TODAY)
            enrolled.candidates(None, TODAY)
            enrolled.firms(None, TODAY)
            clocking.timed(None, clock().spans["signed_start"], TODAY)
        counts.append(len(caught))
    assert counts == [10, 10]
