"""The key figures of a plan: what a page says in its first lines, each with where it comes from."""

from dataclasses import dataclass
from datetime import date

from luodi.desk.charting.words import THIN
from luodi.domain.catalogue.matters import Catalogue
from luodi.domain.facts.project import ProjectFile
from luodi.domain.indicators.stretches import UNITS, Stretch, between
from luodi.domain.planning.levers import LeverWorth
from luodi.domain.planning.result import Plan

__all__ = ("UNITS", "Landing", "Told", "before_target", "best_lever", "critical_unit", "landing", "share", "stretches")


@dataclass(frozen=True, slots=True)
class Landing:
    """From signing (contact, where no signing is known) to construction start, with the ends named."""

    from_id: str
    start: date
    finish: date
    days: int


def landing(plan: Plan) -> Landing:
    """The span people compare: signing to construction start, in calendar days."""
    return Landing(plan.span.from_id, plan.span.start, plan.span.finish, plan.span.calendar_days)


def share(value: float) -> str:
    """A share in whole per cent."""
    return f"{round(value * 100)}{THIN}%"


def before_target(plan: Plan) -> int:
    """How many matters end no later than the target."""
    return sum(1 for step in plan.steps if step.finish <= plan.span.finish)


def critical_unit(plan: Plan, catalogue: Catalogue) -> str | None:
    """The unit that handles most of the critical days: whom to call first.  None on an empty path."""
    held: dict[str, int] = {}
    for step in plan.steps:
        if step.critical and step.unit in catalogue.units:
            held[step.unit] = held.get(step.unit, 0) + max(1, (step.finish - step.start).days)
    return max(held, key=lambda unit: (held[unit], unit)) if held else None


def best_lever(worth: LeverWorth) -> str | None:
    """The lever with the largest share; None where nothing is saved."""
    best = max(worth.shares, key=lambda lever: worth.shares[lever], default=None)
    return best if best is not None and worth.shares[best] > 0 else None


@dataclass(frozen=True, slots=True)
class Told:
    """A duration as an article says it, and as the dates give it (None: one of the two is not known)."""

    says: Stretch
    calendar: Stretch | None


def stretches(project: ProjectFile) -> tuple[Told, ...]:
    """Every claimed duration with the calendar's own count, by the dates of the article or else of the project."""
    result = []
    for claim in project.claims:
        start = claim.from_day or project.milestones.get(claim.from_id)
        finish = claim.to_day or project.milestones.get(claim.to_id)
        source = str(claim.source)
        result.append(
            Told(
                Stretch(claim.from_id, claim.to_id, claim.says_days, "unstated", source, start, finish),
                between(claim.from_id, start, claim.to_id, finish, source) if start and finish else None,
            )
        )
    return tuple(result)
