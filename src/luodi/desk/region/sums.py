"""The province's projects added up: by stage, city and industry, from one statement; and the circles of the map."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from luodi.desk.region.asked import city
from luodi.domain.regions.resources import industries, places
from luodi.domain.vocabulary import Text
from luodi.projects.outlines import STAGES, Summed
from luodi.zones.readers import ZoneRow

ELSEWHERE = Text("未注明", "not said")
WIDE, TALL, EDGE = 560, 540, 42
LEFT = ("太原", "临汾", "运城", "吕梁")
"""Cities whose words stand on their left, where they are in nobody's way."""
LARGEST = 34.0
"""Radius of the largest circle."""


@dataclass(frozen=True, slots=True)
class Heap:
    """Projects under one heading.  `invested`: yuan; `share`: of the largest heap beside it, 0–100; `stages`: by stage."""

    key: str
    name: Text
    projects: int
    invested: int
    known: int
    share: float
    stages: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Circle:
    """A city on the schematic."""

    key: str
    name: Text
    x: float
    y: float
    radius: float
    projects: int
    zones: int
    left: bool  # its words stand on its left


def heaps(rows: Sequence[Summed], key: Callable[[Summed], str], name: Callable[[str], Text]) -> tuple[Heap, ...]:
    """The rows by a heading, the most projects first."""
    found: dict[str, list[Summed]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    counts = {one: sum(row.projects for row in mine) for one, mine in found.items()}
    most = max(counts.values(), default=1) or 1
    made = (
        Heap(
            one, name(one), counts[one], sum(row.invested for row in mine), sum(row.known for row in mine),
            100 * counts[one] / most, _stages(mine),
        )
        for one, mine in found.items()
    )  # fmt: skip
    return tuple(sorted(made, key=lambda one: (-one.projects, one.key)))


def by_stage(rows: Sequence[Summed], names: Mapping[str, Text]) -> tuple[Heap, ...]:
    """By stage in the order of the stages; stages in which nothing stands too, but for the one before any milestone."""
    held = {one.key: one for one in heaps(rows, lambda row: row.stage, lambda key: names[key])}
    empty = (Heap(stage, names[stage], 0, 0, 0, 0.0, {}) for stage in STAGES)
    return tuple(held.get(one.key, one) for one in empty if one.key in held or one.key != STAGES[0])


def by_city(rows: Sequence[Summed], zones: Mapping[str, ZoneRow]) -> tuple[Heap, ...]:
    """By city of the zone."""
    return heaps(rows, lambda row: city(zones[row.zone]) if row.zone in zones else "", city_name)


def by_industry(rows: Sequence[Summed]) -> tuple[Heap, ...]:
    """By division of industry."""
    return heaps(rows, lambda row: row.division, division_name)


def division_name(key: str) -> Text:
    """What a division is called; its code where the table does not have it."""
    return industries().get(key) or (Text(key, key) if key else ELSEWHERE)


PINYIN = {
    "太原": "Taiyuan", "大同": "Datong", "阳泉": "Yangquan", "长治": "Changzhi", "晋城": "Jincheng", "朔州": "Shuozhou",
    "晋中": "Jinzhong", "运城": "Yuncheng", "忻州": "Xinzhou", "临汾": "Linfen", "吕梁": "Lüliang",
}  # fmt: skip


def city_name(key: str) -> Text:
    """A city in both languages."""
    return Text(key, PINYIN.get(key, key)) if key else ELSEWHERE


def circles(cities: Sequence[Heap], registered: Sequence[ZoneRow]) -> tuple[Circle, ...]:
    """The cities as circles, their area by the number of projects; a schematic, no map of borders."""
    counts = {one.key: one.projects for one in cities}
    zones: dict[str, int] = {}
    for row in registered:
        if row.parent is None:
            zones[city(row)] = zones.get(city(row), 0) + 1
    most = max(counts.values(), default=0) or 1
    (west, east), (south, north) = (_ends([place[axis] for place in places().values()]) for axis in (0, 1))
    found = []
    for name, (lon, lat) in places().items():
        x = EDGE + 60 + (lon - west) / (east - west) * (WIDE - 2 * EDGE - 120)
        y = EDGE + (north - lat) / (north - south) * (TALL - 2 * EDGE)
        projects = counts.get(name, 0)
        radius = 5 + (LARGEST - 5) * (projects / most) ** 0.5 if projects else 4.0
        found.append(
            Circle(name, city_name(name), round(x, 1), round(y, 1), round(radius, 1), projects, zones.get(name, 0),
                   name in LEFT)
        )  # fmt: skip
    return tuple(found)


def _ends(values: Sequence[float]) -> tuple[float, float]:
    return min(values), max(values)


def _stages(rows: Sequence[Summed]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        found[row.stage] = found.get(row.stage, 0) + row.projects
    return found
