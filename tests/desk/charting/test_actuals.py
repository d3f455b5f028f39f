"""Planned against done: the pencil line under each bar, the days lost, and their sums by cause."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from luodi.desk.charting import actuals, gantt, losses
from luodi.domain.catalogue.reading import load
from luodi.domain.facts import samples
from luodi.domain.planning.plan import plan
from luodi.domain.planning.result import Plan

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def told() -> Plan:
    """What was announced for a sample."""
    answer = plan(samples.load("jinko", load()), load(), start="signed", to="construction_start")
    assert isinstance(answer, Plan)
    return answer


def moved(told: Plan, matter: str, days: int) -> Plan:
    """The same plan with the end of one matter moved."""
    steps = tuple(
        replace(step, finish=step.finish + timedelta(days=days)) if step.matter == matter else step
        for step in told.steps
    )
    return replace(told, steps=steps)


def look(told: Plan) -> gantt.Look:
    """A live chart."""
    return gantt.Look(language="en", against=actuals.announced(told), today=date(2023, 6, 20))


def test_nothing_is_lost_where_nothing_moved(told: Plan) -> None:
    drawing = gantt.draw(told, load(), look(told))
    assert 'class="told"' in drawing
    assert 'class="lost"' not in drawing
    assert 'class="won"' not in drawing


@pytest.mark.parametrize(("days", "kind", "figure"), [(3, "lost", "+3"), (-2, "won", "−2")])
def test_a_moved_end_is_drawn_and_said(told: Plan, days: int, kind: str, figure: str) -> None:
    longest = max(told.steps, key=lambda step: step.finish - step.start)
    drawing = gantt.draw(moved(told, longest.matter, days), load(), look(told))
    assert drawing.count(f'class="{kind}"') == 1
    assert figure in drawing
    assert ("late" if days > 0 else "early") in drawing


def test_the_filter_shows_only_what_moved(told: Plan) -> None:
    longest = max(told.steps, key=lambda step: step.finish - step.start)
    lines = gantt.rows(moved(told, longest.matter, 3), load(), replace(look(told), state="moved"))
    assert [row.step.matter for row in lines if row.step] == [longest.matter]


def test_a_plan_that_is_not_live_has_no_pencil(told: Plan) -> None:
    assert 'class="told"' not in gantt.draw(told, load(), gantt.Look(language="en"))


def loss(cause: str, unit: str, days: int) -> losses.Loss:
    """An event that moved the end."""
    start = date(2026, 7, 1)
    return losses.Loss(datetime(2026, 6, 1, tzinfo=UTC), "eia_report", unit, cause, days, start, start)


def test_days_add_up_by_cause_and_unit() -> None:
    events = [loss("correction", "ecology", 3), loss("correction", "water", 2), loss("early_decision", "water", -4)]
    by_cause = losses.added(events, "cause", {"correction": "Corrections"})
    assert [(one.label, one.days, len(one.events)) for one in by_cause] == [
        ("Corrections", 5, 2),
        ("early_decision", -4, 1),
    ]
    assert [(one.key, one.days) for one in losses.added(events, "unit", {})] == [("ecology", 3), ("water", -2)]
    assert losses.total(events) == 1
    assert sum(one.days for one in by_cause) == losses.total(events)
    assert 'class="cost"' in losses.bar(5, 5)
    assert 'class="saved"' in losses.bar(-4, 5)
