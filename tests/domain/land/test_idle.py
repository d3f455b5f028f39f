"""Years since delivery, and the bands they fall into."""

from datetime import date

import pytest

from luodi.domain.land import idle


@pytest.mark.parametrize(
    ("since", "on", "years", "band"),
    [
        (date(2025, 11, 21), date(2026, 11, 20), 0, None),
        (date(2025, 11, 21), date(2026, 11, 21), 1, 1),
        (date(2024, 2, 29), date(2026, 2, 28), 1, 1),
        (date(2024, 2, 29), date(2026, 3, 1), 2, 2),
        (date(2016, 1, 1), date(2026, 1, 1), 10, 2),
    ],
)
def test_years_and_bands(since: date, on: date, years: int, band: int | None) -> None:
    found = idle.band(since, on)
    assert (idle.years(since, on), found.years if found else None) == (years, band)
    assert idle.bands().confidence == "assumption"
