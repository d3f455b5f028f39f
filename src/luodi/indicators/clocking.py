"""Durations of projects between two milestones: each by itself, how they are spread, by zone and by year."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from luodi.domain.indicators.published import Span
from luodi.domain.indicators.stretches import Spread, Stretch, between, spread
from luodi.projects import outlines, then

BY_MILESTONES = "milestones"
"""The source of a duration that was counted here: the milestones of the project file."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A project with one duration."""

    project: outlines.Reached
    stretch: Stretch


@dataclass(frozen=True, slots=True)
class Group:
    """The durations of a zone or of a year (of their second event)."""

    id: str
    spread: Spread
    rows: tuple[Timed, ...]


def timed(zones: Collection[str] | None, span: Span, today: date, as_of: datetime | None = None) -> tuple[Timed, ...]:
    """Every project that has both events by a day, the shortest first.  One query; three of the past."""
    found = []
    for one in then.reached(outlines.Sift(today, zones=zones), as_of):
        start, end = one.days.get(span.start_event), one.days.get(span.end_event)
        if start is not None and end is not None and max(start, end) <= today:
            found.append(Timed(one, between(span.start_event, start, span.end_event, end, BY_MILESTONES)))
    return tuple(sorted(found, key=lambda one: (one.stretch.days, one.project.id)))


def grouped(rows: Sequence[Timed], by: str) -> tuple[Group, ...]:
    """The same by `zone` or by `year`, those with most projects first (years: the last first).  No query."""
    parts: dict[str, list[Timed]] = {}
    for one in rows:
        end = one.stretch.end
        parts.setdefault(one.project.zone if by == "zone" else str(end.year if end else ""), []).append(one)
    found = [
        Group(id_, counted, tuple(part))
        for id_, part in parts.items()
        if (counted := spread([one.stretch.days for one in part])) is not None
    ]
    if by == "year":
        return tuple(sorted(found, key=lambda one: one.id, reverse=True))
    return tuple(sorted(found, key=lambda one: (-one.spread.count, one.id)))
