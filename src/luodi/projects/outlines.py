"""Questions to the outlines of projects: sums by stage, zone and industry, and the list behind every sum.

A project stands in the last stage whose day has come; days agreed for later (`signed` ahead) do not count yet.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Substr

from luodi.domain.vocabulary import Text
from luodi.projects.models import Outline
from luodi.projects.outlining import DAYS
from luodi.projects.readers import Listed

NONE = "none"
"""The stage of a project of which no milestone has come yet."""
STAGES = (NONE, *DAYS)
DIVISION = 3
"""Letter and two digits of an industry code: the division (大类)."""
ROW = ("project_id", "project__slug", "project__zh", "project__en", "project__zone_id", "project__live",
       "project__sample", "project__changed")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sift:
    """Which projects: of zones (None: all), of slugs (None: all), with words, in a stage on a day, of an industry.

    `industry`: a division (`C38`) or a longer code.  `on`: the day on which the stage is asked.
    """

    on: date
    zones: Collection[str] | None = None
    slugs: Collection[str] | None = None
    words: str = ""
    stage: str = ""
    industry: str = ""
    live: bool | None = True


@dataclass(frozen=True, slots=True)
class Summed:
    """Projects of one zone, stage and division: how many, and their investment in yuan (`known`: of how many it is known)."""

    zone: str
    stage: str
    division: str
    projects: int
    invested: int
    known: int


@dataclass(frozen=True, slots=True)
class Reached:
    """A project with the days of its milestones, its industry, investment (yuan) and land (m²)."""

    id: int
    slug: str
    name: Text
    zone: str
    sample: bool
    industry: str
    invested: int | None
    land: int | None
    days: dict[str, date]


def summed(sift: Sift) -> tuple[Summed, ...]:
    """How many projects and how much investment by zone, stage and division.  One statement, whatever their number."""
    rows = (
        _sifted(sift)
        .annotate(stage=_stage(sift.on), division=Substr("industry", 1, DIVISION))
        .values_list("project__zone_id", "stage", "division")
        .annotate(projects=Count("project_id"), money=Sum("invested", default=0), known=Count("invested"))
        .order_by()
    )
    return tuple(Summed(zone or "", *rest) for zone, *rest in rows)


def listed(sift: Sift, *, before: int | None = None, limit: int = 50) -> tuple[Listed, ...]:
    """The projects behind a sum, newest first, those numbered below `before`.  One query."""
    found = _sifted(sift).order_by("-project_id")
    if before is not None:
        found = found.filter(project_id__lt=before)
    return tuple(
        Listed(id_, slug, Text(zh, en), zone or "", *rest)
        for id_, slug, zh, en, zone, *rest in found.values_list(*ROW)[:limit]
    )


def reached(sift: Sift, *, limit: int = 10_000) -> tuple[Reached, ...]:
    """Projects with the days of their milestones, in the order in which they came.  One query."""
    rows = _sifted(sift).order_by("project_id")
    columns = ("project_id", "project__slug", "project__zh", "project__en", "project__zone_id", "project__sample",
               "industry", "invested", "land", *DAYS)  # fmt: skip
    return tuple(
        Reached(row[0], row[1], Text(row[2], row[3]), row[4] or "", row[5], row[6], row[7], row[8],
                {name: day for name, day in zip(DAYS, row[9:], strict=True) if day})
        for row in rows.values_list(*columns)[:limit]
    )  # fmt: skip


def spans(zones: Collection[str] | None, first: str, last: str, on: date) -> tuple[tuple[str, int], ...]:
    """Zone and calendar days from one milestone to another, of live projects that have both by a day; `zones` None: all.

    One query."""
    found = Outline.objects.filter(**{"project__live": True, f"{first}__isnull": False, f"{last}__lte": on})
    if zones is not None:
        found = found.filter(project__zone__in=zones)
    rows = found.values_list("project__zone_id", first, last)
    return tuple((zone or "", (end - start).days) for zone, start, end in rows)


def _sifted(sift: Sift) -> "QuerySet[Outline]":
    found = Outline.objects.all()
    if sift.live is not None:
        found = found.filter(project__live=sift.live)
    if sift.zones is not None:
        found = found.filter(project__zone__in=sift.zones)
    if sift.slugs is not None:
        found = found.filter(project__slug__in=sift.slugs)
    for word in sift.words.split():
        found = found.filter(
            Q(project__zh__icontains=word) | Q(project__en__icontains=word) | Q(project__slug__icontains=word)
        )
    if sift.industry:
        found = found.filter(industry__startswith=sift.industry)
    return found.filter(_in_stage(sift.stage, sift.on)) if sift.stage else found


def _in_stage(stage: str, on: date) -> Q:
    """The projects that stand in a stage on a day: its day has come, and that of no later one."""
    place = STAGES.index(stage)
    later = Q()
    for name in STAGES[place + 1 :]:
        later &= Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gt": on})
    return later if stage == NONE else later & Q(**{f"{stage}__lte": on})


def _stage(on: date) -> Any:
    whens = [When(**{f"{name}__lte": on, "then": Value(name)}) for name in reversed(DAYS)]
    return Case(*whens, default=Value(NONE), output_field=CharField())
