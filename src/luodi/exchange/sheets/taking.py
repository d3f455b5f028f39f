"""The rows of an import, batch by batch, each batch one transaction: what was interrupted is carried on where it stopped."""

import json
from datetime import datetime
from itertools import islice

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.domain.clock.office import day_of
from luodi.exchange.sheets import telling
from luodi.exchange.sheets.actions import loader_of, record
from luodi.exchange.sheets.checking import Row
from luodi.exchange.sheets.handing import take_up
from luodi.exchange.sheets.loading import Line as Undo
from luodi.exchange.sheets.loading import Loader
from luodi.exchange.sheets.models import Import, Line, Upload
from luodi.exchange.sheets.readers import choices

BATCH = 100


def take_in(*, number: int, by: Acting, at: datetime) -> None:
    """Take in what has not been dealt with; a row that a room refuses is told, and does not hold the others up.

    Called again after an interruption it goes on behind the last batch.  One entry in the zone's record at the end.
    """
    row = Import.objects.get(pk=number)
    if row.state not in ("waiting", "taking"):
        return
    data = bytes(Upload.objects.get(owner=row).content)
    chosen = {int(index): column for index, column in json.loads(row.chosen).items()}
    saved = None if chosen else choices(by.organisation, row.kind)
    handed = take_up(data, row.name, row.kind, sheet=row.sheet, chosen=chosen, saved=saved)
    del data
    loader = loader_of(row.kind, by, at)
    rows = (one for one in handed.rows(day_of(row.at)) if one.number > row.gone_through)
    while batch := list(islice(rows, BATCH)):
        good = [one for one in batch if not one.flaws]
        loader.look_up(good)
        with transaction.atomic():
            for one in batch:
                _take(row, loader, one, at)
            row.gone_through, row.state = batch[-1].number, "taking"
            row.save()
    with transaction.atomic():
        counts = {name: getattr(row, name) for name in ("new", "changed", "same", "refused")}
        payload = {"digest": row.digest, "rows": sum(counts.values()), **counts}
        row.entry = record(row, "sheet.taken_in", payload, by, at)
        row.state, row.ended, row.gone_through = "taken", at, row.length
        row.save()


def _take(row: Import, loader: Loader, one: Row, at: datetime) -> None:
    """One row: what it did is counted, and kept where it must be known later."""
    told, taken = telling.of_flaws(one.flaws), None
    if not one.flaws:
        try:
            with transaction.atomic():
                taken = loader.take(one, at)
        except telling.ANSWERS as refused:
            told = telling.of_refusal(refused)
    outcome = taken.outcome if taken else "refused"
    setattr(row, outcome, getattr(row, outcome) + 1)
    if taken is None or taken.outcome != "same":
        values = {
            "outcome": outcome,
            "subject": taken.subject[:100] if taken else "",
            "before": json.dumps(taken.before, ensure_ascii=False) if taken else "{}",
            "told": telling.written(told),
        }
        Line.objects.update_or_create(owner=row, number=one.number, defaults=values)
    else:
        Line.objects.filter(owner=row, number=one.number).delete()


def take_back(*, number: int, reason: str, by: Acting, at: datetime) -> None:
    """Undo every row, the last one first; what must stay is said of its row.  One entry in the zone's record at the end."""
    row = Import.objects.get(pk=number)
    if row.state != "undoing":
        return
    loader = loader_of(row.kind, by, at)
    todo = Line.objects.filter(owner=row, outcome__in=("new", "changed")).order_by("-number")
    while batch := list(todo[:BATCH]):
        with transaction.atomic():
            for line in batch:
                _undo(row, loader, line, reason, at)
            row.save()
    with transaction.atomic():
        payload = {"undone": row.undone, "kept": row.kept, "reason": reason}
        record(row, "sheet.taken_back", payload, by, at)
        row.state, row.ended = "undone", at
        row.save()


def _undo(row: Import, loader: Loader, line: Line, reason: str, at: datetime) -> None:
    undo = Undo(line.number, line.outcome, line.subject, json.loads(line.before))
    try:
        # A refusal may come after what could be undone was: that part stays undone, the sentence says what stays.
        loader.take_back(undo, reason, at)
        line.outcome = "undone"
        row.undone += 1
    except telling.ANSWERS as refused:
        line.outcome, line.told = "kept", telling.written(telling.of_refusal(refused))
        row.kept += 1
    line.save()
