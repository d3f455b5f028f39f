"""Money: loans, bonds, subsidies and funds of projects, their tranches, and what is drawn against the works."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.clock.office import day_of
from luodi.domain.events.canonical import Json
from luodi.domain.factors import funding as domain
from luodi.domain.factors.funding import KINDS, Kind
from luodi.domain.vocabulary import Refusal, Text
from luodi.factors.models import Draw, Funding, Tranche
from luodi.journal.actions import append
from luodi.plans import readers as plans
from luodi.projects.readers import Recorded

LARGEST = Decimal(10) ** 9
"""万元 in one sum: more is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Part:
    """A tranche as it is entered: 万元, from when it may be drawn, on what condition."""

    amount: Decimal
    planned: date | None = None
    condition: str = ""


@dataclass(frozen=True, slots=True)
class TrancheRow:
    """A tranche: what it is, and what is drawn of it, in 万元."""

    id: int
    no: int
    amount: Decimal
    planned: date | None
    condition: str
    drawn: Decimal

    @property
    def left(self) -> Decimal:
        """What can still be drawn."""
        return self.amount - self.drawn


@dataclass(frozen=True, slots=True)
class DrawRow:
    """A draw."""

    tranche: int
    amount: Decimal
    on: date
    done: Decimal | None
    document: str


@dataclass(frozen=True, slots=True)
class FundingRow:
    """A source of money of a project, with its tranches and draws, and how it stands to the works."""

    id: int
    project: str
    project_name: Text
    zone: str
    kind: Kind
    name: str
    lender: str
    amount: Decimal
    document: str
    sample: bool
    tranches: tuple[TrancheRow, ...]
    draws: tuple[DrawRow, ...]
    standing: domain.Standing

    @property
    def drawn(self) -> Decimal:
        """What is drawn of all tranches, in 万元."""
        return sum((one.drawn for one in self.tranches), Decimal(0))


def grant(
    *,
    project: Recorded,
    kind: str,
    name: str,
    lender: str,
    parts: Sequence[Part],
    document: str,
    by: Acting,
    at: datetime,
    sample: bool = False,
    key: str | None = None,
) -> int:
    """Write down money granted to a project, in its tranches; its number.

    Raises `Refusal`: `funding_kind`, `funding_parts` (none, or one not above zero), `factor_no_zone`, `text_missing`.
    """
    if kind not in {one.value for one in KINDS}:
        raise Refusal("funding_kind", field="kind")
    if not parts or any(not _sound(one.amount) for one in parts):
        raise Refusal("funding_parts", field="amount")
    if not project.zone:
        raise Refusal("factor_no_zone")
    row = Funding(
        project_id=project.id, zone_id=project.zone, kind=kind, name=written.line(name, "name"),
        lender=written.line(lender, "lender"), amount=sum((one.amount for one in parts), Decimal(0)),
        document=written.line(document, "document"), sample=sample, at=at,
    )  # fmt: skip
    with transaction.atomic():
        row.save(force_insert=True)
        Tranche.objects.bulk_create(
            Tranche(
                funding=row, no=no, amount=one.amount, planned=one.planned,
                condition=written.line(one.condition, "condition", empty=True),
            )
            for no, one in enumerate(parts, 1)
        )  # fmt: skip
        told: list[Json] = [{"amount": str(one.amount), "planned": one.planned} for one in parts]
        _record(
            "factor.funded", project.slug, row.zone_id,
            {"funding": row.pk, "kind": kind, "name": row.name, "lender": row.lender, "amount": str(row.amount),
             "parts": told, "document": row.document}, by, at, key,
        )  # fmt: skip
    return row.pk


def draw(
    *,
    tranche: int,
    amount: Decimal,
    on: date,
    done: Decimal | None,
    document: str,
    by: Acting,
    at: datetime,
    key: str | None = None,
) -> int:
    """Write down what was drawn from a tranche, and the share of the works done by then (percent); its number.

    Raises `Refusal`: `tranche_gone`, `draw_amount`, `draw_ahead` (a day to come), `draw_early` (before the tranche may be
    drawn), `draw_done` (not 0–100, or less than before), `tranche_short`, `text_missing`.
    """
    paper = written.line(document, "document")
    if not _sound(amount):
        raise Refusal("draw_amount", field="amount")
    with transaction.atomic():
        rows = Tranche.objects.select_for_update(of=("self",)).select_related("funding__project")
        row = rows.filter(pk=tranche).first()
        if row is None:
            raise Refusal("tranche_gone")
        facts: dict[str, Json] = {
            "funding": row.funding_id, "tranche": row.no, "amount": str(amount), "on": on, "document": paper,
        }  # fmt: skip
        if done is not None:
            facts["done"] = str(done)
        entry = _record("factor.drawn", row.funding.project.slug, row.funding.zone_id, facts, by, at, key)
        _fits(row, amount, on, done, day_of(at))
        row.drawn += amount
        row.save(update_fields=("drawn",))
        return Draw.objects.create(
            tranche=row, amount=amount, on=on, done=done, document=paper, at=at, entry=entry
        ).pk  # fmt: skip


