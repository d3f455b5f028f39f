"""Questions about ledgers that were handed in."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from luodi.domain.vocabulary import Text
from luodi.exchange.sheets import telling
from luodi.exchange.sheets.heads import Matched
from luodi.exchange.sheets.models import Choice, Import, Line, Upload
from luodi.exchange.sheets.telling import Told

STATE_NAMES = {
    "checked": Text("已检查，未导入", "checked, not taken in"),
    "waiting": Text("等待导入", "waiting to be taken in"),
    "taking": Text("正在导入", "being taken in"),
    "taken": Text("已导入", "taken in"),
    "undoing": Text("正在撤回", "being taken back"),
    "undone": Text("已撤回", "taken back"),
}
"""What a state is called."""


@dataclass(frozen=True, slots=True)
class Handed:
    """An import as it stands.  `done`: share of the rows that were gone through, in per cent."""

    id: int
    kind: str
    post: int
    zone: str
    who: str
    at: datetime
    name: str
    digest: str
    sheet: str
    chosen: dict[int, str]
    columns: tuple[Matched, ...]
    state: str
    length: int
    done: int
    new: int
    changed: int
    same: int
    refused: int
    undone: int
    kept: int
    problems: tuple[Told, ...]
    notes: tuple[Told, ...]
    ended: datetime | None

    @property
    def state_name(self) -> Text:
        """What its state is called."""
        return STATE_NAMES[self.state]

    @property
    def moving(self) -> bool:
        """Whether the worker has it in hand."""
        return self.state in ("waiting", "taking", "undoing")


@dataclass(frozen=True, slots=True)
class LineRow:
    """A row of which something is said."""

    number: int
    outcome: str
    subject: str
    told: tuple[Told, ...]


def imports(
    *, post: int, zones: Collection[str] | None, before: int | None = None, limit: int = 50
) -> tuple[Handed, ...]:
    """What a post handed in, or anybody of its zones, the newest first.  One query."""
    found = Import.objects.order_by("-id")
    if zones is not None:
        found = found.filter(Q(post=post) | (Q(zone__in=zones) & ~Q(zone="")))
    if before is not None:
        found = found.filter(id__lt=before)
    return tuple(_handed(row) for row in found[:limit])


def handed(number: int) -> Handed | None:
    """One import.  One query."""
    row = Import.objects.filter(pk=number).first()
    return _handed(row) if row else None


def same_file(digest: str, kind: str, other_than: int) -> Handed | None:
    """Whether the same bytes have been taken in before, and when.  One query."""
    row = Import.objects.filter(digest=digest, kind=kind, state="taken").exclude(pk=other_than).order_by("-id").first()
    return _handed(row) if row else None


def lines(number: int, *, outcomes: Collection[str] = ("refused", "kept"), limit: int = 5_000) -> tuple[LineRow, ...]:
    """The rows of which something is said, in their order.  One query."""
    found = Line.objects.filter(owner=number, outcome__in=outcomes).order_by("number")
    rows = found.values_list("number", "outcome", "subject", "told")[:limit]
    return tuple(LineRow(place, outcome, subject, telling.read(told)) for place, outcome, subject, told in rows)


def content(number: int) -> bytes | None:
    """The bytes of a file; None where they were deleted after their time.  One query."""
    found = Upload.objects.filter(owner=number).values_list("content", flat=True).first()
    return bytes(found) if found is not None else None


def choices(organisation: int, kind: str) -> dict[str, str]:
    """What an office means by heads: folded head -> column, "" for one it leaves out.  One query."""
    found = Choice.objects.filter(organisation=organisation, kind=kind)
    return dict(found.values_list("head", "column"))


def _handed(row: Import) -> Handed:
    chosen = {int(index): column for index, column in json.loads(row.chosen).items()}
    columns = tuple(Matched(*one) for one in json.loads(row.heads))
    done = 100 if row.state in ("taken", "undone") else 100 * row.gone_through // max(row.length, 1)
    if row.state == "undoing":
        done = 100 * (row.undone + row.kept) // max(row.new + row.changed, 1)
    return Handed(
        row.pk, row.kind, row.post_id, row.zone, row.who, row.at, row.name, row.digest, row.sheet, chosen, columns, row.state,
        row.length, done, row.new, row.changed, row.same, row.refused, row.undone, row.kept, telling.read(row.problems),
        telling.read(row.notes), row.ended,
    )  # fmt: skip
