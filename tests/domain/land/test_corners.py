"""Corner points as survey tables write them: degrees or metres, with labels or WKT; what cannot be told is asked about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.domain.facts.wrong import Wrong
from luodi.domain.land import corners, gauss

RING = [[112.9, 36.3], [112.902, 36.3], [112.902, 36.302], [112.9, 36.302], [112.9, 36.3]]


def metres(meridian: int, prefix: int = 0, *, northing_first: bool = True) -> str:
    """The ring as a table of survey results has it."""
    rows = []
    for n, (x, y) in enumerate(RING, start=1):
        east, north = gauss.metres(x, y, meridian)
        pair = (north, east + prefix * 1e6) if northing_first else (east + prefix * 1e6, north)
        rows.append(f"J{n}，{pair[0]:.4f}，{pair[1]:.4f}")
    return "；".join(rows)


def test_the_meridian_is_as_long_as_published() -> None:
    """The quadrant to 45 degrees on the ellipsoid of GRS 80, whose axes CGCS2000 shares: 4,984,944.378 m."""
    assert gauss.metres(111, 45, 111) == pytest.approx((500_000, 4_984_944.378), abs=0.001)


@given(st.floats(110.2, 114.6), st.floats(34.5, 40.8), st.sampled_from([111, 114, 117]))
def test_metres_and_back_is_the_same_place(longitude: float, latitude: float, meridian: int) -> None:
    easting, northing = gauss.metres(longitude, latitude, meridian)
    assert gauss.place(easting, northing, meridian) == pytest.approx((longitude, latitude), abs=2e-8)


@pytest.mark.parametrize(
    ("text", "system"),
    [
        ("112.9,36.3; 112.902,36.3; 112.902,36.302; 112.9,36.302", ""),
        ("J1 112.9 36.3 J2 112.902 36.3 J3 112.902 36.302 J4 112.9 36.302", "CGCS2000 经纬度"),
        ("POLYGON((112.9 36.3, 112.902 36.3, 112.902 36.302, 112.9 36.302, 112.9 36.3))", "EPSG:4490"),
        ("(112.9,36.3),(112.902,36.3),(112.902,36.302),(112.9,36.302)", "2000国家大地坐标系"),
        ('{"type":"Polygon","coordinates":[[[112.9,36.3],[112.902,36.3],[112.902,36.302],[112.9,36.302],[112.9,36.3]]]}', ""),
        (metres(114), "CGCS2000 3度带 第38带"),
        (metres(114, northing_first=False), "中央经线114°"),
        (metres(114, 38), ""),
        (metres(111, 19), ""),
        (metres(111), "EPSG:4546"),
        (metres(114, 38), "EPSG:4526"),
    ],
)  # fmt: skip
def test_the_same_corners_in_every_hand(text: str, system: str) -> None:
    found = corners.polygons(text, system)
    assert not isinstance(found, Wrong), found
    ((ring,),) = found
    assert len(ring) == 5
    for one, other in zip(ring, RING, strict=True):
        assert one == pytest.approx(other, abs=2e-8)


def test_holes_and_several_parts_go_out_and_come_back() -> None:
    hole = [(112.9005, 36.3005), (112.901, 36.3005), (112.901, 36.301), (112.9005, 36.3005)]
    outer = [(x, y) for x, y in RING]
    for shape in (((outer, hole),), ((outer,), (hole,))):
        found = corners.polygons(corners.wkt(shape))
        assert found == [[[list(point) for point in ring] for ring in polygon] for polygon in shape]


@pytest.mark.parametrize(
    ("text", "system", "code"),
    [
        (metres(114), "", "corners_zone_unstated"),
        (metres(114, 38), "3度带 37带", "corners_zone_differs"),
        (metres(114, 55), "", "corners_outside"),
        ("500000,3000000;500100,3000000;500100,3000100", "38带", "corners_outside"),
        ("112.9,36.3;112.902,36.3", "", "corners_too_few"),
        ("东至大路，西至小河", "", "corners_unreadable"),
        ("112.9,36.3;112.902;112.902,36.302;112.9,36.302", "", "corners_unreadable"),
        ("POLYGON((112.9 36.3, 112.902))", "", "corners_unreadable"),
        ("POLYGON EMPTY", "", "corners_unreadable"),
        ("(" * 5000, "", "corners_unreadable"),
        ('{"type":"Polygon","coordinates":' + "[" * 5000, "", "corners_unreadable"),
        (metres(114, 38), "GCJ-02", "parcels_consumer_map"),
        (metres(114, 38), "高德地图", "parcels_consumer_map"),
        (metres(114, 38), "西安80 3度带38带", "parcels_unknown_system"),
        (metres(114, 38), "EPSG:2362", "parcels_unknown_system"),
    ],
)
def test_what_cannot_be_told_is_asked_about(text: str, system: str, code: str) -> None:
    found = corners.polygons(text, system)
    assert isinstance(found, Wrong)
    assert found.code == code
