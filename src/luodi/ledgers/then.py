"""Many accounts at once, as they stood at a moment: their sums, and what was promised on them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import Exists, OuterRef

from luodi.domain.ledger.book import PENDING, Sums
from luodi.ledgers.models import SUMS, Line, Promise, Transfer
from luodi.ledgers.readers import HELD, AccountRow, Held, _held, _open

OPEN = frozenset(one.value for one in PENDING)
"""Phases in which a promise still binds."""


def accounts(rows: Sequence[AccountRow], at: datetime) -> tuple[AccountRow, ...]:
    """Accounts as they stood at a moment.  One query, however many they are."""
    found = Line.objects.filter(account__in=[one.id for one in rows], at__lte=at)
    later = Line.objects.filter(account=OuterRef("account"), seq__gt=OuterRef("seq"), at__lte=at)
    sums = {row[0]: Sums(*row[1:]) for row in found.filter(~Exists(later)).values_list("account_id", *SUMS)}
    return tuple(replace(one, sums=sums.get(one.id, Sums())) for one in rows)


def holders(numbers: Collection[int], at: datetime | None = None) -> Mapping[int, tuple[Held, ...]]:
    """By account: the promises open on it, or open on it at a moment, largest first.  One query; two of the past."""
    rows = (
        Promise.objects.filter(source__in=list(numbers), since__lte=at)
        if at
        else _open().filter(source__in=list(numbers))
    )
    kept = [_held(row) for row in rows.order_by("-amount", "id").values_list(*HELD)]
    if at is not None:
        phases = _phases([one.id for one in kept], at)
        kept = [replace(one, state=phases[one.id]) for one in kept if phases.get(one.id) in OPEN]
    found: dict[int, list[Held]] = {}
    for one in kept:
        found.setdefault(one.source, []).append(one)
    return {number: tuple(held) for number, held in found.items()}


def _phases(promises: Collection[int], at: datetime) -> dict[int, str]:
    """By promise: its last step up to the moment."""
    later = Transfer.objects.filter(promise=OuterRef("promise"), place__gt=OuterRef("place"), at__lte=at)
    last = Transfer.objects.filter(~Exists(later), promise__in=list(promises), at__lte=at)
    return dict(last.values_list("promise_id", "phase"))
