"""GeoJSON files as survey offices hand them out, brought down to the one geometry that the form keeps."""

import json
import re

from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_text
from luodi.domain.source.tree import Plain, plain
from luodi.domain.vocabulary import Refusal

NUMBER = r"([0-9]{2,8}(?:\.[0-9]+)?)"
POINT = re.compile(rf"(?:[A-Za-z]{{0,2}}[0-9]{{0,4}}[\s,，、:：]+)?{NUMBER}[\s,，、]+{NUMBER}", re.ASCII)
"""A corner as survey tables list it: its number, if any, then east and north (or longitude and latitude)."""
LEAST = 3
AREAS = ("Polygon", "MultiPolygon")


def compact(text: str) -> str:
    """The polygon of a file as one line; several features become one MultiPolygon.

    Whether it is a right boundary the form says.  Raises `Refusal` (`boundary_file_unreadable`).
    """
    node = read_text(text, "boundary", Faults("boundary"))
    found = _areas(plain(node)) if node is not None and text.lstrip()[:1] == "{" else []
    if not found:
        raise Refusal("boundary_file_unreadable", field="site_boundary")
    geometry: Plain = found[0]
    if len(found) > 1:
        geometry = {"type": "MultiPolygon", "coordinates": [part for one in found for part in _parts(one)]}
    return json.dumps(geometry, ensure_ascii=False, separators=(",", ":"), default=str)


def of_corners(text: str) -> str | None:
    """The polygon of a list of corners, one a line, closed where it is not; None where it is no such list."""
    found = [POINT.fullmatch(line.strip()) for line in text.splitlines() if line.strip()]
    corners = [(float(one[1]), float(one[2])) for one in found if one]
    if len(corners) < LEAST or len(corners) < len(found):
        return None
    ring = corners if corners[0] == corners[-1] else [*corners, corners[0]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]}, separators=(",", ":"))


def _areas(value: Plain) -> list[dict[str, Plain]]:
    """The polygons in a collection, a feature, or by themselves."""
    if not isinstance(value, dict):
        return []
    features = value.get("features")
    if isinstance(features, list):
        return [area for one in features for area in _areas(one)]
    if isinstance(geometry := value.get("geometry"), dict):
        return _areas(geometry)
    if value.get("type") in AREAS and isinstance(value.get("coordinates"), list):
        return [{"type": value["type"], "coordinates": value["coordinates"]}]
    return []


def _parts(area: dict[str, Plain]) -> list[Plain]:
    coordinates = area["coordinates"]
    if not isinstance(coordinates, list):
        return []
    return coordinates if area["type"] == "MultiPolygon" else [coordinates]
