"""Questions to the rounds of 三个一批: what entered, what could, and what became of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from luodi.domain.indicators.batches import Followed, Rate, batches, rates
from luodi.domain.vocabulary import Text
from luodi.indicators import readers
from luodi.indicators.models import Batch, Entered
from luodi.projects import outlines, then
from luodi.zones.readers import subtree

OUTPUT = "project_output"


@dataclass(frozen=True, slots=True)
class Round:
    """A round with how many projects it has in each class.  `zone` "": of the province."""

    id: int
    zone: str
    name: Text
    on: date
    sample: bool
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Row:
    """A project in a class of a round.  `invested`: whole yuan; `expected`, `actual`: annual output in 亿元."""

    id: int
    batch: int
    batch_name: Text
    on: date
    group: str
    project: outlines.Reached
    expected: Decimal | None
    actual: Decimal | None
    evidence: str
    who: str
    at: datetime

    def day(self, event: str, today: date) -> date | None:
        """The day of an event that has come."""
        found = self.project.days.get(event)
        return found if found is not None and found <= today else None


def rounds(zones: Collection[str] | None, as_of: datetime | None = None) -> tuple[Round, ...]:
    """The rounds of some zones and of the province, the newest first, as they were at a moment.  Two queries."""
    found = readers.by_then(Batch.objects.all(), as_of)
    if zones is not None:
        found = found.filter(Q(zone__in=list(zones)) | Q(zone__isnull=True))
    listed = tuple(found.order_by("-on", "-id").values_list("id", "zone_id", "zh", "en", "on", "sample"))
    inside = _inside(as_of).filter(batch__in=[one[0] for one in listed])
    counts = {
        (batch, group): count
        for batch, group, count in inside.values_list("batch", "group").annotate(count=Count("id")).order_by()
    }
    return tuple(
        Round(
            id_,
            zone or "",
            Text(zh, en or zh),
            on,
            sample,
            {one: counts.get((id_, one), 0) for one in batches().classes},
        )
        for id_, zone, zh, en, on, sample in listed
    )


def rows(
    zones: Collection[str] | None,
    today: date,
    *,
    batch: int | None = None,
    group: str = "",
    as_of: datetime | None = None,
) -> tuple[Row, ...]:
    """What is in classes now, or was at a moment, by round and class, of projects in some zones.  Three queries, then five.

    What was withdrawn after the moment counts still.
    """
    found = _inside(as_of)
    if zones is not None:
        found = found.filter(project__zone__in=list(zones))
    if batch is not None:
        found = found.filter(batch=batch)
    if group:
        found = found.filter(group=group)
    columns = ("id", "batch_id", "batch__zh", "batch__en", "batch__on", "group", "project__slug", "expected", "evidence",
               "who", "at")  # fmt: skip
    listed = tuple(found.order_by("-batch__on", "-batch_id", "group", "id").values_list(*columns))
    slugs = {one[6] for one in listed}
    sift = outlines.Sift(today, slugs=slugs, live=None)
    known = {one.slug: one for one in then.reached(sift, as_of)} if slugs else {}
    actual = _outputs(known, today, as_of)
    return tuple(
        Row(id_, number, Text(zh, en or zh), on, group_, known[slug], expected, actual.get(slug), evidence, who, at)
        for id_, number, zh, en, on, group_, slug, expected, evidence, who, at in listed
        if slug in known
    )


def followed(entered: Collection[Row], today: date) -> dict[str, Rate]:
    """The follow-up rates of rows that were read.  No query."""
    by: dict[str, list[Row]] = {}
    for one in entered:
        by.setdefault(one.project.slug, []).append(one)
    projects = [
        Followed(
            frozenset(one.group for one in rows_), rows_[0].project.days,
            next((one.expected for one in rows_ if one.expected is not None), None), rows_[0].actual,
        )
        for rows_ in by.values()
    ]  # fmt: skip
    return rates(projects, today)


def proposed(batch: Round, zones: Collection[str] | None, today: date) -> dict[str, tuple[outlines.Reached, ...]]:
    """By class: the projects whose event is recorded by the day of the round and that are in no round yet.  Two queries."""
    within = zones if not batch.zone else subtree(batch.zone)
    projects = outlines.reached(outlines.Sift(today, zones=within))
    ids = [one.id for one in projects]
    taken = set(Entered.objects.filter(project__in=ids, withdrawn_at__isnull=True).values_list("project_id", "group"))
    return {
        group: tuple(
            one
            for one in projects
            if one.days.get(rule.event, date.max) <= min(batch.on, today) and (one.id, group) not in taken
        )
        for group, rule in batches().classes.items()
    }


def zone_of(entered: int) -> str | None:
    """The zone of the project of an entry; None where there is no such entry.  One query."""
    return Entered.objects.filter(pk=entered).values_list("project__zone_id", flat=True).first()


def round_(batch: int, as_of: datetime | None = None) -> Round | None:
    """One round.  Two queries."""
    return next((one for one in rounds(None, as_of) if one.id == batch), None)


def _inside(as_of: datetime | None) -> "QuerySet[Entered]":
    """What is in classes, or was at a moment."""
    if as_of is None:
        return Entered.objects.filter(withdrawn_at__isnull=True)
    return Entered.objects.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=as_of), at__lte=as_of)


def _outputs(projects: dict[str, outlines.Reached], today: date, as_of: datetime | None = None) -> dict[str, Decimal]:
    """The newest output of twelve months of each project.  One query."""
    if not projects:
        return {}
    years = range(today.year - 1, today.year + 1)
    periods = [f"{year}-{month:02d}" for year in years for month in range(1, 13)]
    zones = {one.zone for one in projects.values()}
    kept = readers.newest(zones=zones, periods=periods, indicators=(OUTPUT,), as_of=as_of)
    found: dict[str, tuple[str, Decimal]] = {}
    for one in kept:
        if one.amount is not None and one.project in projects and one.period >= found.get(one.project, ("",))[0]:
            found[one.project] = (one.period, one.amount)
    return {slug: amount for slug, (_, amount) in found.items()}
