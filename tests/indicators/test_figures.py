"""Figures: every entry a row, the newest holds, sums add up over zones, counted ones are counted."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.indicators.scene import AT, PARK, TODAY, project, zones
from tests.people import OTHER, OWN

from luodi.accounts.acting import SYSTEM
from luodi.domain.indicators.periods import Month
from luodi.domain.vocabulary import Refusal
from luodi.indicators import actions, batched, enrolling, readers, samples, tabling
from luodi.indicators.sizing import size_table
from luodi.journal import readers as record

pytestmark = pytest.mark.django_db
D, AUGUST = Decimal, Month(2026, 8)


def enter(amount: str | None, period: str = "2026-08", indicator: str = "industrial_investment", **more: Any) -> int:
    """A figure of the zone."""
    given = {"zone": OWN, "source": "月报", "target": len(period) == 4, **more}
    return actions.record_figure(
        indicator_id=indicator, period_text=period, amount=None if amount is None else D(amount), by=SYSTEM, at=AT, **given
    )  # fmt: skip


def lines(*of: str) -> dict[str, tabling.Line]:
    return {one.indicator.id: one for one in tabling.table(of or (OWN,), AUGUST, TODAY)}


def test_a_figure_is_corrected_by_another_row_and_taken_back_by_a_third() -> None:
    zones()
    for amount in ("10", "12.5", None):
        enter(amount)
    rows = readers.revisions(zones=[OWN], indicator="industrial_investment", period="2026-08")
    assert [one.amount for one in rows] == [None, D("12.5"), D(10)]
    assert readers.newest(zones=[OWN], periods=["2026-08"]) == ()
    kinds = [one.kind for one in record.entries(kinds=("indicator.recorded",)).records]
    assert len(kinds) == 3


def test_the_table_of_a_month() -> None:
    zones()
    for amount, period in (("80", "2026-08"), ("66", "2026-07"), ("64", "2025-08"), ("150", "2026")):
        enter(amount, period)
    one = lines()["industrial_investment"]
    assert (one.now, one.month, one.target) == (D(80), D(14), D(150))
    assert one.monthly is not None
    assert one.yearly is not None
    assert (one.monthly.by, one.yearly.growth) == (D(14), D("25.0"))
    assert one.pace is not None
    assert (one.pace.ratio, one.pace.light, one.behind) == (D("80.0"), "red", True)
    assert lines()["industrial_investment_growth"].now == D("25.0")


def test_sums_add_up_over_zones_and_rates_do_not() -> None:
    zones()
    for zone, amount in ((OWN, "80"), (OTHER, "20")):
        enter(amount, zone=zone)
        enter("7", zone=zone, indicator="tax_per_mu")
    both = lines(OWN, OTHER)
    assert (both["industrial_investment"].now, both["industrial_investment"].zones) == (D(100), 2)
    assert (both["tax_per_mu"].now, both["tax_per_mu"].zones) == (None, 2)
    assert lines()["tax_per_mu"].now == D(7)


def test_a_target_of_one_zone_alone_makes_no_pace_for_two() -> None:
    zones()
    for zone in (OWN, OTHER):
        enter("80", zone=zone)
    enter("150", "2026")
    one = lines(OWN, OTHER)["industrial_investment"]
    assert (one.pace, one.target) == (None, None)
    assert lines()["industrial_investment"].pace is not None


def test_a_change_compares_the_zones_that_have_both() -> None:
    zones()
    for zone, period, amount in ((OWN, "2026-08", "80"), (OTHER, "2026-08", "20"), (OWN, "2025-08", "40")):
        enter(amount, period, zone=zone)
    one = lines(OWN, OTHER)["industrial_investment"]
    assert one.yearly is not None
    assert (one.now, one.yearly.before, one.yearly.by) == (D(100), D(40), D(40))


def test_counted_figures_are_their_rows() -> None:
    project("a", signed=date(2026, 1, 1))
    project("b", PARK, signed=date(2026, 8, 31))
    project("late", signed=date(2026, 9, 1))
    project("last-year", signed=date(2025, 12, 31))
    project("other", OTHER, signed=date(2026, 3, 1))
    one = lines()["signed_projects"]
    assert (one.now, one.yearly and one.yearly.before) == (D(2), D(0))
    assert [row.slug for row in tabling.counted_projects(one.indicator, [OWN], AUGUST, TODAY)] == ["a", "b"]
    assert lines(OWN, OTHER)["signed_projects"].now == D(3)
    enter("6", "2026", "signed_projects")
    pace = lines()["signed_projects"].pace
    assert pace is not None
    assert pace.ratio == D("50.0")


def test_firms_enrolled_are_counted() -> None:
    zones()
    firm = enrolling.record_firm(uscc="X1", name="甲", zone=PARK, strategic=False, by=SYSTEM, at=AT, sample=True)
    enrolling.note_firm(firm=firm, kind="enrolled", on=date(2026, 5, 1), source="批", by=SYSTEM, at=AT)
    assert lines()["new_above_scale"].now == D(1)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"indicator": "nothing"}, "figure_no_such_indicator"),
        ({"indicator": "signed_projects"}, "figure_is_computed"),
        ({"indicator": "project_invested"}, "figure_of_project"),
        ({"project": "a"}, "figure_of_zone"),
        ({"period": "2026-12"}, "figure_month_ahead"),
        ({"period": "2026", "target": False}, "figure_by_month"),
        ({"period": "2026-08", "target": True}, "figure_target_by_year"),
        ({"amount": "1e12"}, "figure_out_of_range"),
        ({"amount": "0.00001"}, "figure_out_of_range"),
        ({"amount": "-1"}, "figure_below_zero"),
        ({"source": " "}, "text_missing"),
    ],
)
def test_what_cannot_be_entered_is_said_and_nothing_is_written(more: dict[str, Any], code: str) -> None:
    project("a")
    given = {"amount": "10", **more}
    with pytest.raises(Refusal) as refused:
        enter(**given)
    assert refused.value.code == code
    assert readers.newest(zones=[OWN], periods=["2026-08", "2026-12", "2026"]) == ()


def test_growth_may_be_below_zero() -> None:
    zones()
    enter("-3.2", indicator="industrial_value_added_growth")
    assert lines()["industrial_value_added_growth"].now == D("-3.2")


def test_investment_by_size() -> None:
    project("small", invested=50_000_000)
    project("large", PARK, invested=2_000_000_000)
    project("silent", invested=2_000_000_000)
    enter("1", indicator="project_invested", project="small")
    enter("7.8", indicator="project_invested", project="large", zone=PARK)
    enter("13.3")
    found = size_table([OWN], AUGUST, TODAY)
    assert [(one.size.id, one.projects, one.done) for one in found.rows if one.projects] == [
        ("below_1", 1, D(1)), ("from_10", 1, D("7.8"))
    ]  # fmt: skip
    assert (found.done, found.share) == (D("8.8"), D("66.2"))
    with pytest.raises(Refusal, match="figure_of_project"):
        enter("1", indicator="project_invested", project="large")  # a project of the park, not of the zone itself


def test_the_sample_goes_in_once_and_marks_everything() -> None:
    project("jinko-live", signed=date(2026, 9, 21))
    assert samples.load(by=SYSTEM, at=AT) > 40
    assert samples.load(by=SYSTEM, at=AT) == 0
    kept = readers.newest(zones=[OWN, PARK, OTHER], periods=["2026", "2026-10", "2026-09", "2025-10"])
    assert kept
    assert all(one.sample for one in kept)
    (row,) = batched.rows(None, TODAY)
    assert (row.project.slug, row.group) == ("jinko-live", "signed")
