"""Looking up: what a post may see of what stands under a word."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from luodi.domain.vocabulary import Text
from luodi.finding.kinds import kinds
from luodi.finding.models import Thing
from luodi.finding.spelling import SPELLED, WRITTEN, plain

EACH = 6
"""Things of a kind shown at first."""
SPARE = 4
"""A thing may stand several times under the same beginning: so many times more are fetched."""
LONGEST = 60
Value = str | bytes
COLUMNS = "t.id, t.kind, t.key, t.zone, t.project, t.zh, t.en, t.about_zh, t.about_en, t.link"


@dataclass(frozen=True, slots=True)
class Within:
    """How far a post sees a kind.  `zones` None: everywhere.  `slugs` None: no narrower than the zones."""

    zones: frozenset[str] | None
    slugs: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found.  `begins`: a name or code of it begins with the word."""

    kind: str
    key: str
    zone: str
    project: str
    title: Text
    about: Text
    link: str
    begins: bool


def look(words: str, *, within: Mapping[str, Within], each: int = EACH) -> tuple[Hit, ...]:
    """What stands under the words, at most `each` of a kind: names that begin so first, then those that hold it.

    Only kinds named in `within`, as far as it reaches: what may not be seen is not asked for.  One query.
    """
    parts = sorted(filter(None, map(plain, words[:LONGEST].split())), key=len, reverse=True)
    arms: list[str] = []
    given: list[Value] = []
    for kind, reach in within.items():
        if parts and (reach.zones is None or reach.zones or reach.slugs):
            for statement, values in _arms(kinds()[kind].number, kind, reach, parts, each):
                arms.append(f"SELECT * FROM ({statement}) a{len(arms)}")  # noqa: S608 - our own words
                given += values
    if not arms:
        return ()
    # Each arm is one range of one index, ended by its limit; the rows themselves are fetched for those few alone.
    statement = (
        f"SELECT h.place, h.text, {COLUMNS} FROM ({' UNION ALL '.join(arms)}) h JOIN finding_thing t ON t.id = h.thing"  # noqa: S608 - our own words
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        rows = cursor.fetchall()
    return _chosen(rows, tuple(within), each)


def _arms(sort: int, kind: str, reach: Within, parts: list[str], each: int) -> list[tuple[str, list[Value]]]:
    """The statements that find a kind: two ranges of the index, or the few things of some projects."""
    if reach.slugs is not None:
        if not reach.slugs:
            return []
        some = ", ".join(["%s"] * len(reach.slugs))
        held = " AND ".join(["words LIKE %s"] * len(parts))
        statement = (
            "SELECT id AS thing, 1 AS place, %s AS text FROM finding_thing"  # noqa: S608 - our own words
            f" WHERE kind = %s AND project IN ({some}) AND {held} LIMIT {each}"
        )
        return [(statement, [b"", kind, *reach.slugs, *(f"%{part}%" for part in parts)])]
    kept = SPELLED if parts[0].isascii() else WRITTEN
    first, rest = parts[0][:kept], parts[1:] if len(parts[0]) <= kept else parts
    low = first.encode()
    given: list[Value] = [low, low + b"\xff"]
    asked = "m.text >= %s AND m.text < %s"
    joined = ""
    if reach.zones is not None:
        asked += f" AND m.zone IN ({', '.join(['%s'] * len(reach.zones))})"
        given += sorted(reach.zones)
    if rest:
        joined = " JOIN finding_thing n ON n.id = m.thing_id"
        asked += " AND n.words LIKE %s" * len(rest)
        given += [f"%{part}%" for part in rest]
    return [
        (
            f"SELECT m.thing_id AS thing, m.place, m.text FROM finding_mark m{joined}"  # noqa: S608 - our own words
            f" WHERE m.sort = {sort} AND m.place = {place} AND {asked} ORDER BY m.text LIMIT {each * SPARE}",
            given,
        )
        for place in (0, 1)
    ]


def _chosen(rows: list[tuple[Any, ...]], order: Collection[str], each: int) -> tuple[Hit, ...]:
    """The first of each kind, each thing once."""
    found: dict[str, dict[object, Hit]] = {kind: {} for kind in order}
    for place, _, id_, kind, key, zone, project, zh, en, about_zh, about_en, link in sorted(rows, key=_first):
        some = found[kind]
        if id_ not in some and len(some) < each:
            some[id_] = Hit(
                kind, key, zone, project, Text(zh, en or zh), Text(about_zh, about_en or about_zh), link, place == 0
            )
    return tuple(hit for some in found.values() for hit in some.values())


def _first(row: tuple[Any, ...]) -> tuple[int, int, bytes, int]:
    """What stands first: what begins with the word, and of that the shortest."""
    text = bytes(row[1])
    return row[0], len(text), text, row[2]


def named(kind: str, keys: Collection[str]) -> dict[str, tuple[Text, Text]]:
    """The names of things of a kind by their keys, each with the line beside it; of those that can be looked up.  One query."""
    rows = Thing.objects.filter(kind=kind, key__in=keys).values_list("key", "zh", "en", "about_zh", "about_en")
    return {key: (Text(zh, en or zh), Text(about, about_en or about)) for key, zh, en, about, about_en in rows}


def counted() -> dict[str, int]:
    """How many things of each kind can be looked up.  One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, COUNT(*) FROM finding_thing GROUP BY kind")
        return {str(kind): int(count) for kind, count in cursor.fetchall()}
