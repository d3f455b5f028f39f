"""Writing the record: the only door to its tables.  Entries are added; there is no function to change or remove one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Protocol
from zoneinfo import ZoneInfo

from django.db import IntegrityError, connection, transaction

from luodi.domain.events import sealing
from luodi.domain.events.canonical import Json, canonical, moment_text
from luodi.domain.events.kinds import kind as kind_rule
from luodi.domain.events.record import Record, linked
from luodi.domain.vocabulary import Refusal
from luodi.journal import readers
from luodi.journal.models import Chain, Checkpoint, Entry
from luodi.journal.readers import Appended

__all__ = (
    "SKEW",
    "Appended",
    "Draft",
    "Who",
    "append",
    "append_many",
    "append_reading",
    "checkpoint",
    "checkpoint_all",
)

SKEW = timedelta(minutes=5)
"""How far the clocks of two servers may disagree before an act is refused."""

CHINA = ZoneInfo("Asia/Shanghai")
LONGEST_WHO, LONGEST_KEY, BATCH = 200, 64, 1_000
FIELDS = ("seq", "kind", "zone", "project", "person", "post", "who", "payload", "previous", "hash")
INSERT = (
    f"INSERT INTO journal_entry (chain_id, {', '.join(FIELDS)}, at, key)"  # noqa: S608 - our own column names
    f" VALUES ({', '.join(['%s'] * (len(FIELDS) + 3))})"
)


class Who(Protocol):
    """Somebody acting as one post; `accounts.acting.Acting` is one."""

    @property
    def person(self) -> int | None:
        """The person's number; None for the machine itself."""

    @property
    def post(self) -> int | None:
        """The number of the post they act as."""

    @property
    def label(self) -> str:
        """Name, post and organisation, as they are today."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry still to be appended to a chain; for `append_many`."""

    kind: str
    by: Who
    at: datetime
    zone: str = ""
    project: str = ""
    payload: Mapping[str, Json] = field(default_factory=dict)
    key: str | None = None


def append(
    *,
    chain: str,
    kind: str,
    by: Who,
    at: datetime,
    zone: str = "",
    project: str = "",
    payload: Mapping[str, Json],
    key: str | None = None,
) -> Appended:
    """Append one entry to a chain, inside the caller's transaction; the chain is locked until that ends.

    Raises `Refusal`: `already_done` (who, when, hash, seq) for a `key` that stands in the record already, `clock_behind` for
    a moment more than five minutes before the chain's last entry (less than that is taken as that entry's moment).
    A payload that its kind does not allow is a bug.  Three queries; two more for the key.
    """
    draft = Draft(kind, by, at, zone, project, payload, key)
    locked = _locked(chain, zone)
    (record,) = _linked(locked, (draft,))
    entry = Entry(key=key, at=record.at, **{name: getattr(record, name) for name in FIELDS}, chain=locked)
    if key is None:
        entry.save(force_insert=True)
    else:
        _insert_once(entry, key)
    locked.save(update_fields=("count", "head", "latest"))
    return Appended(entry.hash, entry.seq)


def append_reading(
    *, by: Who, at: datetime, zone: str, page: str, subject: str, project: str = "", why: str = ""
) -> Appended:
    """Record that somebody opened a sensitive page, in the zone's chain of readings; a transaction of its own."""
    payload = {"page": page, "subject": subject} | ({"why": why} if why else {})
    with transaction.atomic():
        return append(
            chain=f"reads:{zone}", kind="page.read", by=by, at=at, zone=zone, project=project, payload=payload
        )


def append_many(*, chain: str, drafts: Iterable[Draft]) -> Appended | None:
    """Append many entries to one chain, in the order given; the last one is returned, None where there is none.

    For imports and samples: one lock, and rows without objects.  A repeated key is an IntegrityError here.
    """
    waiting = tuple(drafts)
    if not waiting:
        return None
    locked = _locked(chain, waiting[0].zone)
    stored = connection.ops.adapt_datetimefield_value
    rows = (
        (one.chain, *(getattr(one, name) for name in FIELDS), stored(one.at), draft.key)
        for one, draft in zip(_linked(locked, waiting), waiting, strict=True)
    )
    with connection.cursor() as cursor:
        while batch := tuple(islice(rows, BATCH)):
            cursor.executemany(INSERT, batch)
    locked.save(update_fields=("count", "head", "latest"))
    return Appended(locked.head, locked.count)


