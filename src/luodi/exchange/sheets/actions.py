"""Handing a ledger in, settling its columns, taking it in, taking it back: one verb each, each on the record."""

import json
from collections.abc import Mapping
from dataclasses import astuple
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.clock.office import day_of
from luodi.domain.vocabulary import Refusal, Text
from luodi.exchange.sheets import telling
from luodi.exchange.sheets.checking import Row
from luodi.exchange.sheets.handing import Handed, take_up
from luodi.exchange.sheets.ledgers import ledger
from luodi.exchange.sheets.limits import FAULTS_TOLD
from luodi.exchange.sheets.loading import LOADERS, Loader
from luodi.exchange.sheets.models import Choice, Import, Line, Upload
from luodi.exchange.sheets.readers import STATE_NAMES, choices
from luodi.journal.actions import append

AT_ONCE = 300
"""Rows up to which a ledger is taken in while the officer waits; longer ones are left to the worker."""

TRIED = 2_000
"""Rows up to which the dry run also tries what would be recorded (3 ms each); what it did not try is told when taken in."""

BATCH = 500
COUNTS = ("new", "changed", "same", "refused")


def hand_in(
    *,
    data: bytes,
    name: str,
    kind: str,
    by: Acting,
    at: datetime,
    sheet: str = "",
    chosen: Mapping[int, str] | None = None,
) -> int:
    """Keep a file and say what taking it in would do: a dry run that writes nothing else.  The id of the import.

    Raises `Refusal` for a file that cannot be read, or has no head; faults of rows are kept with it.
    """
    if kind not in LOADERS:
        raise Refusal("sheet_kind_waits", ledger=ledger(kind).name)
    handed = take_up(data, name, kind, sheet=sheet, chosen=chosen, saved=choices(by.organisation, kind))
    with transaction.atomic():
        row = Import.objects.create(
            kind=kind, post_id=by.post, zone=by.zone, who=by.label[:200], at=at, name=written.line(name[-150:], "file"),
            digest=sha256(data).hexdigest(), sheet=handed.sheet.name[:100], length=handed.sheet.length,
            chosen=json.dumps(chosen or {}),
        )  # fmt: skip
        Upload.objects.create(owner=row, content=data)
        _rehearse(row, handed, by, at)
    return row.pk


def settle_columns(*, number: int, chosen: Mapping[int, str], sheet: str, by: Acting, at: datetime) -> None:
    """Read the file anew with the columns a person chose, and keep the choice for the next file of the office."""
    with transaction.atomic():
        row = held(number, ("checked",), by)
        data = bytes(Upload.objects.get(owner=row).content)
        handed = take_up(data, row.name, row.kind, sheet=sheet or row.sheet, chosen=chosen)
        row.chosen, row.sheet = json.dumps(chosen), handed.sheet.name[:100]
        Line.objects.filter(owner=row).delete()
        _rehearse(row, handed, by, at)
        kept = [
            Choice(organisation_id=by.organisation, kind=row.kind, head=head[:120], column=column)
            for head, column in handed.layout.choices.items()
        ]
        Choice.objects.bulk_create(
            kept, update_conflicts=True, unique_fields=("organisation", "kind", "head"), update_fields=("column",)
        )


def take_in(*, number: int, by: Acting, at: datetime) -> bool:
    """Take the good rows in: at once where they are few, else by the worker; whether it is done.

    Raises `Refusal`: problems of the head, nothing to take in, another state.
    """
    from luodi.exchange.sheets import jobs, taking

    with transaction.atomic():
        row = held(number, ("checked",), by)
        if json.loads(row.problems):
            raise Refusal("sheet_head_faulty")
        if not row.new + row.changed + row.same:
            raise Refusal("sheet_nothing_good")
        row.state, row.gone_through = "waiting", 0
        row.new = row.changed = row.same = row.refused = 0
        row.save()
        at_once = row.length <= AT_ONCE
        if not at_once:
            jobs.take_in.enqueue(row.pk)
    if at_once:
        taking.take_in(number=number, by=by, at=at)
    return at_once


