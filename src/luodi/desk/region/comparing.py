"""Up to four zones of one class side by side: one row a figure, and where each figure comes from."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from luodi.desk.quota import telling as ledger_telling
from luodi.desk.region import telling
from luodi.domain.regions import published
from luodi.domain.regions.comparing import spread
from luodi.domain.regions.resources import items
from luodi.domain.vocabulary import Text
from luodi.ledgers import readers as ledgers
from luodi.plans import readers as plans
from luodi.projects import then
from luodi.projects.outlines import Sift, Summed
from luodi.zones import profiles, readers
from luodi.zones.profiles import Entered
from luodi.zones.readers import ZoneRow
from luodi.zones.registry import registry

BACK = 365
"""Days over which losses are summed."""
NOTHING = Text("—", "—")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, the small line under it, and the page with the rows behind it."""

    text: Text
    line: Text | None = None
    page: str = ""
    query: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of every zone."""

    group: Text
    name: Text
    cells: tuple[Cell, ...]
    lasts: str = ""


REGISTRY, PROFILE = Text("登记", "Registry"), Text("资源档案", "Resource profile")
PROJECTS, QUOTAS = Text("项目", "Projects"), Text("指标余量", "Quota left")


def rows(zones: Sequence[ZoneRow], on: date, now: datetime, as_of: datetime | None = None) -> tuple[Row, ...]:
    """The table, as it stood at a moment where one is given.  Five queries and one for each zone's days lost, whatever the
    number of projects; of the past six more, and one for each account.
    """
    inside = {one.id: readers.subtree(one.id) for one in zones}
    everything = frozenset().union(*inside.values()) if inside else frozenset()
    return (
        *_registry(zones),
        *_profile(zones, profiles.profiles([one.id for one in zones], on, as_of)),
        *_projects(zones, inside, everything, on, as_of),
        *_lost(zones, inside, now, as_of),
        *_quotas(zones, inside, everything, as_of),
    )


def _registry(zones: Sequence[ZoneRow]) -> tuple[Row, ...]:
    known = published.known()
    of = [known.get(one.id, published.NOTHING) for one in zones]
    levels, kinds = registry().levels, registry().kinds
    return (
        Row(REGISTRY, Text("类型", "Type"), tuple(Cell(kinds[one.kind]) for one in zones)),
        Row(REGISTRY, Text("级别", "Level"), tuple(Cell(levels.get(one.level, NOTHING)) for one in zones)),
        Row(REGISTRY, Text("所在市", "City"), tuple(Cell(Text(one.city, one.city)) for one in zones)),
        Row(REGISTRY, Text("名称核实", "Name checked"), tuple(Cell(telling.CONFIDENCE[one.confidence]) for one in zones)),
        Row(REGISTRY, Text("主导产业", "Leading industries"), tuple(Cell(joined(one.industries)) for one in of)),
        Row(
            REGISTRY, Text("面积（口径不一）", "Area (meanings differ)"),
            tuple(Cell(Text(f"{one.area} km²", f"{one.area} km²"), one.area_about) if one.area else Cell(NOTHING) for one in of),
        ),
        Row(REGISTRY, Text("园区", "Parks"), tuple(Cell(joined(one.parks)) for one in of)),
    )  # fmt: skip


def _profile(zones: Sequence[ZoneRow], lines: Mapping[str, Mapping[str, Entered]]) -> tuple[Row, ...]:
    found = []
    for item in items().items.values():
        mine = [lines[one.id].get(item.id) for one in zones]
        if any(mine):
            cells = []
            for zone, one in zip(zones, mine, strict=True):
                if one is None:
                    cells.append(Cell(NOTHING))
                    continue
                unit = item.unit or Text("", "")
                text = (
                    Text(f"{one.figure}\u2009{unit.zh}", f"{one.figure}\u2009{unit.en}")
                    if one.value is not None
                    else Text(one.about, one.about)
                )
                small = one.about if one.value is not None else ""
                day = f"{small} · {one.on}" if small else f"{one.on}"
                cells.append(Cell(text, Text(day, day), "region_zone", f"{zone.id}#profile"))
            found.append(Row(PROFILE, item.name, tuple(cells)))
    return tuple(found)


def _projects(
    zones: Sequence[ZoneRow],
    inside: Mapping[str, Collection[str]],
    everything: Collection[str],
    on: date,
    as_of: datetime | None,
) -> tuple[Row, ...]:
    sift = Sift(on=on, zones=everything)
    summed, spans = then.summed(sift, as_of), then.spans(sift, "signed", "construction_start", as_of)
    counts, money, start = [], [], []
    for one in zones:
        mine: list[Summed] = [row for row in summed if row.zone in inside[one.id]]
        projects = sum(row.projects for row in mine)
        counts.append(Cell(Text(str(projects), str(projects)), None, "projects", f"zone={one.id}"))
        money.append(Cell(telling.money(sum(row.invested for row in mine)), None, "projects", f"zone={one.id}"))
        found = spread([days for zone, days in spans if zone in inside[one.id]])
        said = telling.middle(found) if found else ""
        start.append(
            Cell(Text(f"{said}\u2009天", f"{said}\u2009d") if found else NOTHING, telling.spread(found), "projects",
                 f"zone={one.id}")
        )  # fmt: skip
    return (
        Row(PROJECTS, Text("在办项目", "Projects being handled"), tuple(counts)),
        Row(PROJECTS, Text("总投资", "Investment"), tuple(money)),
        Row(
            PROJECTS,
            Text("签约→开工，日历日，中位数", "Signing → start, calendar days, median"),
            tuple(start),
            "started",
        ),
    )


def _lost(
    zones: Sequence[ZoneRow], inside: Mapping[str, Collection[str]], now: datetime, as_of: datetime | None
) -> tuple[Row, ...]:
    today = timezone.localdate(as_of or now)
    since = timezone.make_aware(datetime.combine(today - timedelta(days=BACK), time()))
    settled = since + timedelta(days=BACK)
    cells = []
    for one in zones:
        (found,) = plans.lost_by("cause", zones=frozenset(inside[one.id]), since=since, settled=settled, as_of=as_of)
        lost = sum(row.lost for row in found)
        line = Text(f"{sum(row.events for row in found)} 次变动", f"{sum(row.events for row in found)} events")
        cells.append(Cell(Text(f"{lost}\u2009天", f"{lost}\u2009d"), line, "unit_chart", f"zone={one.id}"))
    return (Row(PROJECTS, Text("近一年损失天数", "Days lost in a year"), tuple(cells), "lost"),)


def _quotas(
    zones: Sequence[ZoneRow],
    inside: Mapping[str, Collection[str]],
    everything: frozenset[str],
    as_of: datetime | None,
) -> tuple[Row, ...]:
    left: dict[str, dict[str, int]] = {}
    for now in ledgers.accounts(zones=everything, level="zone"):
        account = now if as_of is None else ledgers.at_moment(now, as_of)
        for one in zones:
            if account.zone in inside[one.id]:
                mine = left.setdefault(account.quota, {})
                mine[one.id] = mine.get(one.id, 0) + account.sums.available
    return tuple(
        Row(QUOTAS, ledger_telling.kind(quota).name, tuple(
            Cell(ledger_telling.size(mine[one.id], quota), None, "ledgers", f"holder=zone:{one.id}") if one.id in mine
            else Cell(NOTHING)
            for one in zones
        ))
        for quota, mine in sorted(left.items())
    )  # fmt: skip


def joined(words: Sequence[Text]) -> Text:
    """Several names as one."""
    if not words:
        return NOTHING
    return Text("、".join(one.zh for one in words), ", ".join(one.en for one in words))