def fundings(
    *,
    zones: frozenset[str] | None,
    today: date,
    project: str | None = None,
    limit: int = 200,
    as_of: datetime | None = None,
) -> tuple[FundingRow, ...]:
    """Money of the projects in reach, newest first, as it stood at a moment where one is given.

    Three queries, and two for each project that has some.  What was drawn is the sum of the draws written by then.
    """
    found = Funding.objects.order_by("-id")
    if as_of is not None:
        found = found.filter(at__lte=as_of)
    if zones is not None:
        found = found.filter(zone__in=zones)
    if project is not None:
        found = found.filter(project__slug=project)
    rows = list(found.select_related("project")[:limit])
    tranches: dict[int, list[TrancheRow]] = {}
    owner: dict[int, int] = {}
    columns = ("id", "no", "amount", "planned", "condition", "drawn")
    for funding, *rest in Tranche.objects.filter(funding__in=rows).order_by("no").values_list("funding_id", *columns):
        tranches.setdefault(funding, []).append(TrancheRow(*rest))
        owner[rest[0]] = funding
    draws: dict[int, list[DrawRow]] = {}
    drawn = Draw.objects.filter(tranche__in=list(owner)).order_by("on", "id")
    if as_of is not None:
        drawn = drawn.filter(at__lte=as_of)
    for one in drawn.values_list("tranche_id", "amount", "on", "done", "document"):
        draws.setdefault(owner[one[0]], []).append(DrawRow(*one))
    if as_of is not None:
        tranches = {funding: _drawn(parts, draws.get(funding, ())) for funding, parts in tranches.items()}
    spans = {slug: _works(slug, as_of) for slug in {row.project.slug for row in rows}}
    return tuple(
        _funding(row, tuple(tranches.get(row.pk, ())), tuple(draws.get(row.pk, ())), spans[row.project.slug], today)
        for row in rows
    )


def zone_of_tranche(tranche: int) -> tuple[str, str] | None:
    """Zone and project of a tranche, None where there is none.  One query."""
    return Tranche.objects.filter(pk=tranche).values_list("funding__zone_id", "funding__project__slug").first()


def _funding(
    row: Funding,
    tranches: tuple[TrancheRow, ...],
    draws: tuple[DrawRow, ...],
    span: tuple[date | None, date | None],
    today: date,
) -> FundingRow:
    drawn = sum((one.drawn for one in tranches), Decimal(0))
    done = max((one.done for one in draws if one.done is not None), default=None)
    return FundingRow(
        row.pk, row.project.slug, Text(row.project.zh, row.project.en), row.zone_id, Kind(row.kind), row.name, row.lender,
        row.amount, row.document, row.sample, tranches, draws,
        domain.standing(amount=row.amount, drawn=drawn, done=done, start=span[0], finish=span[1], today=today),
    )  # fmt: skip


def _drawn(parts: Sequence[TrancheRow], draws: Sequence[DrawRow]) -> list[TrancheRow]:
    """Tranches with what these draws took of each."""
    return [
        replace(one, drawn=sum((each.amount for each in draws if each.tranche == one.id), Decimal(0))) for one in parts
    ]


def _works(slug: str, as_of: datetime | None) -> tuple[date | None, date | None]:
    """Start and end of building as the plan has them, or had them."""
    saved = plans.current(slug, as_of)
    if saved is None:
        return None, None
    return saved.plan.milestones.get("construction_start"), saved.plan.milestones.get("completion")


def _fits(row: Tranche, amount: Decimal, on: date, done: Decimal | None, today: date) -> None:
    if on > today:
        raise Refusal("draw_ahead", field="on", on=on)
    if row.planned and on < row.planned:
        raise Refusal("draw_early", field="on", planned=row.planned)
    before = Draw.objects.filter(tranche__funding=row.funding_id).aggregate(most=Max("done"))["most"] or Decimal(0)
    if done is not None and not (done.is_finite() and before <= done <= 100):
        raise Refusal("draw_done", field="done", before=f"{before:f}")
    if amount > row.amount - row.drawn:
        raise Refusal("tranche_short", field="amount", no=row.no, left=f"{row.amount - row.drawn:,f}")


def _sound(amount: Decimal) -> bool:
    return amount.is_finite() and 0 < amount <= LARGEST and amount == amount.quantize(Decimal("0.01"))


def _record(kind: str, slug: str, zone: str, facts: dict[str, Json], by: Acting, at: datetime, key: str | None) -> str:
    return append(
        chain=f"project:{slug}", kind=kind, by=by, at=at, zone=zone, project=slug, payload=facts, key=key
    ).hash
