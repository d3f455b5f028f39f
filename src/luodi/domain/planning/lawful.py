"""The last look before anyone sees a plan: dates against rules, counted from the calendar and nothing else.

It knows no indexes, networks or solvers, so that a fault in those cannot hide itself.
"""

from collections.abc import Iterator
from datetime import timedelta

from luodi.domain.catalogue.matters import Catalogue, Kind
from luodi.domain.facts.project import ProjectFile
from luodi.domain.planning.result import Answer, Plan, Step
from luodi.domain.vocabulary import DayUnit
from luodi.domain.workdays import WorkCalendar


def check(answer: Answer, project: ProjectFile, catalogue: Catalogue, calendar: WorkCalendar) -> None:
    """Raise AssertionError (a bug, not an answer) if a plan breaks a rule that can be read off its dates."""
    if isinstance(answer, Plan):
        found = list(breaches(answer, project, catalogue, calendar))
        if found:
            raise AssertionError("unlawful plan: " + "; ".join(found[:8]))


def breaches(plan: Plan, project: ProjectFile, catalogue: Catalogue, calendar: WorkCalendar) -> Iterator[str]:
    """Every rule a plan breaks, in words for an engineer."""
    steps = {step.matter: step for step in plan.steps}
    for step in plan.steps:
        if step.state != "planned":
            continue
        if not step.prepare_from <= step.prepare_to <= step.start <= step.finish:
            yield f"{step.matter}: preparation, start and finish are out of order"
        settled = step.driver in catalogue.levers
        first = step.start if step.matter in project.preparing else step.prepare_from
        if first < plan.as_of and not settled and calendar.count(first, plan.as_of) != 0:
            yield f"{step.matter}: starts before the day of planning {plan.as_of}"
        if not (calendar.is_workday(step.start) and calendar.is_workday(step.finish)):
            yield f"{step.matter}: starts or ends on a day off"
        yield from _length(step, calendar)
        for needed in step.requires:
            before = steps[needed].finish if needed in steps else plan.milestones[needed]
            if before > calendar.next_workday(step.start):
                yield f"{step.matter}: starts {step.start} before {needed} ends {before}"
        for other in step.starts_with:
            if steps[other].start > calendar.next_workday(step.start):
                yield f"{step.matter}: starts {step.start} before {other} begins {steps[other].start}"


def _length(step: Step, calendar: WorkCalendar) -> Iterator[str]:
    """The handling lasts as long as its number says; a minimum period never less."""
    number = step.limit
    if (
        number.kind is Kind.MIN
        and not step.levers
        and (step.finish - step.start).days < _least_days(number.days, number.unit)
    ):
        yield f"{step.matter}: shorter than its minimum period of {number.days} {number.unit}"
    if (
        number.unit is DayUnit.WORKING
        and calendar.count(step.start, step.finish) != number.days
        and step.mode != "merged"
    ):
        yield f"{step.matter}: {calendar.count(step.start, step.finish)} working days, its number says {number.days}"
    if number.unit is DayUnit.CALENDAR and number.days:
        end = step.start + timedelta(days=number.days)
        if step.finish != calendar.next_workday(end):
            yield f"{step.matter}: ends {step.finish}, {number.days} days from {step.start} end {end}"


def _least_days(days: int, unit: DayUnit) -> int:
    """The calendar days a period lasts at the very least."""
    return days * 28 if unit is DayUnit.MONTHS else days
