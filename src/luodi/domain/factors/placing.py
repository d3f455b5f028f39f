"""Where a utility node stands, as officers write it: `112.55, 37.87`, longitude first."""

import re

from luodi.domain.facts.boundary import SHANXI
from luodi.domain.vocabulary import Refusal

LonLat = tuple[float, float]
PLACE = re.compile(
    r"\s*(\d{1,3}(?:\.\d{1,12})?)\s*°?\s*[EeNn]?\s*[,，;；\s]\s*(\d{1,3}(?:\.\d{1,12})?)\s*°?\s*[EeNn]?\s*"
)


def place(text: str) -> LonLat | None:
    """Longitude and latitude (CGCS2000, degrees) of a place of the province; None where nothing is written.

    Raises `Refusal`: `node_place` (unreadable), `node_place_swapped` (latitude first), `node_place_outside`.
    """
    if not text.strip():
        return None
    found = PLACE.fullmatch(text[:80])
    if found is None:
        raise Refusal("node_place", field="place", value=text[:40])
    lon, lat = float(found[1]), float(found[2])
    if _inside(lat, lon):
        raise Refusal("node_place_swapped", field="place", lon=lat, lat=lon)
    if not _inside(lon, lat):
        raise Refusal("node_place_outside", field="place", lon=lon, lat=lat)
    return lon, lat


def _inside(lon: float, lat: float) -> bool:
    west, east, south, north = SHANXI
    return west <= lon <= east and south <= lat <= north
