"""Durations, roundings, sizes, periods, papers and gaps as values."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from statistics import median, quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.domain.indicators.batches import Followed, rates
from luodi.domain.indicators.definitions import definitions
from luodi.domain.indicators.enrolment import enrolment, missing
from luodi.domain.indicators.lags import Gap, gaps, waits
from luodi.domain.indicators.periods import Month, is_year, month, period
from luodi.domain.indicators.progress import change, own_month, pace
from luodi.domain.indicators.published import clock
from luodi.domain.indicators.rounding import printed, rounded, whole_of
from luodi.domain.indicators.sizes import Sized, sizes, table
from luodi.domain.indicators.stretches import UNITS, between, spread
from luodi.domain.vocabulary import Refusal

D = Decimal
FEW = st.decimals(min_value=D("0.1"), max_value=D(1000), places=1)


def test_sany_by_the_calendar_beside_the_article() -> None:
    visit, signing = [one for one in clock().published if one.project == "sany"]
    assert visit.says is not None
    assert visit.calendar is not None
    assert signing.calendar is not None
    assert (visit.says.days, visit.says.unit, visit.calendar.days, visit.calendar.unit) == (
        140,
        "unstated",
        143,
        "calendar_days",
    )
    assert (visit.calendar.start_event, visit.calendar.end_event) == ("visit", "production")
    assert (signing.calendar.start_event, signing.calendar.days) == ("signed", 62)


def test_every_published_duration_names_its_ends_unit_and_source() -> None:
    rules = clock()
    for one in rules.published:
        stretch = one.either
        assert {stretch.start_event, stretch.end_event} <= set(rules.events)
        assert stretch.unit in UNITS
        assert stretch.source
    beside = [one.either.days for one in rules.published if one.compare == "signed_start"]
    assert beside == [238, 58]


def test_a_stretch_counts_the_calendar() -> None:
    one = between("contact", date(2023, 3, 10), "signed", date(2023, 5, 26), "x")
    assert (one.days, one.unit) == (77, "calendar_days")


@given(st.lists(st.integers(-50, 2000), min_size=2, max_size=60))
def test_quartiles_as_spreadsheets_count_them(days: list[int]) -> None:
    found = spread(days)
    assert found is not None
    lower, middle, upper = quantiles(days, n=4, method="inclusive")
    for mine, theirs in (
        (found.lower, lower),
        (found.median, middle),
        (found.upper, upper),
        (found.median, median(days)),
    ):
        assert abs(float(mine) - theirs) <= 0.0501
    assert found.least <= found.lower <= found.median <= found.upper <= found.most


def test_the_spread_of_nothing_and_of_one() -> None:
    assert spread([]) is None
    one = spread([58])
    assert one is not None
    assert (one.count, one.median, one.mean, one.least, one.most) == (1, D("58.0"), D("58.0"), 58, 58)


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(0, 4))
def test_rounding_is_to_the_nearest_and_halves_go_away_from_zero(value: Fraction, places: int) -> None:
    found = Fraction(rounded(value, places))
    assert abs(found - value) <= Fraction(1, 2 * 10**places)
    assert rounded(Fraction(5, 10 ** (places + 1)), places) == D(1).scaleb(-places)


@given(FEW, st.decimals(min_value=D(1), max_value=D(100), places=0))
def test_a_total_lies_in_the_interval_its_part_and_share_allow(whole: Decimal, share: Decimal) -> None:
    part = (whole * share / 100).quantize(D("0.1"))
    if part > D("0.1"):
        exact = Fraction(part) * 100 / Fraction(share)
        assert exact in whole_of(str(part), str(share))
        low, high = whole_of(str(part), str(share)).said()
        assert low <= whole <= high or abs(whole * share / 100 - part) > D("0.05")


def test_yangcheng() -> None:
    """1.8 亿元 = 13 % and 7.8 亿元 = 56 % of one total near 13.9; their 9.6 = 72 % of another near 13.3."""
    found = sizes().published
    assert (found.point, found.together_point, found.done) == (D("13.9"), D("13.3"), D("9.6"))
    assert found.total is not None
    assert Fraction("13.9") in found.total
    assert Fraction("13.3") in found.together_total
    assert found.total.meet(found.together_total) is None  # two different quantities, whatever the rounding
    assert found.total.said() == (D("13.71"), D("14.15"))
    with pytest.raises(Refusal):
        whole_of("1.8", "0")
    assert Fraction("1.75") in printed("1.8")
    assert Fraction("1.85") not in printed("1.8")


@given(st.lists(st.tuples(FEW, FEW), max_size=20))
def test_every_project_is_in_one_class_and_nothing_is_lost(rows: list[tuple[Decimal, Decimal]]) -> None:
    found = table([Sized(total, done) for total, done in rows], sizes().classes)
    assert sum(one.projects for one in found) == len(rows)
    assert sum((one.done for one in found), D(0)) == sum((done for _, done in rows), D(0))
    if rows:
        assert abs(sum((one.share for one in found if one.share is not None), D(0)) - 100) <= D("0.3")


def test_the_bounds_of_a_class() -> None:
    rows = table([Sized(D(5), D(1)), Sized(D("4.99"), D(1)), Sized(D(10), D(2))], sizes().classes)
    assert [one.projects for one in rows] == [0, 1, 1, 1]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2026-08", "2026-08"),
        ("2026年8月", "2026-08"),
        ("2026年1-8月", "2026-08"),
        ("2026.8", "2026-08"),
        ("2026年度", "2026"),
    ],
)
def test_periods_as_officers_write_them(written: str, kept: str) -> None:
    assert period(written) == kept
    assert is_year(written) is (len(kept) == 4)


@pytest.mark.parametrize("written", ["2026-13", "8月", "", "1999-01", "2026-8-1", "２０２６年"])
def test_what_is_no_period_is_said(written: str) -> None:
    with pytest.raises(Refusal, match="figure_month_unreadable"):
        month(written)


def test_months_go_on() -> None:
    assert (Month(2026, 1).before, Month(2025, 12).after, Month(2026, 8).year_before) == (
        Month(2025, 12), Month(2026, 1), Month(2025, 8)
    )  # fmt: skip


def test_changes() -> None:
    assert pace(D(1), D(0), 3, green=D(100), amber=D(90)) is None
    found = change(D("12"), D("10"))
    assert found is not None
    assert (found.by, found.growth) == (D(2), D("20.0"))
    assert change(D(1), None) is None
    nothing = change(D(1), D(0))
    assert nothing is not None
    assert nothing.growth is None
    assert (own_month(D(10), D(8), 3), own_month(D(10), None, 1), own_month(D(10), None, 3)) == (D(2), D(10), None)


def test_rates_follow_what_became_of_those_that_entered() -> None:
    day, later = date(2026, 1, 1), date(2027, 1, 1)
    projects = [
        Followed(frozenset({"signed"}), {"signed": day, "construction_start": day}),
        Followed(frozenset({"signed"}), {"signed": day, "construction_start": later}),
        Followed(frozenset({"started", "produced"}), {"production": day}, D(10), D(7)),
        Followed(frozenset({"produced"}), {"production": day}, D(10), None),
    ]
    found = rates(projects, date(2026, 6, 1))
    assert (found["start"].percent, found["production"].percent, found["output"].percent) == (D(50), D(100), D(70))
    assert rates([], day)["start"].percent is None


def test_which_paper_blocks_which() -> None:
    papers = enrolment().firm.papers
    found = {one.paper.id: one for one in missing(papers, {"licence", "sheets", "photos", "approval"})}
    assert set(found) == {"tax", "form"}
    assert [one.id for one in found["form"].waits_for] == ["tax"]
    assert [one.id for one in found["tax"].blocks] == ["form"]
    assert missing(papers, set(papers)) == ()
    assert missing(papers, set())[-1].paper.id == "form"  # what cannot be had yet comes last


@given(st.lists(st.tuples(st.integers(-5, 40), st.integers(0, 20) | st.none()), max_size=6))
def test_gaps_are_just_the_days_nobody_held(held: list[tuple[int, int | None]]) -> None:
    start, end = date(2026, 1, 1), date(2026, 1, 31)
    spans = [
        (start + timedelta(first), None if long is None else start + timedelta(first + long)) for first, long in held
    ]
    free = {day for one in gaps(start, end, spans) for day in _days(one)}
    for offset in range(31):
        day = start + timedelta(offset)
        owned = any(first <= day and (last is None or day <= last) for first, last in spans)
        assert (day in free) is not owned


def _days(gap: Gap) -> set[date]:
    return {gap.start + timedelta(offset) for offset in range(gap.days)}


def test_the_waits_join_end_to_start() -> None:
    rows = waits().rows
    assert [one.after for one in rows[1:]] == [one.until for one in rows[:-1]]
    assert len(rows) == 6


def test_every_indicator_is_counted_or_entered_and_says_how() -> None:
    rules = definitions()
    assert {one.dimension for one in rules.indicators.values()} == {"value", "newness", "greenness"}
    for one in rules.indicators.values():
        assert one.formula.zh
        assert sum(map(bool, (one.event, one.enrolled, one.growth_of))) <= 1
