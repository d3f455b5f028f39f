"""Questions to the record."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count, Max, Q, Sum
from django.db.models.query import QuerySet

from luodi.domain.events import sealing
from luodi.domain.events.canonical import moment_text
from luodi.domain.events.record import Record, line
from luodi.journal.models import Chain, Checkpoint, Entry

PAGE = 50
FIELDS = ("chain_id", "seq", "kind", "zone", "project", "person", "post", "who", "at", "payload", "previous", "hash")


@dataclass(frozen=True, slots=True)
class Appended:
    """An entry that stands in the record."""

    hash: str
    seq: int


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page of entries ended: the next one takes up with what is older."""

    at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of entries, newest first, and where the next page starts; None where this one is the last."""

    records: tuple[Record, ...]
    more: Cursor | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many chains there are, and how many entries they hold."""

    chains: int
    entries: int


def entries(
    *,
    project: str | None = None,
    zone: str | None = None,
    zones: Collection[str] | None = None,
    person: int | None = None,
    kinds: Collection[str] = (),
    until: datetime | None = None,
    before: Cursor | None = None,
    limit: int = PAGE,
) -> Listed:
    """Entries newest first: of a project, a zone (or any of `zones`), a person, of some kinds, up to a moment.  One query."""
    found = Entry.objects.all()
    if project is not None:
        found = found.filter(project=project)
    if zone is not None:
        found = found.filter(zone=zone)
    if zones is not None:
        found = found.filter(zone__in=zones)
    if person is not None:
        found = found.filter(person=person)
    if kinds:
        found = found.filter(kind__in=kinds)
    if until is not None:
        found = found.filter(at__lte=until)
    if before is not None:
        found = found.filter(Q(at__lt=before.at) | Q(at=before.at, id__lt=before.id), at__lte=before.at)
    rows = list(found.order_by("-at", "-id").values_list("id", *FIELDS)[: limit + 1])
    page = rows[:limit]
    more = Cursor(page[-1][9], page[-1][0]) if len(rows) > limit else None
    return Listed(tuple(Record(*row[1:]) for row in page), more)


def recorded(key: str) -> Appended | None:
    """The entry that was written under an idempotency key, None where there is none.  One query."""
    found = Entry.objects.filter(key=key).values_list("hash", "seq").first()
    return Appended(*found) if found else None


def entry(hash_: str, *, project: str) -> Record | None:
    """One entry of a project by its hash.  One query."""
    row = Entry.objects.filter(project=project, hash=hash_).values_list(*FIELDS).first()
    return Record(*row) if row else None


def at_place(chain: str, seq: int) -> Record | None:
    """The entry at a place of a chain.  One query."""
    row = Entry.objects.filter(chain=chain, seq=seq).values_list(*FIELDS).first()
    return Record(*row) if row else None


def last(chain: str, *, until: datetime | None = None) -> Record | None:
    """The last entry of a chain, or the last one up to a moment: its hash is the head, its place the count.  One query."""
    found = Entry.objects.filter(chain=chain)
    if until is not None:
        found = found.filter(at__lte=until)
    row = found.order_by("-seq").values_list(*FIELDS).first()
    return Record(*row) if row else None


def counts(zone: str | None = None) -> Counts:
    """Chains and entries of a zone, or of everything.  One query, over chains only."""
    found = _chains(zone, None).aggregate(chains=Count("name"), entries=Sum("count"))
    return Counts(found["chains"], found["entries"] or 0)


def lines(*, zone: str | None = None, project: str | None = None) -> Iterator[str]:
    """The lines of an export, in the order in which they were written: whole chains, of a zone, of a project, or all.

    One query, read piece by piece: memory does not grow with the record.
    """
    found = Entry.objects.all()
    if project is not None:
        found = found.filter(chain=chain_of(project))
    if zone is not None:
        found = found.filter(chain__zone=zone)
    for row in found.order_by("id").values_list(*FIELDS).iterator(chunk_size=2_000):
        yield line(Record(*row)) + "\n"


def heads(*, zone: str | None = None, project: str | None = None) -> sealing.Heads:
    """Number of entries and last hash of every chain: of a zone ("" for those of none), of a project, or all.  One query."""
    found = _chains(zone, project).order_by("name").values_list("name", "count", "head")
    return {name: (count, head) for name, count, head in found}


def checkpoints(zone: str, limit: int = PAGE) -> tuple[sealing.Checkpoint, ...]:
    """The checkpoints of a zone, newest first.  One query."""
    found = Checkpoint.objects.filter(zone=zone).order_by("-at", "-id")[:limit]
    return tuple(
        sealing.Checkpoint(row.zone, moment_text(row.at), sealing.read_heads(row.heads), row.key, row.signature)
        for row in found
    )


def sealed_heads() -> dict[str, sealing.Heads]:
    """The heads of the newest checkpoint of every zone.  One query."""
    newest = Checkpoint.objects.values("zone").annotate(newest=Max("id")).values("newest")
    found = Checkpoint.objects.filter(id__in=newest).values_list("zone", "heads")
    return {zone: sealing.read_heads(text) for zone, text in found}


def heads_by_zone() -> dict[str, sealing.Heads]:
    """The heads of all chains, by zone.  One query."""
    found: dict[str, dict[str, tuple[int, str]]] = {}
    for zone, name, count, head in Chain.objects.order_by("name").values_list("zone", "name", "count", "head"):
        found.setdefault(zone, {})[name] = (count, head)
    return dict(found)


def chain_of(project: str) -> str:
    """The name of a project's chain."""
    return f"project:{project}"


def _chains(zone: str | None, project: str | None) -> QuerySet[Chain]:
    found = Chain.objects.all()
    if zone is not None:
        found = found.filter(zone=zone)
    return found if project is None else found.filter(name=chain_of(project))


def elsewhere() -> str:
    """Changes whenever something was written that is about no project: powers, people, the calendar.

    One query, on the index of names.
    """
    before, since = ("<", ">=") if connection.vendor == "sqlite" else ("~<~", "~>=~")  # by bytes, as the index has them
    sql = f"SELECT COUNT(*), SUM(count) FROM journal_chain WHERE name {before} 'project:' OR name {since} 'project;'"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql)
        chains, written = cursor.fetchone()
    return f"{chains}:{written or 0}"


def stamp(zones: Collection[str] | None) -> str:
    """Changes whenever something was written about a project of these zones (None: all).  One query, over chains only;
    of all zones on SQLite, which has one writer at a time, just the number of the last entry.
    """
    if zones is None and connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT MAX(id) FROM journal_entry")
            return f"{cursor.fetchone()[0] or 0}"
    begins, marks = ("GLOB", "*") if connection.vendor == "sqlite" else ("LIKE", "%")  # each uses the index of names
    sql, values = f"SELECT COUNT(*), SUM(count) FROM journal_chain WHERE name {begins} %s", [f"project:{marks}"]  # noqa: S608
    if zones is not None:
        sql += f" AND zone IN ({', '.join(['%s'] * len(zones))})" if zones else " AND 1 = 0"
        values += sorted(zones)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        chains, written = cursor.fetchone()
    return f"{chains}:{written or 0}"
