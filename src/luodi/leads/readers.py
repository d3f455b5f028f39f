"""Questions about leads.  Each answers with frozen rows; lists are one query, sums one statement, whatever the number."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet, Sum, Value

from luodi.domain.leads.lists import lists
from luodi.domain.leads.names import LEAST, bare
from luodi.domain.vocabulary import Text
from luodi.leads.models import Lead

COLUMNS = (
    "id", "zone_id", "zone__zh", "zone__en", "project__slug", "project__live", "company", "uscc", "title", "sector", "region",
    "channel", "programme", "amount", "contacted", "stage", "staged", "status", "reason", "owner_id", "owner__person__name",
    "step", "due", "stepper_id", "stepper__person__name", "source", "note", "sample", "seq",
)  # fmt: skip

OWNER, STEPPER = (COLUMNS.index(name) - 6 for name in ("owner__person__name", "stepper__person__name"))

NONE = "none"
"""What is not recorded, where a list is asked for."""


@dataclass(frozen=True, slots=True)
class Row:
    """A lead as it stands.  `project`: its slug once it is one, else "".  `amount`: expected, whole yuan."""

    id: int
    zone: str
    zone_name: Text
    project: str
    live: bool
    company: str
    uscc: str
    title: str
    sector: str
    region: str
    channel: str
    programme: str
    amount: int | None
    contacted: date
    stage: str
    staged: date
    status: str
    reason: str
    owner: int | None
    owner_name: str
    step: str
    due: date | None
    stepper: int | None
    stepper_name: str
    source: str
    note: str
    sample: bool
    seq: int

    @property
    def over(self) -> bool:
        """Whether nobody works on it any more."""
        return lists().statuses[self.status].over


@dataclass(frozen=True, slots=True)
class Sift:
    """Which leads: zones (None: all), words in company, title or code, and one word of each list ("": any).

    "none" of sector, region, area, channel, programme: those of which it is not recorded.  `status` "open": those not over
    (the usual one), "any": all.  `owner` 0: those nobody answers for.
    """

    zones: Collection[str] | None = None
    words: str = ""
    stage: str = ""
    status: str = "open"
    sector: str = ""
    region: str = ""
    area: str = ""
    channel: str = ""
    programme: str = ""
    owner: int | None = None
    late: date | None = None  # whose next step was due before this day
    landed: bool | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StageSum:
    """The leads of one stage: how many, their expected investment in yuan, and of how many it is known."""

    stage: str
    leads: int
    amount: int
    known: int


@dataclass(frozen=True, slots=True)
class Counted:
    """The leads under one word of a list."""

    word: str
    leads: int
    amount: int
    landed: int


def lead(id_: int) -> Row | None:
    """One lead.  One query."""
    return next(_rows(Lead.objects.filter(pk=id_)), None)


def of_project(slug: str) -> Row | None:
    """The lead that a project came from; None where nobody has taken it up yet.  One query."""
    return next(_rows(Lead.objects.filter(project__slug=slug)), None)


def listed(sift: Sift, *, before: int | None = None, limit: int = 50) -> tuple[Row, ...]:
    """Leads, newest first, those numbered below `before`.  One query."""
    found = sifted(sift).order_by("-id")
    if before is not None:
        found = found.filter(id__lt=before)
    return tuple(_rows(found[:limit]))


def cards(sift: Sift, stage: str, *, limit: int = 12) -> tuple[Row, ...]:
    """The leads of one stage for the board: the next step that is due first on top, then the largest.  One query."""
    found = sifted(sift).filter(stage=stage)
    return tuple(_rows(found.order_by(F("due").asc(nulls_last=True), F("amount").desc(nulls_last=True), "-id")[:limit]))


def stage_sums(sift: Sift) -> tuple[StageSum, ...]:
    """How many leads and how much investment stand in each stage, every stage once, in their order.  One statement."""
    rows = sifted(sift).values_list("stage").annotate(Count("id"), Sum("amount", default=0), Count("amount")).order_by()
    found = {stage: (leads, amount, known) for stage, leads, amount, known in rows}
    return tuple(StageSum(stage, *found.get(stage, (0, 0, 0))) for stage in lists().stages)


def sums_by(word: str, sift: Sift) -> tuple[Counted, ...]:
    """The same by `region`, `channel`, `programme`, `sector`, `status` or `reason`, the most first.  One statement."""
    if word not in ("region", "channel", "programme", "sector", "status", "reason"):
        raise ValueError(word)
    rows = sifted(sift).values_list(word).annotate(Count("id"), Sum("amount", default=0), Count("project")).order_by()
    return tuple(sorted((Counted(*row) for row in rows), key=lambda one: (-one.leads, one.word)))


def alike(company: str, uscc: str = "", *, but: int = 0, limit: int = 8) -> tuple[Row, ...]:
    """Leads of the whole province that may be the same company: by its code, or by its bare name.  One query.

    A pair of zones that court one company is just what must be seen; pages show of other zones only which it is.
    """
    name = bare(company)
    same = Q(bare=name) if name else Q(pk=None)
    if len(name) >= LEAST:
        same |= Q(bare__contains=name) | Q(given__contains=F("bare"))
    if uscc.strip():
        same |= Q(uscc=uscc.strip().upper())
    found = Lead.objects.annotate(given=Value(name)).filter(same).exclude(pk=but).exclude(bare="")
    return tuple(one for one in _rows(found.order_by("-id")[:limit]) if len(bare(one.company)) >= LEAST or one.uscc)


def open_steps(zones: Collection[str] | None, since: date, until: date) -> tuple[Row, ...]:
    """Leads whose next step is due in a span of days, both counted, by day.  One query."""
    found = sifted(Sift(zones=zones)).filter(due__gte=since, due__lte=until)
    return tuple(_rows(found.order_by("due", "id")))


def steps_of(post: int, limit: int = 500) -> tuple[Row, ...]:
    """The next steps that are a post's own, by day.  One query."""
    found = sifted(Sift()).filter(stepper=post, due__isnull=False)
    return tuple(_rows(found.order_by("due", "id")[:limit]))


def sifted(sift: Sift) -> "QuerySet[Lead]":
    """The leads of a sift."""
    found = Lead.objects.all()
    if sift.zones is not None:
        found = found.filter(zone__in=sift.zones)
    for word in sift.words.split():
        named = Q(company__icontains=word) | Q(title__icontains=word) | Q(uscc__icontains=word)
        found = found.filter(named | Q(project__slug__icontains=word))
    if sift.status == "open":
        found = found.exclude(status__in=[one.id for one in lists().statuses.values() if one.over])
    elif sift.status not in ("", "any"):
        found = found.filter(status=sift.status)
    for name in ("stage", "sector", "region", "channel", "programme", "reason"):
        if value := getattr(sift, name):
            found = found.filter(**{name: "" if value == NONE else value})
    if sift.area == NONE:
        found = found.filter(region="")
    elif sift.area:
        found = found.filter(region__in=[one.id for one in lists().regions.values() if one.area == sift.area])
    if sift.owner is not None:
        found = found.filter(owner=sift.owner or None)
    if sift.late is not None:
        found = found.filter(due__lt=sift.late)
    return found if sift.landed is None else found.filter(project__isnull=not sift.landed)


def _rows(found: "QuerySet[Lead]") -> Iterator[Row]:
    for one in found.values_list(*COLUMNS):
        id_, zone, zh, en, slug, live, *rest = one
        rest[OWNER], rest[STEPPER] = rest[OWNER] or "", rest[STEPPER] or ""
        yield Row(id_, zone, Text(zh, en or zh), slug or "", bool(live), *rest)
