"""Keeping what can be looked up, inside the transaction of whatever happened to it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction

from luodi.domain.vocabulary import Text
from luodi.finding.kinds import kinds
from luodi.finding.models import Mark, Thing
from luodi.finding.spelling import marks, words
from luodi.journal.bulk import give_on_from, insert, last_number

AT_ONCE = 500
THING = ("id", "kind", "key", "zone", "project", "zh", "en", "about_zh", "about_en", "link", "words", "at")
MARK = ("thing_id", "sort", "place", "text", "zone")
CHANGING = ("zone", "project", "zh", "en", "about_zh", "about_en", "link", "words", "at")
SAME = ("zone", "project", "zh", "en", "about_zh", "about_en", "link", "words")

NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Note:
    """What a room says of a thing of its own.

    `kind` and `key` name it.  Found by `title` (both languages), `also` (other names) and `codes`, and not by `about`,
    the line beside the name.  `named` False: found by its codes alone.
    """

    kind: str
    key: str
    title: Text
    link: str
    zone: str
    project: str = ""
    about: Text = NOTHING
    codes: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    named: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """The names it is found by."""
        own = dict.fromkeys((self.title.zh, self.title.en)) if self.named else {}
        return tuple(one for one in (*own, *self.also) if one)


def note(things: Iterable[Note], *, at: datetime) -> int:
    """Note things as they are now, those noted before in place of what was said; how many changed.

    Belongs in the transaction of what happened.  An unknown kind is a bug.  Four queries for 500 new things, six where
    some have changed, one where nothing has.
    """
    changed = 0
    with transaction.atomic():
        for batch in _batches(things):
            changed += _noted({(one.kind, one.key): one for one in batch}, at)
    return changed


def _noted(wanted: dict[tuple[str, str], Note], at: datetime) -> int:
    known = {
        (row.kind, row.key): row
        for kind in sorted({kind for kind, _ in wanted})
        for row in Thing.objects.filter(kind=kind, key__in=[key for found, key in wanted if found == kind])
    }
    new = [row_of(one, at) for place, one in wanted.items() if place not in known]
    old, respelled = [], []
    for place, row in known.items():
        now = row_of(wanted[place], at)
        if all(getattr(row, name) == getattr(now, name) for name in SAME):
            continue
        if (row.words, row.zone) != (now.words, now.zone):
            respelled.append((row, wanted[place]))
        for name in CHANGING:
            setattr(row, name, getattr(now, name))
        old.append(row)
    Thing.objects.bulk_create(new)
    if old:
        Thing.objects.bulk_update(old, CHANGING)
    if respelled:
        Mark.objects.filter(thing__in=[row.pk for row, _ in respelled]).delete()
    rows = [*((row, wanted[row.kind, row.key]) for row in new), *respelled]
    Mark.objects.bulk_create(
        [Mark(**dict(zip(MARK, one, strict=True))) for row, said in rows for one in _marks_of(row.pk, said)],
        batch_size=AT_ONCE,
    )
    return len(new) + len(old)


def forget(*, kind: str, keys: Collection[str]) -> int:
    """Take things out of what can be looked up; how many.  Two queries."""
    found = Thing.objects.filter(kind=kind, key__in=keys)
    Mark.objects.filter(thing__in=found).delete()
    return found.delete()[0]


def fill(things: Iterable[Note], *, at: datetime) -> int:
    """Everything that can be looked up, noted anew in place of all that was; how many.  For old data and large ones."""
    with transaction.atomic():
        Mark.objects.all().delete()
        Thing.objects.all().delete()
        first = count = last_number(Thing._meta.db_table)  # noqa: SLF001 - Django documents it
        for batch in _batches(things, AT_ONCE * 10):
            rows = [row_of(one, at, number) for number, one in enumerate(batch, count + 1)]
            insert("finding_thing", THING, ([getattr(row, name) for name in THING] for row in rows))
            insert(
                "finding_mark",
                MARK,
                (one for row, said in zip(rows, batch, strict=True) for one in _marks_of(row.pk, said)),
            )
            count += len(rows)
        give_on_from("finding_thing", count)
    return count - first


def row_of(said: Note, at: datetime, number: int | None = None) -> Thing:
    """A thing as a row."""
    return Thing(
        id=number, kind=kinds()[said.kind].id, key=said.key[:140], zone=said.zone, project=said.project,
        zh=said.title.zh[:300], en=said.title.en[:300], about_zh=said.about.zh[:300], about_en=said.about.en[:300],
        link=said.link[:200], words=words(said.names, said.codes), at=at,
    )  # fmt: skip


def _marks_of(thing: int, said: Note) -> Iterator[tuple[int, int, int, bytes, str]]:
    sort = kinds()[said.kind].number
    for place, text in sorted(marks(said.names, said.codes)):
        yield thing, sort, place, text.encode(), said.zone


def _batches(things: Iterable[Note], size: int = AT_ONCE) -> Iterator[list[Note]]:
    waiting = iter(things)
    while batch := list(islice(waiting, size)):
        yield batch
