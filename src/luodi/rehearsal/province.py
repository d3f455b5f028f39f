"""A whole province by one seed: zone after zone is lived through in memory and then written, each in one transaction."""

import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from multiprocessing import get_context

from django.db import connections, transaction

from luodi.accounts.acting import SYSTEM
from luodi.cases import bulk as cases
from luodi.debts import bulk as debts
from luodi.domain.clock.office import day_of
from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal
from luodi.journal import actions as journal
from luodi.journal import readers as record
from luodi.journal.bulk import give_on_from
from luodi.projects import bulk as projects
from luodi.rehearsal.beside import awake
from luodi.rehearsal.cast import cast_of
from luodi.rehearsal.chance import Chance
from luodi.rehearsal.drawing import drawn
from luodi.rehearsal.living import Invented, Played, live, write
from luodi.rehearsal.peopling import firm, settle_people, settle_zones
from luodi.rehearsal.story import Calendar
from luodi.workcalendar.readers import in_force
from luodi.zones.readers import ZoneRow

CHAIN = "rehearsal"
ROOM = {"case": 400, "asking": 200, "halt": 4, "debt": 200}
"""How many numbers are kept free for each project in the tables whose numbers stand in the record."""
MOST_ROLLS = 3
"""How often the plan of an invented project is rolled forward at its acts, beside once in the end."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be invented.  `until`: the present; nothing happens after it.  `rolls`: see `Story`."""

    seed: int
    zones: int
    projects: int
    until: datetime
    rolls: int | None = MOST_ROLLS

    @property
    def key(self) -> str:
        """The key of the record's entry about it."""
        return f"rehearsal:{self.seed}:{self.zones}:{self.projects}"


@dataclass(frozen=True, slots=True)
class Part:
    """One zone of an order.  `first`: the first numbers of the order's rows."""

    order: Order
    row: ZoneRow
    indices: range
    first: Mapping[str, int]


def play(order: Order, *, at: datetime, processes: int = 1) -> Iterator[Played]:
    """Invent zones, people, projects and everything that happened; what is there already is left alone.

    Each zone is written in one transaction: whoever stops it loses nothing that was written, and the same order goes
    on where it stopped, with the same present.  Nobody else may write cases meanwhile: their numbers are given by hand.
    Raises `Refusal("sample_seed_taken")` where another order has used the seed.
    """
    order, first = _begun(order, at)
    rows = settle_zones(order.zones, at)
    settle_people(rows, projects=order.projects, seed=order.seed, until=order.until, at=at)
    known = projects.slugs(f"s{order.seed}-")
    left = []
    for place, row in enumerate(rows):
        indices = range(place, order.projects, len(rows))
        if not indices or slug(order.seed, indices[0]) in known:
            yield Played(row.name, len(indices), skipped=True)
        else:
            left.append(Part(order, row, indices, first))
    if processes == 1 or len(left) == 1:
        yield from map(zone, left)
    elif left:
        connections.close_all()  # no process may share one
        spawned = get_context("spawn")
        with ProcessPoolExecutor(min(processes, len(left)), mp_context=spawned, initializer=awake) as pool:
            try:
                yield from pool.map(zone, left)
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise


def slug(seed: int, index: int) -> str:
    """The slug of an invented project."""
    return f"s{seed}-{index:05d}"


@transaction.atomic
def _begun(order: Order, at: datetime) -> tuple[Order, dict[str, int]]:
    """The order as it was first given, and the first numbers of its rows; the record keeps both."""
    done = record.recorded(order.key)
    if done is None:
        if projects.slugs(f"s{order.seed}-"):
            raise Refusal("sample_seed_taken", seed=order.seed)
        first = _first()
        payload: dict[str, Json] = {
            "seed": order.seed, "zones": order.zones, "projects": order.projects, "until": order.until,
            "first": dict(first),
        }  # fmt: skip
        done = journal.append(chain=CHAIN, kind="rehearsal.begun", by=SYSTEM, at=at, payload=payload, key=order.key)
        for name, table in {**cases.TABLES, "debt": debts.TABLE}.items():
            give_on_from(table, first[name] + ROOM[name] * order.projects - 1)
        give_on_from(projects.TABLE, first["project"] + order.projects - 1)
    entry = record.at_place(CHAIN, done.seq)
    if entry is None:
        raise LookupError(order.key)
    said = json.loads(entry.payload)
    return replace(order, until=datetime.fromisoformat(said["until"])), said["first"]


def _first() -> dict[str, int]:
    """The first numbers that neither a row nor an earlier order has."""
    found = {**cases.last_numbers(), "debt": debts.last_debt(), "project": projects.last_project()}
    found = {name: number + 1 for name, number in found.items()}
    before = record.last(CHAIN)
    if before is not None:
        said = json.loads(before.payload)
        found = {
            name: max(number, said["first"][name] + ROOM.get(name, 1) * said["projects"])
            for name, number in found.items()
        }
    return found


def zone(part: Part) -> Played:
    """Live through the projects of a zone together, day by day, and write them."""
    order, row, first = part.order, part.row, part.first
    today = day_of(order.until)
    cast, calendar = cast_of(row.id, today), Calendar(in_force(), order.until)
    invented = []
    for index in part.indices:
        chance = Chance(order.seed, "project", index)
        contact = calendar.days.next_workday(today - timedelta(days=chance.of("age").days("age")))
        numbers = {name: first[name] + ROOM[name] * index for name in ROOM} | {"project": first["project"] + index}
        document = drawn(order.seed, index, row.name, contact)
        code = firm(order.seed, index).code
        invented.append(
            Invented(slug(order.seed, index), chance, document, contact, row.id, code, numbers, order.rolls)
        )
    stories = live(invented, cast={row.id: cast}, calendar=calendar)
    with transaction.atomic():
        return write(row.name, stories)
