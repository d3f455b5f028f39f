"""The one form: all 28 values checked at once, each by itself and against the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luodi.domain.facts.boundary import Boundary
from luodi.domain.facts.checking import Value, note, value_of
from luodi.domain.facts.fields import Form, the_form
from luodi.domain.facts.quantities import Quantity
from luodi.domain.facts.wrong import Wrong
from luodi.domain.source import asking as ask

AREA_TOLERANCE = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Filled:
    """The values given, by field id, and the line of each."""

    values: Mapping[str, Value]
    lines: Mapping[str, int]


def fill(row: ask.Row, *, complete: bool = True) -> Filled:
    """Every field of the form that `row` states, checked; `complete`: every required field must be there."""
    form = the_form()
    values: dict[str, Value] = {}
    for field in form.fields.values():
        node = ask.node(row, field.id)
        if node is not None:
            found = value_of(node, field, row.faults, complete=complete)
            if found is not None:
                values[field.id] = found
        elif field.required and complete:
            note(row.faults, ask.line(row), field, Wrong("field_missing"))
    ask.close(row)
    filled = Filled(values, {key: ask.line(row, key) for key in values})
    _together(filled, form, row)
    return filled


def amount(values: Mapping[str, Value], path: str) -> Decimal | None:
    """The amount of a quantity field or of a part (`floor_area.total`), None where it is not given."""
    key, _, part = path.partition(".")
    found = values.get(key)
    if part:
        found = found.get(part) if isinstance(found, dict) else None
    return found.amount if isinstance(found, Quantity) else None


def _together(filled: Filled, form: Form, row: ask.Row) -> None:
    """The rules between fields."""
    values = filled.values

    def wrong(key: str, code: str, **facts: object) -> None:
        note(row.faults, filled.lines[key], form.fields[key], Wrong(code, facts))

    start, production = values.get("planned_start"), values.get("planned_production")
    if isinstance(start, date) and isinstance(production, date) and production <= start:
        wrong("planned_production", "production_not_after_start", start=start, production=production)
    for small, great in (("building_footprint", "land_area"), ("fixed_investment", "total_investment")):
        less, more = amount(values, small), amount(values, great)
        if less is not None and more is not None and less > more:
            wrong(small, "more_than_whole", got=f"{less:f}", whole=form.fields[great].name, most=f"{more:f}",
                  unit=form.fields[small].unit)  # fmt: skip
    total = amount(values, "floor_area.total")
    parts = sum(
        (amount(values, f"floor_area.{part}") or Decimal(0) for part in ("production", "office_living")), Decimal(0)
    )
    if total is not None and parts > total:
        wrong("floor_area", "parts_beyond_total", parts=f"{parts:f}", total=f"{total:f}")
    land, plot = amount(values, "land_area"), values.get("site_boundary")
    if land is not None and isinstance(plot, Boundary) and abs(Decimal(plot.area) - land) > AREA_TOLERANCE * land:
        share = abs(Decimal(plot.area) / land - 1) * 100
        wrong("site_boundary", "boundary_area", drawn=round(plot.area), stated=f"{land:.0f}", share=f"{share:.1f}")