def take_back(*, number: int, reason: str, by: Acting, at: datetime) -> bool:
    """Take a whole import back by acts against it: at once where it is short, else by the worker; whether it is done."""
    from luodi.exchange.sheets import jobs, taking

    said = written.text(reason, "reason", longest=1000)
    with transaction.atomic():
        row = held(number, ("taken",), by)
        row.state = "undoing"
        row.save(update_fields=["state"])
        at_once = row.new + row.changed <= AT_ONCE
        if not at_once:
            jobs.take_back.enqueue(row.pk, said, by.post)
    if at_once:
        taking.take_back(number=number, reason=said, by=by, at=at)
    return at_once


def forget(*, at: datetime, days: int = 180) -> int:
    """Delete the bytes of files handed in long ago; what was taken in, and how, stays.  For the worker's timetable."""
    return Upload.objects.filter(owner__at__lt=at - timedelta(days=days)).delete()[0]


def held(number: int, states: tuple[str, ...], by: Acting) -> Import:
    """An import under lock.  Raises `Refusal` for one of another zone or organisation, or in another state."""
    row = Import.objects.select_for_update(of=("self",)).filter(pk=number).first()
    if row is None or not (row.post_id == by.post or (row.zone and by.reaches(row.zone)) or by.reach is None):
        raise Refusal("sheet_no_such_import")
    if row.state not in states:
        raise Refusal("sheet_import_not_ready", state=STATE_NAMES.get(row.state, Text(row.state, row.state)))
    return row


def loader_of(kind: str, by: Acting, at: datetime) -> Loader:
    """The loader of a kind of ledger."""
    return LOADERS[kind](by, day_of(at))


def _rehearse(row: Import, handed: Handed, by: Acting, at: datetime) -> None:
    """The dry run: counts, and a line for every row that would be refused."""
    counts = dict.fromkeys(COUNTS, 0)
    loader, waiting, lines = loader_of(row.kind, by, at), list[Row](), list[Line]()
    thoroughly = handed.sheet.length <= TRIED

    def look() -> None:
        loader.look_up(waiting)
        for one in waiting:
            try:
                counts[loader.foresee(one, thoroughly=thoroughly).outcome] += 1
            except telling.ANSWERS as refused:
                counts["refused"] += 1
                lines.append(_line(row, one.number, telling.of_refusal(refused)))
        waiting.clear()

    for one in handed.rows(day_of(at)):
        if one.flaws:
            counts["refused"] += 1
            if len(lines) < FAULTS_TOLD:
                lines.append(_line(row, one.number, telling.of_flaws(one.flaws)))
            continue
        waiting.append(one)
        if len(waiting) >= BATCH:
            look()
    look()
    Line.objects.bulk_create(lines[:FAULTS_TOLD], batch_size=500)
    for name, count in counts.items():
        setattr(row, name, count)
    row.heads = json.dumps([astuple(one) for one in handed.layout.columns], ensure_ascii=False)
    row.problems = telling.written(telling.of_problems(handed.layout.problems))
    row.notes = telling.written(telling.of_problems(handed.layout.notes))
    row.save()


def _line(row: Import, number: int, told: tuple[telling.Told, ...]) -> Line:
    return Line(owner=row, number=number, outcome="refused", told=telling.written(told))


def record(row: Import, kind: str, payload: Mapping[str, object], by: Acting, at: datetime) -> str:
    """The one entry of an import, in the record of its zone; its hash."""
    chain = f"zone:{row.zone}" if row.zone else "accounts"
    facts = {"import": row.pk, "ledger": row.kind, "file": row.name, **payload}
    return append(chain=chain, kind=kind, by=by, at=at, zone=row.zone, payload=facts).hash  # type: ignore[arg-type]
