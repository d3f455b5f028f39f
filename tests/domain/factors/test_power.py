"""Power: the conditions of the trade, ten years' cost and the worth of a kWh, beside sums done by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.domain.factors.power import cost, eligible, emerging, rules, worth

GIVEN = {name: one.value for name, one in rules().assumptions.items()}


@pytest.mark.parametrize(
    ("industry", "kv", "met"),
    [
        (True, 110, [True, True]),
        (True, 109, [True, False]),
        (False, 220, [False, True]),
        (None, None, [None, None]),
    ],
)
def test_industry_and_voltage_decide(industry, kv, met):
    conditions = eligible(is_emerging=industry, kv=None if kv is None else Decimal(kv))
    assert [one.met for one in conditions] == met


def test_solar_cells_are_taken_for_strategic_emerging():
    assert emerging("C3825")
    assert not emerging("C1311")


def test_ten_years_of_the_data_centre():
    found = cost(GIVEN)  # 4.38 × 10⁸ kWh a year at 0.55 and 0.30 yuan
    assert (found.ordinary, found.preferential, found.saved) == (240_900, 131_400, 109_500)
    assert found.operating == 481_800  # power is half of it
    assert len(found.years) == 10


def test_growth_and_discount_of_the_same_size_cancel():
    same = cost({**GIVEN, "growth": Decimal(5), "discount": Decimal(5)})
    assert abs(same.ordinary - 240_900) < Decimal("0.1")


@given(st.decimals(0, 10**11, places=0), st.integers(1, 30), st.decimals(-20, 50, places=1))
def test_the_cheaper_price_never_costs_more(kwh, years, growth):
    found = cost({**GIVEN, "kwh": kwh, "years": Decimal(years), "growth": growth})
    assert found.preferential <= found.ordinary
    assert len(found.years) == years


def test_a_kwh_used_here_and_sent_out():
    found = worth(GIVEN)
    assert (found.here, found.out, found.times) == (Decimal("0.4"), Decimal("0.033"), Decimal("12.1"))
    assert worth({**GIVEN, "export_price": Decimal(0)}).times is None
