"""Cells as offices write them; each reading is also tried on cells nobody thought of."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.domain.facts.quantities import UNITS, Quantity, quantity
from luodi.domain.facts.wrong import Wrong
from luodi.exchange.sheets import cells
from luodi.exchange.sheets.cells import Amount

DAY = date(2024, 3, 5)
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    "written",
    [
        "2024-03-05", "2024-3-5", "2024/3/5", "2024.3.5", "2024.03.05", "2024年3月5日", "2024年3月5号", "2024年03月05日",
        "20240305", "２０２４．３．５", " 2024 年 3 月 5 日 ", "2024-03-05 00:00:00", "2024-03-05T10:30", "45356", 45356.0,
        45356.6,
        20240305.0, DAY, datetime.combine(DAY, time(9, 30)), "\ufeff2024-03-05\u200b",
    ],
)  # fmt: skip
def test_a_day_is_a_day_in_every_hand(written: object) -> None:
    assert cells.day(written) == DAY


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2024.3", "cell_day_missing"), (2024.3, "cell_day_missing"), ("2024年3月", "cell_day_missing"),
        ("2024年", "cell_no_date"), ("3月5日", "cell_year_missing"), ("24.3.5", "cell_year_short"),
        ("2024-02-30", "cell_no_such_day"),
        ("2024-13-01", "cell_no_such_day"), ("20241301", "cell_no_such_day"), ("1923-5-1", "cell_year_out_of_range"),
        ("三月", "cell_no_date"), (12.0, "cell_no_date"), (True, "cell_no_date"), ("下周一", "cell_no_date"),
        (float("nan"), "cell_no_date"),
        (float("inf"), "cell_no_date"), (date(1900, 1, 1), "cell_year_out_of_range"),
    ],
)  # fmt: skip
def test_what_is_no_day_says_why(written: object, code: str) -> None:
    found = cells.day(written)
    assert isinstance(found, Wrong)
    assert found.code == code


@pytest.mark.parametrize("silent", ["", "  ", "/", "-", "—", "无", "待定", "N/A", "#REF!"])
def test_a_cell_that_says_nothing_is_empty(silent: str) -> None:
    assert [cells.day(silent), cells.amount(silent, "万元", None), cells.text(silent), cells.flag("")] == [None] * 4


def test_days_since_1904_are_four_years_later() -> None:
    assert cells.day(43894.0, epoch_1904=True) == DAY


@given(DAYS)
def test_every_day_is_read_back_however_it_is_written(day: date) -> None:
    serial = (day - cells.EPOCH).days
    ways = (
        day.isoformat(), f"{day.year}.{day.month}.{day.day}", f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}",
        f"{day:%Y/%m/%d} 8:05", float(serial), serial, datetime.combine(day, time(23, 59)),
    )  # fmt: skip
    assert {cells.day(way) for way in ways} == {day}
    assert cells.day(float(serial - cells.BETWEEN_EPOCHS), epoch_1904=True) == day


@pytest.mark.parametrize(
    ("written", "given_", "amount"),
    [
        (5.6, "亿元", "56000"), ("5.6亿元", "万元", "56000"), ("5.6亿", "万元", "56000"), ("12,345.6", "万元", "12345.6"),
        ("１２０００", "万元", "12000"), ("12000万元", None, "12000"), ("3000 元", "万元", "0.3"), (0.5, None, "0.5"),
        ("1.2e3", "万元", "1200"), ("5.6亿元人民币", "万元", "56000"),
    ],
)  # fmt: skip
def test_money_is_counted_in_ten_thousands(written: object, given_: str | None, amount: str) -> None:
    found = cells.amount(written, "万元", given_)
    assert isinstance(found, Amount)
    assert found.amount == Decimal(amount)


@pytest.mark.parametrize(
    ("written", "given_", "square_metres"),
    [
        (15.0, "亩", "10000"), ("15亩", "公顷", "10000"), (1.0, "公顷", "10000"), ("2.5 万平方米", "亩", "25000"),
        ("80㎡", None, "80"),
        ("3万平米", None, "30000"), (1.0, "亩", "666.666667"),
    ],
)  # fmt: skip
def test_land_is_counted_in_square_metres(written: object, given_: str | None, square_metres: str) -> None:
    found = cells.amount(written, "m2", given_)
    assert isinstance(found, Amount)
    assert found.amount == Decimal(square_metres)


@pytest.mark.parametrize(
    ("written", "code"),
    [("约500万元", "not_an_amount"), ("五百万", "not_an_amount"), ("5亩", "unit_of_another_kind"), ("5箱", "unknown_unit"),
     (DAY, "not_an_amount"), (True, "not_an_amount"), (1e16, "amount_too_large"), (float("nan"), "not_an_amount")],
)  # fmt: skip
def test_what_is_no_amount_says_why(written: object, code: str) -> None:
    found = cells.amount(written, "万元", None)
    assert isinstance(found, Wrong)
    assert found.code == code


@given(
    st.floats(0.001, 1e10, allow_nan=False),
    st.sampled_from([(unit, word) for unit, words in UNITS.items() for word in words]),
)
def test_the_quick_way_counts_as_the_exact_one(number: float, units: tuple[str, str]) -> None:
    unit, word = units
    quick = cells.amount(number, unit, word)
    exact = quantity(repr(number), unit, word)
    assert isinstance(quick, Amount)
    assert isinstance(exact, Quantity)
    assert quick.amount == exact.amount
    again = quantity(quick.written, unit)
    assert isinstance(again, Quantity)
    assert again.amount == exact.amount, "what is written into the project file means the same"


@given(
    st.one_of(
        st.text(), st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes(), st.times(), st.timedeltas()
    )
)
def test_no_cell_breaks_a_reading(cell: object) -> None:
    for found in (
        cells.day(cell), cells.amount(cell, "万元", "亿元"), cells.number(cell), cells.text(cell), cells.flag(cell),
        cells.choice(cell, {"新建": "新建"}, "新建"),
    ):  # fmt: skip
        assert found is None or isinstance(found, Wrong | Amount | str | bool | date | Decimal)


def test_a_number_too_long_for_excel_is_not_believed() -> None:
    found = cells.text(1.1010519491231e17)
    assert isinstance(found, Wrong)
    assert found.code == "cell_digits_lost"
    assert cells.text(13800138000.0) == "13800138000"


@pytest.mark.parametrize(
    ("written", "meant"), [("是", True), ("√", True), ("否", False), ("×", False), (1.0, True), (0.0, False)]
)
def test_ticks_are_yes_and_no(written: object, meant: bool) -> None:
    assert cells.flag(written) is meant
