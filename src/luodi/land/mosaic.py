"""The land of zones as a map shows it: from afar squares that count the parcels in them, near every parcel as it is.

What a picture costs follows from the size of the screen, not from the number of parcels.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

import numpy as np
from django.db.models import Count, Max, Sum
from numpy.typing import NDArray

from luodi.domain.land import states
from luodi.domain.land.keeping import kept
from luodi.domain.land.tiles import EXTENT, POINT, POLYGON, Points, Polygons, Shape, encoded, inside, placed, unit
from luodi.land import models, slices
from luodi.land.readers import Zones

ACROSS = 64
"""Squares along a side of a tile: eight pixels at whole zooms."""
FEW, FEW_FROM, MANY_FROM = 2000, 9, 12
"""Up to so many parcels each is drawn from one zoom on; where there are more, from a nearer one."""
NAMED, DEEPEST = 14, 15
"""From this zoom on a tile holds the numbers of its parcels; there is none beyond the last."""
VERDICTS, VACANCIES = ("short", "met", "unknown"), ("vacant", "full", "none")
"""What asks for attention first: one such parcel colours its square."""
AT_ONCE = 900

Whole = NDArray[np.int64]
Level = Callable[[str], str]


@dataclass(frozen=True, slots=True, eq=False)
class Mosaic:
    """Parcels as arrays.  `rows`: where their documents stand, in revisions if `past`; `words`: state, verdict and vacancy as
    places in their lists; `boxes`: west, north, east, south on the unit square.
    """

    ids: Whole
    rows: Whole
    numbers: Sequence[str]
    words: Whole
    boxes: Points
    utility: NDArray[np.bool_]
    past: bool


class _Found(NamedTuple):
    id: int
    row: int
    number: str
    state: str
    verdict: str
    use: str
    west: float
    north: float
    east: float
    south: float


def near(count: int) -> int:
    """The zoom from which each of so many parcels is drawn."""
    return FEW_FROM if count <= FEW else MANY_FROM


def version() -> str:
    """What changes whenever a map of land does: its last revision, and what is known of buildings.  Two queries."""
    last = models.Revision.objects.order_by("-pk").values_list("pk", "parcel", "at", "document").first()
    built = models.Building.objects.aggregate(
        at=Max("at"), n=Count("pk"), floor=Sum("floor_area"), vacant=Sum("vacant")
    )
    return sha256(repr((last, built)).encode()).hexdigest()[:16]


def mosaic(zones: Zones, level: Level, as_of: datetime | None = None) -> Mosaic:
    """The parcels of zones as they are, or as they were at a moment; `level`: of a zone.  Three queries."""
    rows = list(_present(zones, level) if as_of is None else _past(zones, level, as_of))
    known, vacant = list(states.rules().states), _vacancies(zones)
    words = [(known.index(one.state), VERDICTS.index(one.verdict), vacant.get(one.id, 2)) for one in rows]
    edges = np.array([one[6:] for one in rows], dtype=np.float64).reshape(-1, 2)
    return Mosaic(
        np.array([one.id for one in rows], dtype=np.int64), np.array([one.row for one in rows], dtype=np.int64),
        [one.number for one in rows], np.array(words, dtype=np.int64).reshape(-1, 3), unit(edges).reshape(-1, 4),
        np.array([one.use == "utility" for one in rows], dtype=np.bool_), as_of is not None,
    )  # fmt: skip


def tile(land: Mosaic, z: int, x: int, y: int) -> bytes:
    """A vector tile: `cells` from afar; near `parcels`, and the points of their `names`, with a query for 900 parcels."""
    if z < near(len(land.ids)):
        return encoded({"cells": cells(land, z, x, y)})
    west, north, east, south = (land.boxes * 2**z).T
    return encoded(
        _parcels(land, np.flatnonzero((west <= x + 1) & (east >= x) & (north <= y + 1) & (south >= y)), z, x, y)
    )


def cells(land: Mosaic, z: int, x: int, y: int) -> list[Shape]:
    """The squares of a tile that hold the middle of a parcel.  `c`: how many; `s`, `i`, `v`: the state most of them have, the
    verdict and the vacancy that ask for attention first; `sn`, `in`, `vn`: how many have it.
    """
    middles = (land.boxes[:, :2] + land.boxes[:, 2:]) / 2 * 2**z - (x, y)
    chosen = np.flatnonzero(((middles >= 0) & (middles < 1)).all(axis=1))
    columns, rows = np.floor(middles[chosen] * ACROSS).astype(np.int64).T
    places, which = np.unique(rows * ACROSS + columns, return_inverse=True)
    told = []
    for kind, names in enumerate((tuple(states.rules().states), VERDICTS, VACANCIES)):
        counted = np.bincount(which * len(names) + land.words[chosen, kind], minlength=len(places) * len(names))
        counted = counted.reshape(-1, len(names))
        first = counted.argmax(axis=1) if kind == 0 else (counted > 0).argmax(axis=1)
        told.append([(names[one], int(row[one])) for one, row in zip(first, counted, strict=True)])
    counts, side = np.bincount(which).tolist(), EXTENT // ACROSS
    found = []
    for place, count, (s, sn), (i, in_), (v, vn) in zip(places.tolist(), counts, *told, strict=True):
        west, north = place % ACROSS * side, place // ACROSS * side
        ring = [(west, north), (west + side, north), (west + side, north + side), (west, north + side)]
        known = {"c": count, "s": s, "sn": sn, "i": i, "in": in_, "v": v, "vn": vn}
        found.append(Shape((y << z | x) * ACROSS**2 + place, POLYGON, [ring], known))
    return found


def _parcels(land: Mosaic, chosen: Whole, z: int, x: int, y: int) -> dict[str, list[Shape]]:
    shapes = outlines(land, chosen)
    drawn, names = [], []
    known = (tuple(states.rules().states), VERDICTS, VACANCIES)
    for place, polygons, rings in zip(chosen, shapes, placed(shapes, z, x, y), strict=True):
        number, s, i, v = land.numbers[place], *(words[k] for words, k in zip(known, land.words[place], strict=True))
        told: dict[str, str | int] = {"s": s, "i": i, "v": v, "n": number}
        if rings:
            drawn.append(Shape(int(land.ids[place]), POLYGON, rings, told | ({"u": 1} if land.utility[place] else {})))
        if z >= NAMED:
            point = unit(np.array([inside(polygons)])) * 2**z - (x, y)
            if ((point >= 0) & (point < 1)).all():
                across, down = (int(one) for one in point[0] * EXTENT)
                names.append(Shape(int(land.ids[place]), POINT, [[(across, down)]], {"n": number}))
    return {"parcels": drawn, "names": names}


def outlines(land: Mosaic, chosen: Whole) -> list[Polygons]:
    """The outlines of the parcels at some places, in degrees.  A query for 900 of them."""
    table = models.Revision if land.past else models.Parcel
    rows = land.rows[chosen].tolist()
    found: dict[int, str] = {}
    for start in range(0, len(rows), AT_ONCE):
        found.update(table.objects.filter(pk__in=rows[start : start + AT_ONCE]).values_list("pk", "document"))
    return [_polygons(found[one]) for one in rows]


def _polygons(document: str) -> Polygons:
    geometry = json.loads(document.removeprefix(slices.BEGIN).partition(slices.BETWEEN)[0])
    found: Polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return found


def _present(zones: Zones, level: Level) -> Iterator[_Found]:
    rows = slices.of_zones(zones)
    promised = dict(rows.filter(document__contains='"promised":').values_list("pk", "document"))
    columns = ("pk", "number", "zone", "state", "use", "west", "north", "east", "south")
    for pk, number, zone, state, use, *edges in rows.order_by("pk").values_list(*columns):
        yield _Found(pk, pk, number, state, _verdict(promised.get(pk, ""), zone, level), use, *edges)


def _past(zones: Zones, level: Level, as_of: datetime) -> Iterator[_Found]:
    for pk, parcel, number, zone, document in slices.stood(zones, as_of):
        told = document.removeprefix(slices.BEGIN).partition(slices.BETWEEN)[2]
        corners = [point for polygon in _polygons(document) for point in polygon[0]]
        across, up = ([float(point[axis]) for point in corners] for axis in (0, 1))
        verdict = _verdict(document if '"promised":' in told else "", zone, level)
        state, use = slices.word(told, slices.STATE), slices.word(told, slices.USE)
        yield _Found(parcel, pk, number, state, verdict, use, min(across), max(up), max(across), min(up))


def _verdict(document: str, zone: str, level: Level) -> str:
    return slices.kept_promise(kept(document), level(zone)) if document else "unknown"


def _vacancies(zones: Zones) -> dict[int, int]:
    rows = models.Building.objects.filter(parcel__in=slices.of_zones(zones)).values_list("parcel")
    return {parcel: 0 if vacant else 1 for parcel, vacant in rows.annotate(Sum("vacant"))}
