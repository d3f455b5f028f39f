"""Questions about leads.  Each answers with frozen rows; lists are one query, sums one statement, whatever the number.

Asked as of a moment (`as_of`) they answer from what stood then (standing.py), two queries each.
"""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet, Sum, Value

from luodi.domain.leads.lists import lists
from luodi.domain.leads.names import LEAST, bare
from luodi.leads import standing
from luodi.leads.models import Lead
from luodi.leads.rows import NONE, Counted, Row, Sift, StageSum, rows

__all__ = ("NONE", "Counted", "Row", "Sift", "StageSum")
WORDS = ("region", "channel", "programme", "sector", "status", "reason")


def lead(id_: int, as_of: datetime | None = None) -> Row | None:
    """One lead; None where there is none, or was none then.  One query."""
    if as_of is not None:
        return next(iter(standing.stood(Lead.objects.filter(pk=id_), as_of)), None)
    return next(rows(Lead.objects.filter(pk=id_)), None)


def of_project(slug: str) -> Row | None:
    """The lead that a project came from; None where nobody has taken it up yet.  One query."""
    return next(rows(Lead.objects.filter(project__slug=slug)), None)


def joined_with(id_: int, as_of: datetime | None = None) -> tuple[Row, ...]:
    """The leads that are the same case as one and counted with it.  One query."""
    if as_of is not None:
        return tuple(one for one in standing.stood(Lead.objects.all(), as_of) if one.same == id_)
    return tuple(rows(Lead.objects.filter(same=id_).order_by("id")))


def listed(sift: Sift, *, before: int | None = None, limit: int = 50, as_of: datetime | None = None) -> tuple[Row, ...]:
    """Leads, newest first, those numbered below `before`.  One query."""
    if as_of is not None:
        return tuple(one for one in standing.sifted(sift, as_of) if before is None or one.id < before)[:limit]
    found = sifted(sift).order_by("-id")
    if before is not None:
        found = found.filter(id__lt=before)
    return tuple(rows(found[:limit]))


def cards(sift: Sift, stage: str, *, limit: int = 12, as_of: datetime | None = None) -> tuple[Row, ...]:
    """The leads of one stage for the board: the next step that is due first on top, then the largest.  One query."""
    if as_of is not None:
        there = [one for one in standing.sifted(sift, as_of) if one.stage == stage]
        return tuple(
            sorted(there, key=lambda one: (one.due or date.max, -1 if one.amount is None else -one.amount))[:limit]
        )
    found = sifted(sift).filter(stage=stage)
    return tuple(rows(found.order_by(F("due").asc(nulls_last=True), F("amount").desc(nulls_last=True), "-id")[:limit]))


def stage_sums(sift: Sift, as_of: datetime | None = None) -> tuple[StageSum, ...]:
    """How many leads and how much investment stand in each stage, every stage once, in their order.  One statement."""
    if as_of is not None:
        there = standing.sifted(sift, as_of)
        return tuple(standing.summed(stage, [one for one in there if one.stage == stage]) for stage in lists().stages)
    found = (
        sifted(sift).values_list("stage").annotate(Count("id"), Sum("amount", default=0), Count("amount")).order_by()
    )
    by_stage = {stage: (leads, amount, known) for stage, leads, amount, known in found}
    return tuple(StageSum(stage, *by_stage.get(stage, (0, 0, 0))) for stage in lists().stages)


def sums_by(word: str, sift: Sift, as_of: datetime | None = None) -> tuple[Counted, ...]:
    """The same by `region`, `channel`, `programme`, `sector`, `status` or `reason`, the most first.  One statement."""
    if word not in WORDS:
        raise ValueError(word)
    if as_of is not None:
        found = standing.counted(word, standing.sifted(sift, as_of))
    else:
        sums = (
            sifted(sift).values_list(word).annotate(Count("id"), Sum("amount", default=0), Count("project")).order_by()
        )
        found = [Counted(*row) for row in sums]
    return tuple(sorted(found, key=lambda one: (-one.leads, one.word)))


def alike(
    company: str, uscc: str = "", *, but: int = 0, limit: int = 8, as_of: datetime | None = None
) -> tuple[Row, ...]:
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
    if as_of is not None:
        found = found.filter(created__lte=as_of)
    return tuple(one for one in rows(found.order_by("-id")[:limit]) if len(bare(one.company)) >= LEAST or one.uscc)


def open_steps(
    zones: Collection[str] | None, since: date, until: date, as_of: datetime | None = None
) -> tuple[Row, ...]:
    """Leads whose next step is due in a span of days, both counted, by day.  One query."""
    wanted = Sift(zones=zones, joined=True)
    if as_of is not None:
        due = [one for one in standing.sifted(wanted, as_of) if one.due is not None and since <= one.due <= until]
        return tuple(sorted(due, key=lambda one: (one.due or date.max, one.id)))
    found = sifted(wanted).filter(due__gte=since, due__lte=until)
    return tuple(rows(found.order_by("due", "id")))


def steps_of(post: int, limit: int = 500) -> tuple[Row, ...]:
    """The next steps that are a post's own, by day.  One query."""
    found = sifted(Sift(joined=True)).filter(stepper=post, due__isnull=False)
    return tuple(rows(found.order_by("due", "id")[:limit]))


def sifted(sift: Sift) -> "QuerySet[Lead]":
    """The leads of a sift."""
    found = Lead.objects.all() if sift.joined else Lead.objects.filter(same=None)
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
