"""Amounts with units, as officers write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from luodi.domain.facts.quantities import UNITS, Quantity, quantity
from luodi.domain.facts.wrong import Wrong


@pytest.mark.parametrize(
    ("written", "unit", "amount"),
    [
        (1620000, "m2", "1620000"), ("15 亩", "m2", "10000"), ("1亩", "m2", "666.666667"), ("162.06 公顷", "m2", "1620600"),
        ("560 亿元", "万元", "5600000"), ("3,000,000 元", "万元", "300"), ("45 万吨标准煤", "tce", "450000"),
        ("25亿千瓦时", "kWh", "2500000000"), ("480 万千瓦时", "kWh", "4800000"), ("1.2万立方米", "m3", "12000"),
        ("500 kg/a", "t/a", "0.5"), (-3.5, "m3", "-3.5"), ("1e3 m2", "m2", "1000"), ("7", None, "7"),
    ],
)  # fmt: skip
def test_written_amounts(written: object, unit: str | None, amount: str) -> None:
    found = quantity(written, unit)
    assert isinstance(found, Quantity)
    assert found.amount == Decimal(amount)


def test_a_unit_beside_the_number() -> None:
    found = quantity(25, "kWh", "亿千瓦时")
    assert isinstance(found, Quantity)
    assert found.number() == 2_500_000_000


@pytest.mark.parametrize(
    ("written", "unit", "code"),
    [
        ("2431 平米", "m2", "unknown_unit"), ("3 亩", "万元", "unit_of_another_kind"), ("很大", "m2", "not_an_amount"),
        (True, "m2", "not_an_amount"), (None, "m2", "not_an_amount"), ("12 3", "m2", "unknown_unit"),
        ("3 亩", None, "unit_not_wanted"),
        (10**40, "m2", "amount_too_large"), (float("inf"), "m2", "amount_too_large"), (float("nan"), "m2", "amount_too_large"),
        ("9" * 50, "m2", "amount_too_large"), ("1e99", "m2", "amount_too_large"), ("1e-99", "m2", "amount_too_large"),
        ("9" * 5000, "m2", "amount_too_large"),
    ],
)  # fmt: skip
def test_what_is_not_an_amount(written: object, unit: str | None, code: str) -> None:
    found = quantity(written, unit)
    assert isinstance(found, Wrong)
    assert found.code == code


@given(some.sampled_from(sorted(UNITS)), some.data(), some.decimals(0, 10**6, places=3))
def test_the_same_amount_in_any_unit_is_the_same(unit: str, data: some.DataObject, amount: Decimal) -> None:
    written = data.draw(some.sampled_from(sorted(UNITS[unit])))
    found = quantity(f"{amount} {written}", unit)
    assert isinstance(found, Quantity)
    exact = Decimal(UNITS[unit][written].numerator) * amount / Decimal(UNITS[unit][written].denominator)
    assert abs(found.amount - exact) <= Decimal("0.000001")


@given(
    some.one_of(some.text(max_size=90), some.floats(), some.integers(), some.none(), some.booleans()),
    some.sampled_from([*UNITS, None]),
)
def test_nothing_upsets_it(value: object, unit: str | None) -> None:
    assert isinstance(quantity(value, unit), Quantity | Wrong)
