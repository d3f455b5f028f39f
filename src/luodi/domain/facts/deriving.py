"""The facts that follow from the form, as `data/facts.yaml` says by `from_field`, and three that follow by rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luodi.domain.catalogue.matters import FactRule
from luodi.domain.facts.checking import Value
from luodi.domain.facts.codes import is_industrial
from luodi.domain.facts.quantities import Quantity
from luodi.domain.vocabulary import Scalar

HANDLED = ("生产", "储存")
"""Producing or storing hazardous chemicals counts, using them does not (危险化学品安全管理条例: safety-condition review)."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A fact with the form field it follows from."""

    value: Scalar
    field: str


def derive(values: Mapping[str, Value], rules: Mapping[str, FactRule]) -> dict[str, Derived]:
    """Every fact that the given form values settle, by fact id."""
    found: dict[str, Derived] = {}
    for rule in rules.values():
        path = rule.from_field or ""
        value = _at(values, path if "." in path else _whole(path))
        if value is not None:
            found[rule.id] = Derived(value, path.partition(".")[0])
    if isinstance(code := values.get("industry_code"), str):
        found["enterprise.is_industry"] = Derived(is_industrial(code), "industry_code")
    if isinstance(substances := values.get("hazardous_substances"), list):
        handled = any(isinstance(each, dict) and each.get("use") in HANDLED for each in substances)
        found["project.hazchem_production_or_storage"] = Derived(handled, "hazardous_substances")
    return {fact: derived for fact, derived in found.items() if fact in rules}


def _whole(field: str) -> str:
    """The part that stands for a field made of parts."""
    return {"annual_electricity": "annual_electricity.amount", "floor_area": "floor_area.total"}.get(field, field)


def _at(values: Mapping[str, Value], path: str) -> Scalar | None:
    """The value at a path such as `annual_water.source`, as conditions compare it."""
    key, _, part = path.partition(".")
    value: Value | None = values.get(key)
    if part:
        value = value.get(part) if isinstance(value, dict) else None
    match value:
        case Quantity():
            return value.number()
        case Decimal():
            return float(value)
        case str() | date():
            return value
        case _:
            return None
