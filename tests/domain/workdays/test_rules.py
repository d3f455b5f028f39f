"""The acceptance cases of `tests/rules/workdays/cases.yaml`, which an officer can read and extend."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from luodi.domain.vocabulary import DayUnit
from luodi.domain.workdays import official

CASES = yaml.safe_load((Path(__file__).parents[2] / "rules" / "workdays" / "cases.yaml").read_text("utf-8"))


@pytest.mark.parametrize(("day", "works", "why"), CASES["workday"])
def test_workday(day: date, works: bool, why: str) -> None:
    assert official().is_workday(day) is works, why


@pytest.mark.parametrize(("day", "days", "answer", "why"), CASES["add"])
def test_add(day: date, days: int, answer: date, why: str) -> None:
    assert official().add(day, days) == answer, why


@pytest.mark.parametrize(("start", "end", "answer", "why"), CASES["count"])
def test_count(start: date, end: date, answer: int, why: str) -> None:
    assert official().count(start, end) == answer, why


@pytest.mark.parametrize(("accepted", "period", "unit", "answer", "why"), CASES["due"])
def test_due(accepted: date, period: int, unit: str, answer: date, why: str) -> None:
    assert official().due(accepted, period, DayUnit(unit)) == answer, why
