"""Features of a GeoJSON file as survey offices hand it out: shapes checked, attributes by their English names.

Files of longitude and latitude (CGCS2000; WGS 84 is the same to within a metre).  Attributes may be called by their English or
Chinese names; others are left alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from luodi.domain.facts.boundary import SHANXI, BadBoundary, Boundary, boundary
from luodi.domain.land.states import rules
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_text
from luodi.domain.source.tree import Leaf, Node, Series, Table

SHAPES = {
    "boundary_not_geojson": "parcel_not_a_polygon",
    "boundary_not_closed": "parcel_not_closed",
    "boundary_crosses_itself": "parcel_crosses_itself",
    "boundary_outside": "parcel_outside",
    "boundary_too_many_points": "parcel_too_many_points",
}
CONSUMER = ("gcj", "bd09", "bd-09", "mars", "火星")
KNOWN_SYSTEMS = ("4490", "4326", "crs84")
CHINESE = {
    "宗地号": "number", "编号": "number", "名称": "name", "英文名称": "name_en", "开发区": "zone", "面积": "area",
    "面积单位": "area_unit", "供地方式": "tenure", "用途": "use", "状态": "state", "单价": "price_wan_per_mu", "类别": "class",
    "有效期至": "until",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature of a file: its shape (None where that is wrong), its attributes, what to call it, its line."""

    shape: Boundary | None
    row: ask.Row
    label: str
    line: int


def features(text: str | bytes, faults: Faults) -> Iterator[Feature]:
    """The features of a file, each with its shape checked; what is wrong is noted."""
    node = read_text(text, faults.file, faults)
    if node is None:
        return
    _check_system(node, faults)
    found = entry(node, "features")
    items = found.items if isinstance(found, Series) else (node,) if _word(node, "type") == "Feature" else ()
    if not items:
        faults.add(node.line, "parcels_no_features")
    for place, item in enumerate(items, start=1):
        row = ask.Row(_english(entry(item, "properties"), item.line), faults)
        label = ask.code(row, "number", "") or f"#{place}"
        yield Feature(_shape(item, label, faults), row, label, item.line)


def entry(node: Node | None, key: str) -> Node | None:
    """What stands under a key of a table."""
    return node.entries.get(key) if isinstance(node, Table) else None


def _word(node: Node, key: str) -> str:
    found = entry(node, key)
    return found.raw if isinstance(found, Leaf) else ""


def _english(node: Node | None, line: int) -> Table:
    """The attributes by their English names."""
    if not isinstance(node, Table):
        return Table({}, line)
    named = {CHINESE.get(key, key): one for key, one in node.entries.items()}
    return Table(named, node.line, {CHINESE.get(key, key): at for key, at in node.lines.items()})


def _shape(item: Node, label: str, faults: Faults) -> Boundary | None:
    """The boundary of a feature, or None once it is noted what is wrong with it."""
    geometry = entry(item, "geometry") or Leaf(None, item.line, "")
    if _swapped(geometry):
        faults.add(item.line, "parcel_axes_swapped", parcel=label)
        return None
    found = boundary(geometry)
    if isinstance(found, BadBoundary):
        faults.add(item.line, SHAPES[found.wrong.code], parcel=label, **found.wrong.facts)
        return None
    if found.metric:
        faults.add(item.line, "parcel_in_metres", parcel=label)
        return None
    if found.area < rules().tolerance.overlap:
        faults.add(item.line, "parcel_without_area", parcel=label)
        return None
    return found


def _swapped(geometry: Node) -> bool:
    """Whether every corner lies in the province once latitude and longitude are exchanged."""
    corners = list(_corners(entry(geometry, "coordinates")))
    west, east, south, north = SHANXI
    return bool(corners) and all(south <= x <= north and west <= y <= east for x, y in corners)


def _corners(node: Node | None) -> Iterator[tuple[float, float]]:
    if not isinstance(node, Series):
        return
    numbers = [item.value for item in node.items if isinstance(item, Leaf)]
    pair = [float(one) for one in numbers[:2] if isinstance(one, int | float)]
    if len(pair) > 1:
        yield pair[0], pair[1]
    for item in node.items:
        yield from _corners(item)


def _check_system(node: Node, faults: Faults) -> None:
    """Note a file that says its coordinates are of another system."""
    named = " ".join(_texts(entry(node, "crs"))).lower()
    if any(word in named for word in CONSUMER):
        faults.add(node.line, "parcels_consumer_map", system=named[:60])
    elif named and not any(word in named for word in KNOWN_SYSTEMS):
        faults.add(node.line, "parcels_unknown_system", system=named[:60])


def _texts(node: Node | None) -> Sequence[str]:
    if isinstance(node, Leaf):
        return (node.raw,)
    return [text for one in node.entries.values() for text in _texts(one)] if isinstance(node, Table) else ()
