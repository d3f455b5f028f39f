"""Very many parcels on one sheet: small ones as squares of the sheet, large ones as they are; a path for each colour.

A square takes the colour of the state most of its parcels have, or of the verdict or vacancy that asks for attention first.
"""

from collections.abc import Iterator

import numpy as np

from luodi.desk import ink
from luodi.desk.land.picture import DEGREE, EDGE, FILLS, Ground
from luodi.domain.land import states
from luodi.domain.land.tiles import Points
from luodi.land.mosaic import VACANCIES, VERDICTS, Mosaic, Whole, outlines

SIDE = 4
"""Of a square, in units of the sheet: a millimetre of A4."""
LARGE = 2000
"""Parcels of more than two squares that are drawn with their outline, the largest first; the others are squares too."""


def drawn(land: Mosaic, by: str, ground: Ground) -> str:
    """The parcels of a mosaic, coloured `by` state, intensity or vacancy.  A query for 900 large parcels."""
    edges = _on_sheet(_degrees(land.boxes.reshape(-1, 2)), ground).reshape(-1, 4)
    sizes = np.maximum(edges[:, 2] - edges[:, 0], edges[:, 3] - edges[:, 1])
    order = np.argsort(-sizes, kind="stable")
    large = np.sort(order[: min(int((sizes >= 2 * SIDE).sum()), LARGE)])
    small = np.setdiff1d(np.arange(len(sizes)), large)
    column = ("state", "intensity", "vacancy").index(by)
    names = (tuple(states.rules().states), VERDICTS, VACANCIES)[column]
    words = land.words[:, column]
    paths: dict[str, list[str]] = {name: [] for name in names}
    for kind, run in _runs(edges[small], words[small], len(names), most=by == "state"):
        paths[names[kind]].append(run)
    for place, polygons in zip(large.tolist(), outlines(land, large), strict=True):
        for rings in polygons:
            paths[names[words[place]]] += [_ring(np.array(ring, dtype=np.float64), ground) for ring in rings]
    return "".join(
        "<path" + ink.attributes(class_=f"patch {name}", d="".join(found), fill_rule="evenodd", fill=FILLS[name],
                                 stroke=ink.MUTE, stroke_width="0.3") + "/>"
        for name, found in paths.items() if found
    )  # fmt: skip


def _runs(edges: Points, words: Whole, kinds: int, *, most: bool) -> Iterator[tuple[int, str]]:
    """Squares beside one another of one colour, as one rectangle each."""
    if not len(edges):
        return
    middles = np.floor((edges[:, :2] + edges[:, 2:]) / 2 / SIDE).astype(np.int64)
    wide = int(middles[:, 0].max()) + 2  # an empty column, so that no run goes over the end of a row
    places, which = np.unique(middles[:, 1] * wide + middles[:, 0], return_inverse=True)
    counted = np.bincount(which * kinds + words, minlength=len(places) * kinds).reshape(-1, kinds)
    chosen = counted.argmax(axis=1) if most else (counted > 0).argmax(axis=1)
    starts = np.flatnonzero(np.r_[True, (np.diff(places) > 1) | (np.diff(chosen) != 0)])
    for start, length in zip(starts.tolist(), np.diff(np.r_[starts, len(places)]).tolist(), strict=True):
        row, column = divmod(int(places[start]), wide)
        across = length * SIDE
        yield int(chosen[start]), f"M{column * SIDE} {row * SIDE}h{across}v{SIDE}h-{across}z"


def _ring(corners: Points, ground: Ground) -> str:
    """A ring without the corners that nobody would tell apart on paper."""
    points = np.round(_on_sheet(corners, ground), 1)
    kept = points[np.r_[True, np.abs(np.diff(points, axis=0)).max(axis=1) >= 0.5]] if len(points) > SIDE + 1 else points
    return "M" + " ".join(f"{x:g},{y:g}" for x, y in kept.tolist()) + "z"


def _degrees(places: Points) -> Points:
    """Places on the unit square of the tiles as longitudes and latitudes."""
    return np.stack(
        [(places[:, 0] - 0.5) * 360, np.degrees(np.arctan(np.sinh((0.5 - places[:, 1]) * 2 * np.pi)))], axis=1
    )


def _on_sheet(places: Points, ground: Ground) -> Points:
    x = EDGE + (places[:, 0] - ground.box.west) * DEGREE * ground.narrow * ground.scale
    y = EDGE + (ground.box.north - places[:, 1]) * DEGREE * ground.scale
    return np.stack([x, y], axis=1)