def checkpoint(*, zone: str, at: datetime, key: str, project: str | None = None) -> sealing.Checkpoint:
    """Sign how every chain of a zone ends now, and keep that ("" for chains of no zone, "*" for all; one `project` alone).

    `key` is the signing key, 64 hexadecimal digits.  Raises `Refusal` (`journal_key_malformed`).  Two queries.
    """
    heads = readers.heads(zone=None if zone == sealing.EVERYTHING else zone, project=project)
    made = sealing.seal(zone=zone, at=moment_text(at), heads=heads, seed=key)
    Checkpoint.objects.bulk_create([_row(made, at)])
    return made


def checkpoint_all(*, at: datetime, key: str) -> tuple[sealing.Checkpoint, ...]:
    """Sign the chains of every zone in which anything was written since its last checkpoint; for the worker's timetable.

    Three queries and a signature a zone.  Raises `Refusal` (`journal_key_malformed`).
    """
    with transaction.atomic():
        known = readers.sealed_heads()
        made = tuple(
            sealing.seal(zone=zone, at=moment_text(at), heads=heads, seed=key)
            for zone, heads in readers.heads_by_zone().items()
            if known.get(zone) != heads
        )
        Checkpoint.objects.bulk_create([_row(one, at) for one in made])
    return made


def _row(one: sealing.Checkpoint, at: datetime) -> Checkpoint:
    heads = sealing.heads_text(one.heads)
    return Checkpoint(zone=one.zone, at=at, heads=heads, key=one.key, signature=one.signature)


def _locked(name: str, zone: str) -> Chain:
    """The chain's row, made where it is missing, locked until the transaction ends."""
    if not connection.in_atomic_block:
        raise RuntimeError("the record is written inside the transaction of the act it records")
    found = Chain.objects.select_for_update().filter(name=name).first()
    if found is None:
        Chain.objects.bulk_create([Chain(name=name, zone=zone)], ignore_conflicts=True)
        found = Chain.objects.select_for_update().get(name=name)
    return found


def _linked(chain: Chain, drafts: Iterable[Draft]) -> Iterator[Record]:
    """The entries of the drafts, each tied to the one before; `chain` is moved on to the last."""
    seq, previous, name = chain.count, chain.head, chain.name
    for one in drafts:
        kind_rule(one.kind).check(one.payload)
        by = one.by
        at = chain.latest = _in_order(chain, one.at)
        record = linked(
            name, seq + 1, one.kind, one.zone, one.project, by.person or None, by.post or None, by.label[:LONGEST_WHO], at,
            canonical(one.payload), previous,
        )  # fmt: skip
        chain.count = seq = record.seq
        chain.head = previous = record.hash
        yield record


def _in_order(chain: Chain, at: datetime) -> datetime:
    """The moment of an entry: never before the one it follows."""
    if chain.latest is None or at >= chain.latest:
        return at
    if chain.latest - at > SKEW:
        raise Refusal("clock_behind", at=at.astimezone(CHINA), latest=chain.latest.astimezone(CHINA), chain=chain.name)
    return chain.latest


def _insert_once(entry: Entry, key: str) -> None:
    """Insert an entry whose key must be new: the database decides, so that two at once cannot both be first."""
    if not 0 < len(key) <= LONGEST_KEY:
        raise ValueError(f"an idempotency key has 1 to {LONGEST_KEY} characters")
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError:
        done = Entry.objects.filter(key=key).values_list("who", "at", "hash", "seq").first()
        if done is None:
            raise
        raise Refusal("already_done", who=done[0], when=done[1].astimezone(CHINA), hash=done[2], seq=done[3]) from None
