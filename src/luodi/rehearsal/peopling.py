"""The people of the invented province: zones, organisations, posts, delegated powers, and the enterprises."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from luodi.accounts import bulk as accounts
from luodi.accounts import readers as people
from luodi.accounts.acting import SYSTEM
from luodi.accounts.bulk import NewPost, NewUnit
from luodi.accounts.readers import PostRow, Unit
from luodi.domain.catalogue.reading import load
from luodi.domain.clock.office import day_of
from luodi.domain.vocabulary import Text
from luodi.rehearsal.chance import Chance
from luodi.rehearsal.habits import habits
from luodi.zones import bulk as powers
from luodi.zones import readers as zones
from luodi.zones import registry
from luodi.zones.actions import record_zone
from luodi.zones.readers import ZoneRow

OWNER, COMMITTEE, APPROVAL = "owner", "zone_committee", "approval_bureau"
UTILITIES = frozenset({"power_grid", "water_company", "gas_company", "heating_company", "telecom"})
MAIN = ("zgsfq", "pinglu")
"""Zones whose people are those of `data/samples_org`; they come first."""
DOCUMENT = "部门权责清单（示例，为演示而设）"
OFFICERS = ("bureau_officer", "approval_officer")
BEFORE = timedelta(days=960)
"""So long before the present the posts begin: earlier than anything that happens, and within one term of three years."""
ENTERPRISE = "sample_enterprise"


@dataclass(frozen=True, slots=True)
class Firm:
    """An enterprise and its agent's user name."""

    code: str
    username: str


def firm(seed: int, index: int) -> Firm:
    """The enterprise of a project; the first ones belong to the invented enterprise of the demo."""
    if index in (0, 1):
        return Firm(ENTERPRISE, "qiye")
    return Firm(f"sample{seed}_ent_{index}", f"s{seed}_q{index}")


def settle_zones(count: int, at: datetime) -> tuple[ZoneRow, ...]:
    """The zones that take part, the registry's first; invented ones fill up to `count`.  New ones are recorded."""
    registry.load(by=SYSTEM, at=at)
    found = {one.id: one for one in registry.registry().zones if one.parent is None}
    order = [*MAIN, *(id_ for id_ in found if id_ not in MAIN)]
    for number in range(1, count - len(order) + 1):
        name = Text(f"示例开发区{number:02d}", f"Sample Zone {number:02d}")
        row = ZoneRow(
            f"sample_{number:02d}", name, "industrial", "示例市", "provincial", None, None, None, "unverified",
            "示例：为演示而设，并无此开发区",
        )  # fmt: skip
        record_zone(zone=row, by=SYSTEM, at=at)
        found[row.id] = row
        order.append(row.id)
    return tuple(found[id_] for id_ in order[:count])


def settle_people(rows: Sequence[ZoneRow], *, projects: int, seed: int, until: datetime, at: datetime) -> None:
    """Record organisations, people and powers that are missing."""
    starts, today = day_of(until) - BEFORE, day_of(until)
    units: list[NewUnit] = []
    posts: list[NewPost] = []
    lacking: dict[str, tuple[str, ...]] = {}
    for row in rows:
        known = people.organisations(zones=(row.id,))
        missing = _undecided(row.id, today)
        lacking[row.id] = missing
        new = list(_units(row, known, missing, starts))
        held = people.posts(zones=(row.id,), limit=10_000)
        units += new
        posts += _posts(row, [*(one for one in known if one.kind != "company"), *new], held, seed, starts)
    for one, index in {firm(seed, index): index for index in range(projects)}.items():
        units.append(NewUnit(one.code, "enterprise", firm_name(seed, index), starts))
        name = person_name(Chance(seed, one.username))
        posts.append(NewPost(one.username, name, one.code, "enterprise_agent", starts))
    accounts.record(units=units, posts=posts, by=SYSTEM, at=at)
    _delegate(rows, lacking, starts, at)


def person_name(chance: Chance) -> str:
    """An invented name."""
    names = habits().names
    return chance.pick(names.surnames) + "".join(chance.pick(names.given) for _ in range(chance.between(1, 2)))


def firm_name(seed: int, index: int) -> Text:
    """An invented enterprise."""
    chance, names = Chance(seed, "firm", index), habits().names
    name, trade = chance.pick(names.firms), chance.pick(names.trades)
    return Text(f"示例{name}{trade.zh}有限公司{index:04d}", f"Sample {trade.en} Co., Ltd. {index:04d}")


def _undecided(zone: str, today: date) -> tuple[str, ...]:
    """The matters nobody of the zone may decide."""
    held = zones.deciders(zone, today)
    return tuple(one.id for one in load().matters.values() if one.unit != OWNER and one.id not in held)


def _units(row: ZoneRow, known: Iterable[Unit], missing: Sequence[str], starts: date) -> Iterator[NewUnit]:
    """One organisation for every unit of the catalogue that would have nothing decided."""
    matters, there = load().matters, {one.unit for one in known if one.unit}
    wanted = {matters[one].unit for one in missing} - there
    if missing and COMMITTEE not in there:
        yield NewUnit(code_of(row.id, COMMITTEE), "committee", _called(row, COMMITTEE), starts, row.id, COMMITTEE)
    for unit in sorted(wanted - {COMMITTEE}):
        kind = "utility" if unit in UTILITIES else "bureau"
        yield NewUnit(code_of(row.id, unit), kind, _called(row, unit), starts, row.id, unit)


def _called(row: ZoneRow, unit: str) -> Text:
    name = load().units[unit]
    return Text(f"{row.name.zh}{name.zh}"[:120], f"{name.en}, {row.name.en}"[:160])


def code_of(zone: str, unit: str) -> str:
    """The code of an invented organisation."""
    return f"{zone}_{unit}"


def _posts(
    row: ZoneRow, units: Iterable[Unit | NewUnit], held: Sequence[PostRow], seed: int, starts: date
) -> Iterator[NewPost]:
    """Who is missing: an officer and a head of every unit, and those of committee and window, from the first day on.

    Where somebody came later, an invented predecessor held the post until the day before.
    """
    for unit in units:
        if not unit.unit:
            continue
        for kind in _kinds(unit):
            group = OFFICERS if kind == "bureau_officer" else (kind,)
            begun = [one.starts for one in held if one.kind in group and _same(one, unit)]
            if begun and min(begun) <= starts:
                continue
            username = f"s{seed}_{unit.code}_{kind}"[:64]
            ends = min(begun) - timedelta(days=1) if begun else None
            yield NewPost(username, person_name(Chance(seed, username)), unit.code, kind, starts, ends)


def _kinds(unit: Unit | NewUnit) -> tuple[str, ...]:
    found = ("bureau_officer", "bureau_head")
    if unit.unit == COMMITTEE:
        return (*found, "navigator", "leader", "investment_officer")
    return (*found, "window_clerk") if unit.unit == APPROVAL else found


def _same(post: PostRow, unit: Unit | NewUnit) -> bool:
    return isinstance(unit, Unit) and post.organisation == unit.id


def _delegate(rows: Sequence[ZoneRow], lacking: dict[str, tuple[str, ...]], starts: date, at: datetime) -> None:
    matters = load().matters
    given = []
    for row in rows:
        units = {one.unit: one for one in people.organisations(zones=(row.id,)) if one.unit}
        for matter in lacking[row.id]:
            unit = units[matters[matter].unit]
            given.append((matter, unit.id, unit.code, row.id))
    powers.delegate(powers=given, starts=starts, document=DOCUMENT, by=SYSTEM, at=at)
