"""Results through the interface: a figure is entered once, told in the table; durations and lags name what they are of."""

from datetime import date

import pytest
from tests.api.program import Program
from tests.indicators.scene import project
from tests.people import OTHER, OWN, hired

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SENT = {"zone": OWN, "indicator": "industrial_investment", "period": "2026-08", "amount": "80.5", "source": "月报"}


def test_figures_durations_lags_and_rounds() -> None:
    project("a", signed=date(2026, 3, 1), construction_start=date(2026, 4, 28))
    data, far = Program(hired("data_officer")), Program(hired("zone_officer", OTHER))
    assert data.post("/results/figures", SENT)[0] == 200
    assert data.post("/results/figures", SENT | {"period": "soon"})[1]["code"] == "figure_month_unreadable"
    assert far.post("/results/figures", SENT)[0] == 404
    told = {one["indicator"]: one for one in data.get("/results/figures?period=2026-08")[1]}
    assert told["industrial_investment"]["figure"] == "80.5"
    assert told["started_projects"]["figure"] == "1"
    (one,) = data.get("/results/durations")[1]
    assert (one["start_event"], one["end_event"], one["days"], one["unit"]) == (
        "signed", "construction_start", 58, "calendar_days"
    )  # fmt: skip
    (waits,) = data.get("/results/lags")[1]
    assert (waits["project"], waits["wait"], waits["case"]) == ("a", "finish", None)
    assert data.get("/results/rounds") == (200, [])
    assert far.get("/results/lags") == (200, [])
