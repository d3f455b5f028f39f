"""Corner points as a text, as tables of survey offices (界址点成果表) hold them, to the rings of a polygon in degrees.

`x,y; x,y; …`, with or without labels (J1, J2 …); WKT (POLYGON, MULTIPOLYGON); or GeoJSON.  In degrees (longitude first), or in
metres of CGCS2000 Gauss–Krüger: there the northing is told from the easting by its size, so either may come first, and the
zone stands before the easting (38 …) or is stated beside.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from luodi.domain.facts.boundary import NORTHINGS
from luodi.domain.facts.wrong import Wrong
from luodi.domain.land.features import CONSUMER
from luodi.domain.land.gauss import place

Ring = list[list[float]]
Polygons = list[list[Ring]]
LEAST = 3
DEGREES = 1000.0
"""No figure of a corner in degrees is larger."""
DIGITS = 9  # of a degree: a tenth of a millimetre
NUMBER = r"[-+]?\d+(?:\.\d+)?"
CORNER = re.compile(
    rf"(?:[A-Za-z\u4e00-\u9fff]+[-_]?\d*\s*[:：,，]?\s*)?[(（]?\s*({NUMBER})\s*[,，\s]\s*({NUMBER})\s*[)）]?"
)
BETWEEN = re.compile(r"[\s,，;；、|]*")
WKT = re.compile(r"\s*(?:SRID\s*=\s*\d+\s*;)?\s*(MULTI)?POLYGON\s*Z?\s*(\(.*\))\s*", re.IGNORECASE | re.DOTALL)
ZONE = re.compile(r"(?:zone\s*|第?\s*)(?<!\d)(\d{2})(?:\s*带|(?!\d|\s*[度°]))", re.IGNORECASE)
MERIDIAN = re.compile(r"(?<!\d)(1[01]\d)(?!\d)\s*(?:°|度|E)?", re.IGNORECASE)
CODE = re.compile(r"(?<!\d)4[45]\d\d(?!\d)")
PLAIN = ("", "cgcs2000", "2000国家大地坐标系", "国家2000", "epsg:4490", "4490", "epsg:4326", "wgs84", "wgs 84", "经纬度", "度",
         "degrees", "longitude and latitude")  # fmt: skip
OTHERS = ("80", "54", "独立", "地方", "local", "xian", "beijing")
THREE, SIX = range(25, 46), range(13, 24)


@dataclass(frozen=True, slots=True)
class Grid:
    """What is said of coordinates: their central meridian in degrees, None where nothing is."""

    meridian: int | None = None


def polygons(text: str, system: str = "") -> Polygons | Wrong:
    """The rings of a text in degrees, closed where a list of corners was not.

    Wrong: `corners_unreadable`, `corners_too_few`, `corners_zone_unstated`, `corners_zone_differs`, `corners_outside`,
    `parcels_consumer_map`, `parcels_unknown_system`.
    """
    grid = said(system)
    if isinstance(grid, Wrong):
        return grid
    found = _read(text.strip())
    if isinstance(found, Wrong):
        return found
    turned = []
    for rings in found:
        turned.append([_degrees(ring, grid) for ring in rings])
        wrong = next((one for one in turned[-1] if isinstance(one, Wrong)), None)
        if wrong:
            return wrong
    return [[ring for ring in rings if not isinstance(ring, Wrong)] for rings in turned]


def said(system: str) -> Grid | Wrong:
    """What a word about coordinates means: a zone, a central meridian, an EPSG code; another system is refused."""
    words = " ".join(system.lower().split())
    if any(one in words for one in CONSUMER) or "百度" in words or "高德" in words:
        return Wrong("parcels_consumer_map", {"system": system[:60]})
    if words in PLAIN:
        return Grid()
    if code := CODE.search(words):
        return _of_code(int(code[0]), system)
    if meridian := MERIDIAN.search(words):
        return Grid(int(meridian[1]))
    if any(one in words.replace("1980", "80").replace("1954", "54") for one in OTHERS):
        return Wrong("parcels_unknown_system", {"system": system[:60]})
    if zone := ZONE.search(words):
        known = _of_zone(int(zone[1]))
        if known is not None:
            return Grid(known)
    return Grid() if "2000" in words or "经纬" in words else Wrong("parcels_unknown_system", {"system": system[:60]})


def wkt(rings: Sequence[Sequence[Sequence[tuple[float, float]]]]) -> str:
    """Polygons as WKT in degrees, as a sheet hands them out and takes them back."""
    parts = [
        "("
        + ",".join("(" + ",".join(f"{round(x, DIGITS)} {round(y, DIGITS)}" for x, y in ring) + ")" for ring in polygon)
        + ")"
        for polygon in rings
    ]
    return f"POLYGON{parts[0]}" if len(parts) == 1 else f"MULTIPOLYGON({','.join(parts)})"


def _of_zone(zone: int) -> int | None:
    """The central meridian of a zone of three degrees, or of six."""
    return 3 * zone if zone in THREE else 6 * zone - 3 if zone in SIX else None


def _of_code(code: int, system: str) -> Grid | Wrong:
    """An EPSG code of CGCS2000: zones of six and three degrees, with their number before the easting or without."""
    if code == 4490:
        return Grid()
    for first, last, meridian in ((4491, 4501, 75), (4502, 4512, 75)):
        if first <= code <= last:
            return Grid(meridian + 6 * (code - first))
    for first, last in ((4513, 4533), (4534, 4554)):
        if first <= code <= last:
            return Grid(75 + 3 * (code - first))
    return Wrong("parcels_unknown_system", {"system": system[:60]})


def _read(text: str) -> Polygons | Wrong:
    """The figures of a text as they stand."""
    if text.startswith("{"):
        return _geojson(text)
    if found := WKT.fullmatch(text):
        body = found[2] if found[1] else f"({found[2]})"
        tree = re.sub(rf"({NUMBER})\s+({NUMBER})(?:\s+{NUMBER})?", r"[\1,\2]", body).replace("(", "[").replace(")", "]")
        return _tree(tree)
    corners, end = Ring(), 0
    for one in CORNER.finditer(text):
        if not BETWEEN.fullmatch(text, end, one.start()):
            break
        corners.append([float(one[1]), float(one[2])])
        end = one.end()
    if not corners or not BETWEEN.fullmatch(text, end):
        return Wrong("corners_unreadable", {"near": text[end : end + 30]})
    if corners[0] != corners[-1]:
        corners.append(corners[0])
    return [[corners]] if len(corners) > LEAST else Wrong("corners_too_few", {"count": len(corners) - 1})


def _geojson(text: str) -> Polygons | Wrong:
    try:
        found = json.loads(text)
        geometry = found.get("geometry", found)
        shape = geometry["coordinates"]
        return _checked([shape] if geometry["type"] == "Polygon" else shape, text)
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        return Wrong("corners_unreadable", {"near": text[:30]})


def _tree(text: str) -> Polygons | Wrong:
    try:
        return _checked(json.loads(text), text)
    except (ValueError, RecursionError):
        return Wrong("corners_unreadable", {"near": text[:30]})


def _checked(found: object, text: str) -> Polygons | Wrong:
    """Rings of pairs, and nothing else."""
    try:
        rings = [[[[float(x), float(y)] for x, y, *_ in ring] for ring in one] for one in found]  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        return Wrong("corners_unreadable", {"near": text[:30]})
    return (
        rings if rings and all(one and all(one) for one in rings) else Wrong("corners_unreadable", {"near": text[:30]})
    )


def _degrees(ring: Ring, grid: Grid) -> Ring | Wrong:
    """A ring in degrees; one in metres is turned."""
    if all(abs(x) < DEGREES and abs(y) < DEGREES for x, y in ring):
        return ring
    turned = Ring()
    low, high = NORTHINGS
    first = all(low <= x <= high for x, _ in ring)
    if not first and not all(low <= y <= high for _, y in ring):
        return Wrong("corners_outside", {"x": f"{ring[0][0]:g}", "y": f"{ring[0][1]:g}"})
    for north, east in ((x, y) if first else (y, x) for x, y in ring):
        zone, metres = divmod(east, 1_000_000) if east >= 1_000_000 else (0.0, east)
        own = _of_zone(int(zone)) if zone else None
        if zone and own is None:
            return Wrong("corners_outside", {"x": f"{ring[0][0]:g}", "y": f"{ring[0][1]:g}"})
        if own is not None and grid.meridian is not None and own != grid.meridian:
            return Wrong("corners_zone_differs", {"stated": grid.meridian, "zone": int(zone)})
        meridian = own or grid.meridian
        if meridian is None:
            return Wrong("corners_zone_unstated", {"y": f"{east:g}"})
        longitude, latitude = place(metres, north, meridian)
        turned.append([round(longitude, DIGITS), round(latitude, DIGITS)])
    return turned
