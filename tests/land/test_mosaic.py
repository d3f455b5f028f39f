"""The land as a map shows it: from afar every parcel is counted once, near each is drawn, and the past is the past."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import pytest
from tests.domain.land.plots import SOUTH, WEST, file, parcel
from tests.domain.land.test_tiles import tile_of
from tests.domain.land.tile_reading import Drawn, opened
from tests.people import AT, moment

from luodi.accounts.acting import SYSTEM
from luodi.domain.land import states
from luodi.domain.land.tiles import unit
from luodi.land import building, mosaic, samples, slices, taking
from luodi.land.models import Parcel
from luodi.zones import registry

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _land() -> None:
    registry.load(by=SYSTEM, at=AT)
    samples.load(by=SYSTEM, at=moment())


def drawn(land: mosaic.Mosaic, z: int) -> Iterator[tuple[str, Drawn]]:
    """Everything in all tiles of a zoom that hold land."""
    box = slices.extent(None).box
    assert box is not None
    (west, north), (east, south) = tile_of(box.west, box.north, z), tile_of(box.east, box.south, z)
    for x in range(west, east + 1):
        for y in range(north, south + 1):
            for name, found in opened(mosaic.tile(land, z, x, y)).items():
                yield from ((name, one) for one in found)


def test_no_parcel_is_dropped_at_any_zoom(monkeypatch: pytest.MonkeyPatch) -> None:
    land = mosaic.mosaic(None, lambda _: "")
    assert len(land.ids) == Parcel.objects.count() == 18
    for z in (0, 5, 8):
        cells = [one for _, one in drawn(land, z)]
        assert sum(int(one.told["c"]) for one in cells) == 18
        assert len({one.id for one in cells}) == len(cells)
    near = Counter(name for name, _ in drawn(land, 14))
    assert near["names"] == 18, "one name for each, however many tiles it lies in"
    for z in (9, 14):
        assert {one.id for name, one in drawn(land, z) if name == "parcels"} == set(land.ids.tolist())
    monkeypatch.setattr(mosaic, "FEW", 17)
    assert {name for name, _ in drawn(land, 11)} == {"cells"}


def test_a_square_says_what_its_parcels_are() -> None:
    known = list(states.rules().states)
    words = [(known.index("net"), 2, 2), (known.index("net"), 1, 2), (known.index("raw"), 0, 1)]
    corners = unit(np.array([[WEST, SOUTH], [WEST + 0.001, SOUTH - 0.001]])).reshape(-1)
    land = mosaic.Mosaic(
        np.arange(3), np.arange(3), ("A", "B", "C"), np.array(words), np.array([corners] * 3), np.zeros(3, np.bool_), past=False
    )  # fmt: skip
    (cell,) = mosaic.cells(land, 8, *tile_of(WEST, SOUTH, 8))
    assert cell.told == {"c": 3, "s": "net", "sn": 2, "i": "short", "in": 1, "v": "full", "vn": 1}


def test_the_past_is_drawn_as_it_stood() -> None:
    before = mosaic.mosaic(None, lambda _: "", moment() - timedelta(days=1))
    assert len(before.ids) == 0
    then = mosaic.mosaic(None, lambda _: "", moment())
    now = mosaic.mosaic(None, lambda _: "")
    for z in (6, 12):
        assert sorted(repr(one) for one in drawn(then, z)) == sorted(repr(one) for one in drawn(now, z))


def test_a_version_ends_with_every_act_on_land() -> None:
    first = mosaic.version()
    assert first == mosaic.version()
    taking.take(text=file(parcel("N-1", 0.5)), name="h", by=SYSTEM, at=moment())
    second = mosaic.version()
    held = Parcel.objects.get(number="N-1")
    building.record(
        parcel=held.pk, number="1", name="厂房", kind="plant", floor_area=900, vacant=900, by=SYSTEM, at=moment()
    )
    assert len({first, second, mosaic.version()}) == 3
    land = mosaic.mosaic(None, lambda _: "")
    (cell,) = opened(mosaic.tile(land, 8, *tile_of(WEST + 0.501, SOUTH + 0.001, 8)))["cells"][-1:]
    assert cell.told["v"] == "vacant"
