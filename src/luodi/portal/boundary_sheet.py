"""The sheet on which a boundary is drawn by hand: where it opens, the table of its corners, and what that table says."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.http import QueryDict

from luodi.domain.facts.boundary import MOST_POINTS
from luodi.domain.facts.checking import Value
from luodi.domain.facts.form import AREA_TOLERANCE, amount
from luodi.domain.facts.geojson import of_corners
from luodi.domain.regions.resources import places

FIELD = "site_boundary"
SPARE, LEAST, MOST_ROWS = 1, 4, 200
"""Empty rows at the end of the table, rows at least, and at most: beyond, the text alone is edited."""
MIDDLE = (112.5, 37.9)
"""Where the sheet opens for a zone whose city is not listed: the province's capital."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the page needs beside the boundary's own text.  `declared`: the site's area in m²; `tolerance`: percent."""

    lon: float
    lat: float
    declared: Decimal | None
    tolerance: Decimal
    corners: tuple[tuple[str, str], ...]
    metric: bool


def sheet(city: str, text: str, values: Mapping[str, Value]) -> Sheet:
    """The sheet for a zone in a city; empty rows follow the corners of the boundary so far."""
    lon, lat = next((middle for name, middle in places().items() if city.startswith(name)), MIDDLE)
    found = corners(text)
    spare = max(SPARE, LEAST - len(found))
    metric = any(float(y) > 90 for _, y in found if y.replace(".", "", 1).isdigit())
    return Sheet(lon, lat, amount(values, "land_area"), AREA_TOLERANCE * 100, (*found, *(("", ""),) * spare), metric)


def corners(text: str) -> tuple[tuple[str, str], ...]:
    """The corners of a boundary of one ring, not closed by a repeated one; none where it has several rings or too many."""
    try:
        shape = json.loads(text)
    except ValueError:
        rows = [line.split() for line in text.splitlines()]
        return tuple((one[0], one[1] if len(one) > 1 else "") for one in rows[:MOST_ROWS] if one and "{" not in one[0])
    shape = shape.get("geometry", shape) if isinstance(shape, dict) else {}
    parts = shape.get("coordinates") if isinstance(shape, dict) else None
    if shape.get("type") == "MultiPolygon" and isinstance(parts, list) and len(parts) == 1:
        parts = parts[0]
    if not isinstance(parts, list) or len(parts) != 1 or not isinstance(parts[0], list):
        return ()
    ring = [one for one in parts[0] if isinstance(one, list) and len(one) > 1 and not isinstance(one[0], list)]
    if len(ring) > 1 and ring[0] == ring[-1]:
        ring = ring[:-1]
    return tuple((str(one[0]), str(one[1])) for one in ring) if len(ring) <= MOST_ROWS else ()


def with_corners(typed: dict[str, str], sent: QueryDict, stood: str) -> dict[str, str]:
    """What was typed, the boundary from the table of corners where that was changed and the text was not.

    `stood`: the boundary's text when the page was shown.
    """
    if "corner_x" not in sent or typed.get(FIELD, stood).replace("\r\n", "\n").strip() != stood.strip():
        return typed
    pairs = zip(sent.getlist("corner_x")[:MOST_POINTS], sent.getlist("corner_y")[:MOST_POINTS], strict=False)
    rows = tuple((x.strip(), y.strip()) for x, y in pairs if x.strip() or y.strip())
    if rows == corners(stood):
        return typed
    lines = "\n".join(f"{x} {y}" for x, y in rows)
    return typed | {FIELD: of_corners(lines) or lines}
