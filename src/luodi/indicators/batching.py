"""Rounds of 三个一批: opened, entered by rows or by proposal, and left again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.clock.office import day_of
from luodi.domain.indicators.batches import batches
from luodi.domain.vocabulary import Refusal, Text
from luodi.indicators.actions import said
from luodi.indicators.models import Batch, Entered
from luodi.journal.actions import append
from luodi.projects import outlines
from luodi.zones.readers import chain

GREATEST = Decimal(10) ** 6
"""亿元 of annual output; more is a slip of the pen (a bound of this program)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A project that is to enter a class.  `expected`: annual output in 亿元, where it is known."""

    project: str
    group: str
    evidence: str
    expected: Decimal | None = None


def open_batch(
    *, zone: str, name: Text, on: date, by: Acting, at: datetime, sample: bool = False, key: str | None = None
) -> int:
    """Open a round of a zone ("": of the province); its number.  Raises `Refusal` for a name that is taken."""
    row = Batch(
        zone_id=zone or None, zh=written.line(name.zh, "name")[:120], en=name.en[:160], on=on, sample=sample, at=at,
        who=by.label[:200],
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.entry = append(
                chain=f"zone:{zone}" if zone else "province", kind="batch.opened", by=by, at=at, zone=zone, key=key,
                payload={"batch": row.zh, "on": on},
            ).hash  # fmt: skip
            row.save(force_insert=True)
    except IntegrityError:
        raise Refusal("batch_name_taken", field="name", name=row.zh) from None
    return row.pk


def enter(*, batch: int, entries: Sequence[Entry], by: Acting, at: datetime, key: str | None = None) -> tuple[int, ...]:
    """Enter projects into classes of a round, all or none; their numbers.

    Raises `Refusal`: no such round, class or project, a project of another zone, one whose event is not recorded by the
    day of the round, no evidence, an output out of range, or a project that is in this class already, in whatever round.
    """
    with transaction.atomic():
        round_ = _round(batch)
        slugs = {one.project for one in entries}
        known = {one.slug: one for one in outlines.reached(outlines.Sift(day_of(at), slugs=slugs, live=None))}
        return tuple(
            _enter(round_, known.get(one.project), one, by, at, f"{key}:{place}" if key else None)
            for place, one in enumerate(entries)
        )


def withdraw(*, entered: int, why: str, by: Acting, at: datetime, key: str | None = None) -> None:
    """Take a project out of its class again.  Raises `Refusal` where it is out already, or without a reason."""
    with transaction.atomic():
        row = (
            Entered.objects.select_for_update(of=("self",))
            .select_related("batch", "project")
            .filter(pk=entered)
            .first()
        )
        if row is None or row.withdrawn_at is not None:
            raise Refusal("batch_not_in_class")
        row.withdrawn_at, row.withdrawn_why = at, written.line(why, "why")
        row.save(update_fields=["withdrawn_at", "withdrawn_why"])
        append(
            chain=f"project:{row.project.slug}", kind="batch.withdrawn", by=by, at=at, zone=row.project.zone_id or "",
            project=row.project.slug, payload={"batch": row.batch.zh, "group": row.group, "why": row.withdrawn_why}, key=key,
        )  # fmt: skip


def _round(batch: int) -> Batch:
    row = Batch.objects.filter(pk=batch).first()
    if row is None:
        raise Refusal("batch_unknown")
    return row


def _enter(
    round_: Batch, project: outlines.Reached | None, one: Entry, by: Acting, at: datetime, key: str | None
) -> int:
    rule = batches().classes.get(one.group)
    if rule is None:
        raise Refusal("batch_class_unknown", field="group", group=one.group[:16])
    if project is None:
        raise Refusal("project_unknown", field="project", slug=one.project[:64])
    if round_.zone_id and round_.zone_id not in chain(project.zone):
        raise Refusal("batch_of_another_zone", field="project", project=project.name)
    reached = project.days.get(rule.event)
    if reached is None or reached > round_.on:
        raise Refusal("batch_not_reached", field="project", project=project.name, group=rule.name, on=round_.on)
    if one.expected is not None and not Decimal(0) <= one.expected < GREATEST:
        raise Refusal("batch_output_out_of_range", field="expected")
    row = Entered(
        batch=round_, project_id=project.id, group=one.group, expected=one.expected,
        evidence=written.line(one.evidence, "evidence"), at=at, who=by.label[:200],
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.entry = append(
                chain=f"project:{project.slug}", kind="batch.entered", by=by, at=at, zone=project.zone, project=project.slug,
                payload={"batch": round_.zh, "group": one.group, "expected": said(one.expected), "evidence": row.evidence},
                key=key,
            ).hash  # fmt: skip
            row.save(force_insert=True)
    except IntegrityError:
        raise Refusal("batch_twice", field="project", project=project.name, group=rule.name) from None
    return row.pk
