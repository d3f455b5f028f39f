"""The outlines of projects as they stood at a moment: those whose document changed since are read from the revision of then.

Zone, and whether a project is live, are as they are now (as `readers.project` has them).
"""

from collections import Counter
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from luodi.domain.vocabulary import Text
from luodi.projects import outlines
from luodi.projects.models import Project, Revision
from luodi.projects.outlines import DIVISION, NONE, STAGES, Reached, Sift, Summed
from luodi.projects.outlining import DAYS, columns
from luodi.projects.readers import Listed, understood

MOST = 100_000


def reached(sift: Sift, as_of: datetime | None = None) -> tuple[Reached, ...]:
    """Projects with the days of their milestones, as they were at a moment where one is given.  One query; then three.

    A document that changed since is read anew: two milliseconds each, once in a process for the last 512.
    """
    if as_of is None:
        return outlines.reached(sift)
    base = Sift(sift.on, zones=sift.zones, slugs=sift.slugs, live=sift.live)
    changed = dict(Project.objects.filter(changed__gt=as_of).values_list("id", "created"))
    before = _before(as_of) if changed else {}
    found = []
    for one in outlines.reached(base, limit=MOST):
        row = one if one.id not in changed else _read(one, before[one.id]) if one.id in before else None
        if row is not None and _fits(row, sift):
            found.append(row)
    return tuple(found)


def summed(sift: Sift, as_of: datetime | None = None) -> tuple[Summed, ...]:
    """Projects by zone, stage and division, as they were at a moment.  One query; then three."""
    if as_of is None:
        return outlines.summed(sift)
    count: Counter[tuple[str, str, str]] = Counter()
    money: Counter[tuple[str, str, str]] = Counter()
    known: Counter[tuple[str, str, str]] = Counter()
    for one in reached(sift, as_of):
        key = (one.zone, stage(one, sift.on), one.industry[:DIVISION])
        count[key] += 1
        money[key] += one.invested or 0
        known[key] += one.invested is not None
    return tuple(Summed(*key, projects, money[key], known[key]) for key, projects in count.items())


def spans(sift: Sift, first: str, last: str, as_of: datetime | None = None) -> tuple[tuple[str, int], ...]:
    """Zone and calendar days from one milestone to another, of those that have both by the day.  One query; then three."""
    if as_of is None and not (sift.words or sift.stage or sift.industry or sift.slugs):
        return outlines.spans(sift.zones, first, last, sift.on)
    return tuple(
        (one.zone, (one.days[last] - one.days[first]).days)
        for one in reached(sift, as_of)
        if first in one.days and one.days.get(last, date.max) <= sift.on
    )


def listed(sift: Sift, as_of: datetime, *, before: int | None = None, limit: int = 50) -> tuple[Listed, ...]:
    """The projects behind a sum, newest first, as they were at a moment.  Three queries."""
    rows = [one for one in reversed(reached(sift, as_of)) if before is None or one.id < before]
    return tuple(
        Listed(one.id, one.slug, one.name, one.zone, bool(sift.live), one.sample, as_of) for one in rows[:limit]
    )


def stage(one: Reached, on: date) -> str:
    """The last stage whose day has come."""
    return next((name for name in reversed(DAYS) if one.days.get(name, date.max) <= on), NONE)


def _before(as_of: datetime) -> dict[int, str]:
    """By project changed since: its document of then.  One query."""
    later = Revision.objects.filter(project=OuterRef("project"), seq__gt=OuterRef("seq"), at__lte=as_of)
    rows = Revision.objects.filter(~Exists(later), project__changed__gt=as_of, at__lte=as_of)
    return dict(rows.values_list("project_id", "document"))


def _read(now: Reached, document: str) -> Reached:
    file = understood(document)
    kept = columns(file)
    days = {name: day for name in DAYS if isinstance(day := kept[name], date)}
    invested, land = kept["invested"], kept["land"]
    return Reached(
        now.id, now.slug, Text(file.name.zh, file.name.en), now.zone, now.sample, str(kept["industry"]),
        invested if isinstance(invested, int) else None, land if isinstance(land, int) else None, days,
    )  # fmt: skip


def _fits(one: Reached, sift: Sift) -> bool:
    named = f"{one.name.zh}\n{one.name.en}\n{one.slug}".lower()
    return (
        all(word.lower() in named for word in sift.words.split())
        and one.industry.startswith(sift.industry)
        and (sift.stage not in STAGES or stage(one, sift.on) == sift.stage)
    )
