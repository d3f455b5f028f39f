"""Firms near the scale: put on watch, and what becomes known of them, row by row."""

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.clock.office import day_of
from luodi.domain.facts.codes import CHECKS
from luodi.domain.indicators.enrolment import enrolment
from luodi.domain.vocabulary import Refusal
from luodi.indicators.actions import said
from luodi.indicators.models import Firm, FirmNote
from luodi.journal.actions import append

GREATEST, GRAIN = Decimal(10) ** 10, Decimal("0.01")
"""万元 of revenue: no firm has more, none is kept finer (bounds of this program)."""


def record_firm(
    *, uscc: str, name: str, zone: str, strategic: bool, by: Acting, at: datetime, sample: bool = False,
    key: str | None = None,
) -> int:  # fmt: skip
    """Put a firm on watch; its number.  Raises `Refusal` for a code that is none, or one that is known already."""
    code = uscc.strip().upper()
    if not sample and CHECKS["uscc"](code) is not None:
        raise Refusal("firm_code_wrong", field="uscc", uscc=code[:18])
    row = Firm(uscc=code[:18], name=written.line(name, "name"), zone_id=zone, strategic=strategic, sample=sample, at=at)
    try:
        with transaction.atomic():
            row.entry = append(
                chain=f"zone:{zone}", kind="firm.recorded", by=by, at=at, zone=zone, key=key,
                payload={"uscc": row.uscc, "name": row.name, "strategic": strategic},
            ).hash  # fmt: skip
            row.save(force_insert=True)
    except IntegrityError:
        raise Refusal("firm_known", field="uscc", uscc=row.uscc) from None
    return row.pk


def note_firm(
    *, firm: int, kind: str, on: date, by: Acting, at: datetime, amount: Decimal | None = None, paper: str = "",
    source: str = "", key: str | None = None,
) -> int:  # fmt: skip
    """Note revenue of a year (万元; `on` its last day), a paper in hand, enrolment, or that a firm left.

    Raises `Refusal`: no such firm or kind of note, no such paper, revenue without an amount or out of range, a day that
    has not come, no source.
    """
    row = Firm.objects.filter(pk=firm).first()
    if row is None:
        raise Refusal("firm_unknown")
    if kind not in ("revenue", "enrolled", "left", "paper"):
        raise Refusal("firm_note_unknown", field="kind", kind=kind[:24])
    if kind == "paper" and paper not in enrolment().firm.papers:
        raise Refusal("firm_paper_unknown", field="paper", paper=paper[:24])
    fine = amount is not None and Decimal(0) <= amount < GREATEST and amount == amount.quantize(GRAIN)
    if kind == "revenue" and not fine:
        raise Refusal("firm_revenue_out_of_range", field="amount")
    if on > day_of(at):
        raise Refusal("figure_ahead", field="on", on=on)
    note = FirmNote(
        firm=row, kind=kind, paper=paper if kind == "paper" else "", on=on, amount=amount if kind == "revenue" else None,
        source=written.line(source, "source"), at=at, who=by.label[:200],
    )  # fmt: skip
    with transaction.atomic():
        note.entry = append(
            chain=f"zone:{row.zone_id}", kind="firm.noted", by=by, at=at, zone=row.zone_id, key=key,
            payload={"uscc": row.uscc, "kind": kind, "paper": note.paper, "on": on, "amount": said(note.amount),
                     "source": note.source},
        ).hash  # fmt: skip
        note.save(force_insert=True)
    return note.pk
