"""Rolling forward: nothing new changes nothing, what is late costs what the critical path says, halts and reality."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import luodi
from luodi.domain import workdays
from luodi.domain.catalogue.reading import load
from luodi.domain.facts.project import Progress, ProjectFile
from luodi.domain.facts.reading import read_project
from luodi.domain.planning.changes import differences, planned_otherwise, restored
from luodi.domain.planning.plan import plan
from luodi.domain.planning.plan_json import dumps, plan_document, read_plan
from luodi.domain.planning.result import Plan
from luodi.domain.planning.rolling import carried, roll
from luodi.domain.vocabulary import DayUnit

RULES = load()
FOLDER = Path(luodi.__file__).parent / "data" / "samples"
CALENDAR = workdays.official(projected=True)
START = "construction_start"


def sample(name: str) -> tuple[ProjectFile, Plan]:
    project = read_project(FOLDER / f"{name}.yaml", RULES)
    project = replace(project, progress={}, options=replace(project.options, as_of=project.milestones["contact"]))
    announced = plan(project, RULES)
    assert isinstance(announced, Plan)
    return project, announced


SAMPLES = {name: sample(name) for name in ("jinko", "tongfu")}
names = st.sampled_from(sorted(SAMPLES))
some = pytest.mark.slow


def on(project: ProjectFile, announced: Plan, progress: Mapping[str, Progress], day: date, **more: object) -> Plan:
    answer = roll(replace(project, progress=progress, **more), RULES, announced, to=START, as_of=day)  # type: ignore[arg-type]
    assert isinstance(answer, Plan)
    return answer


def as_planned(announced: Plan, day: date) -> dict[str, Progress]:
    begun = [s for s in announced.steps if s.start <= day]
    return {s.matter: Progress(s.start, s.finish if s.finish <= day else None, s.finish) for s in begun}


@some
@settings(max_examples=30)
@given(names, st.integers(0, 400))
def test_what_goes_as_announced_stays_as_announced(name: str, days: int) -> None:
    project, announced = SAMPLES[name]
    day = CALENDAR.next_workday(announced.as_of + timedelta(days=days))
    if day > announced.span.finish:
        return
    rolled = on(project, announced, as_planned(announced, day), day)
    assert rolled.span == announced.span
    assert {s.matter: (s.start, s.finish) for s in rolled.steps if s.state != "planned"} == {
        s.matter: (s.start, s.finish) for s in announced.steps if s.start <= day
    }


@some
@settings(max_examples=100)
@given(names, st.data(), st.integers(0, 40))
def test_a_matter_finished_late_moves_the_end_as_the_critical_path_says(
    name: str, data: st.DataObject, late: int
) -> None:
    project, announced = SAMPLES[name]
    step = data.draw(st.sampled_from(announced.steps))
    finished = CALENDAR.add(CALENDAR.next_workday(step.finish), late)
    if step.finish < announced.as_of or step.finish > announced.span.finish:
        return
    progress = as_planned(announced, step.finish) | {step.matter: Progress(step.start, None, finished)}
    rolled = on(project, announced, progress, step.finish)
    afresh = plan(
        carried(replace(project, progress=progress), announced), RULES, levers=announced.levers, as_of=step.finish
    )
    assert isinstance(afresh, Plan)
    assert rolled.span == afresh.span
    slack = CALENDAR.count(step.start, step.start + timedelta(days=step.slack_days))
    leads = {other for s in announced.steps for other in s.starts_with}
    leads |= {other for s in announced.steps if s.start <= step.finish for other in s.requires}  # begun all the same
    if step.limit.unit is not DayUnit.WORKING or step.matter in leads:
        return  # its slack is that of its start; a calendar-day period or a start to start relation has another
    assert (rolled.span.finish > announced.span.finish) == (late > slack)


@some
@settings(max_examples=20)
@given(names, st.integers(0, 300), st.integers(1, 30))
def test_rolling_twice_is_rolling_once(name: str, days: int, late: int) -> None:
    project, announced = SAMPLES[name]
    day = CALENDAR.next_workday(announced.as_of + timedelta(days=days))
    progress = as_planned(announced, day - timedelta(days=late))
    one, two = (plan_document(on(project, announced, progress, day)) for _ in range(2))
    assert not planned_otherwise(one, two)


@some
@settings(max_examples=20)
@given(names, st.dictionaries(st.integers(0, 80), st.tuples(st.integers(0, 300), st.integers(0, 60)), max_size=30))
def test_whatever_people_did_in_whatever_order_stands(name: str, done: dict[int, tuple[int, int]]) -> None:
    project, announced = SAMPLES[name]
    steps, progress = announced.steps, {}
    for which, (start, length) in done.items():
        begun = announced.as_of + timedelta(days=start)
        progress[steps[which % len(steps)].matter] = Progress(begun, begun + timedelta(days=length))
    day = announced.as_of + timedelta(days=400)
    rolled = {s.matter: s for s in on(project, announced, progress, day).steps}
    for matter, fact in progress.items():
        assert (rolled[matter].start, rolled[matter].finish, rolled[matter].state) == (
            fact.started,
            fact.finished,
            "done",
        )


@some
@settings(max_examples=15)
@given(names, st.integers(0, 300), st.integers(0, 40))
def test_a_plan_comes_back_from_its_text_and_from_what_differs(name: str, days: int, late: int) -> None:
    project, announced = SAMPLES[name]
    day = CALENDAR.next_workday(announced.as_of + timedelta(days=days))
    rolled = on(project, announced, as_planned(announced, day - timedelta(days=late)), day)
    for one in (announced, rolled):
        steps = tuple(replace(s, limit=replace(s.limit, when=None, at=None)) for s in one.steps)
        assert read_plan(dumps(plan_document(one), indent=None)) == replace(one, steps=steps)
        assert plan_document(read_plan(dumps(plan_document(one)))) == json.loads(dumps(plan_document(one)))
    old, new = (json.loads(dumps(plan_document(one))) for one in (announced, rolled))
    change = json.loads(dumps(differences(new, old)))
    assert restored(old, change) == new
    assert len(dumps(change, indent=None)) < len(dumps(new, indent=None)) / 2


@some
def test_an_expected_day_is_the_finish_but_never_before_today() -> None:
    project, announced = SAMPLES["jinko"]
    step = next(s for s in announced.steps if s.start < s.finish and s.start > announced.as_of)
    for expected, today, finish in (
        (step.finish + timedelta(days=30), step.start, CALENDAR.next_workday(step.finish + timedelta(days=30))),
        (step.start, step.finish, step.finish),
    ):
        rolled = on(project, announced, {step.matter: Progress(step.start, None, expected)}, today)
        assert next(s for s in rolled.steps if s.matter == step.matter).finish == finish


@some
def test_what_is_frozen_neither_starts_nor_goes_on() -> None:
    project, announced = SAMPLES["jinko"]
    day = announced.as_of
    started = next(s for s in announced.steps if s.start < s.finish)
    waiting = next(s for s in announced.steps if s.start > started.finish and s.state == "planned")
    until = CALENDAR.next_workday(waiting.start + timedelta(days=60))
    under_way = {started.matter: Progress(day, None, CALENDAR.add(day, 5))}
    rolled = on(
        project, announced, under_way, day, frozen={started.matter: CALENDAR.add(day, 10), waiting.matter: until}
    )
    steps = {s.matter: s for s in rolled.steps}
    assert CALENDAR.count(day, steps[started.matter].finish) == 15
    assert steps[waiting.matter].start >= until


@some
def test_limited_units_are_rolled_without_a_solver() -> None:
    project, _ = SAMPLES["tongfu"]
    units = {"natural_resources": 1, "approval_bureau": 1}
    project = replace(project, options=replace(project.options, capacities=units))
    announced = plan(project, RULES, seconds=5.0)
    assert isinstance(announced, Plan)
    rolled = on(project, announced, {}, announced.as_of)
    assert rolled.solver == "list"
    assert rolled.span.finish >= announced.lower_bound.finish
    again = on(project, announced, {}, announced.as_of)
    assert not planned_otherwise(plan_document(rolled), plan_document(again))


def test_a_preparation_goes_on_although_nobody_reports_it() -> None:
    project, announced = SAMPLES["jinko"]
    step = max(announced.steps, key=lambda s: s.prepare_to - s.prepare_from)
    middle = CALENDAR.next_workday(step.prepare_from + (step.prepare_to - step.prepare_from) / 2)
    rolled = on(project, announced, as_planned(announced, middle), middle)
    found = next(s for s in rolled.steps if s.matter == step.matter)
    assert (found.prepare_from, found.prepare_to) == (step.prepare_from, step.prepare_to)
