"""The readable cases of `tests/rules/indicators/`: rates, pace, rewards, lags."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from luodi.domain.indicators.batches import agrees
from luodi.domain.indicators.enrolment import enrolment, reward
from luodi.domain.indicators.lags import lag, waits
from luodi.domain.indicators.progress import pace
from luodi.domain.indicators.rounding import percent

FOLDER = Path(__file__).parents[2] / "rules" / "indicators"
TODAY = date(2026, 11, 21)


def cases(name: str) -> list[dict[str, Any]]:
    found = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    assert len(found) > 3
    return list(found)


@pytest.mark.parametrize("case", cases("rates"), ids=lambda case: f"{case['place']}{case['rate']}{case['says']}")
def test_published_rates(case: dict[str, Any]) -> None:
    assert percent(Decimal(case["part"]), Decimal(case["whole"])) == Decimal(case["gives"])
    assert agrees(case["part"], case["whole"], case["says"]) is case["possible"]


@pytest.mark.parametrize("case", cases("pace"), ids=lambda case: f"{case['done']}/{case['target']}@{case['months']}")
def test_pace(case: dict[str, Any]) -> None:
    found = pace(Decimal(case["done"]), Decimal(case["target"]), case["months"], green=Decimal(100), amber=Decimal(90))
    assert found is not None
    assert (found.ratio, found.light) == (Decimal(case["ratio"]), case["light"])
    assert found.due == Decimal(case["due"])
    assert found.a_month == (Decimal(case["a_month"]) if case["a_month"] else None)


@pytest.mark.parametrize("case", cases("rewards"), ids=lambda case: f"{case['years']}-{case['strategic']}")
def test_rewards(case: dict[str, Any]) -> None:
    found = reward(enrolment().rewards, years=case["years"], strategic=case["strategic"])
    assert found.together == Decimal(case["together"])


@pytest.mark.parametrize("case", cases("lags"), ids=lambda case: case["name"])
def test_lags(case: dict[str, Any]) -> None:
    found = lag(case["events"], TODAY, waits().rows)
    if case["wait"] is None:
        assert found is None
        return
    assert found is not None
    assert (found.wait.id, found.days, found.over) == (case["wait"], case["days"], case["over"])
