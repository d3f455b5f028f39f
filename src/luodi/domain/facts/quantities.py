"""Amounts with a unit, as officers write them: `2431 亩`, `560 亿元`, `{value: 25, unit: 亿千瓦时}`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from luodi.domain.facts.wrong import Wrong
from luodi.domain.source.faults import hint

MU = Fraction(2000, 3)  # 1 亩 in m²: 15 亩 = 1 ha
UNITS: Mapping[str, Mapping[str, Fraction]] = {
    "m2": {"m2": Fraction(1), "m²": Fraction(1), "㎡": Fraction(1), "平方米": Fraction(1), "万平方米": Fraction(10_000),
           "亩": MU, "公顷": Fraction(10_000), "ha": Fraction(10_000), "hm2": Fraction(10_000),
           "km2": Fraction(10**6), "平方公里": Fraction(10**6)},
    "万元": {"万元": Fraction(1), "亿元": Fraction(10_000), "元": Fraction(1, 10_000)},
    "tce": {"tce": Fraction(1), "吨标准煤": Fraction(1), "吨标煤": Fraction(1), "万吨标准煤": Fraction(10_000)},
    "kWh": {"kWh": Fraction(1), "千瓦时": Fraction(1), "度": Fraction(1), "MWh": Fraction(1000),
            "万千瓦时": Fraction(10_000), "万kWh": Fraction(10_000), "亿千瓦时": Fraction(10**8), "亿kWh": Fraction(10**8)},
    "m3": {"m3": Fraction(1), "m³": Fraction(1), "立方米": Fraction(1), "万立方米": Fraction(10_000),
           "万m3": Fraction(10_000), "万m³": Fraction(10_000)},
    "m3/a": {"m3/a": Fraction(1), "m³/a": Fraction(1), "立方米/年": Fraction(1), "万立方米/年": Fraction(10_000),
             "万m3/a": Fraction(10_000), "万m³/a": Fraction(10_000)},
    "m3/d": {"m3/d": Fraction(1), "m³/d": Fraction(1), "立方米/日": Fraction(1), "立方米/天": Fraction(1)},
    "t/a": {"t/a": Fraction(1), "吨/年": Fraction(1), "万吨/年": Fraction(10_000), "kg/a": Fraction(1, 1000),
            "千克/年": Fraction(1, 1000)},
    "t": {"t": Fraction(1), "吨": Fraction(1), "kg": Fraction(1, 1000), "千克": Fraction(1, 1000)},
    "kV": {"kV": Fraction(1), "千伏": Fraction(1)},
    "kVA": {"kVA": Fraction(1), "千伏安": Fraction(1), "MVA": Fraction(1000), "万千伏安": Fraction(10_000)},
}  # fmt: skip
"""By canonical unit: every way to write it, and its size in the canonical unit."""

WRITTEN = re.compile(r"\s*([-+]?[0-9][0-9,，]*(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,2})?)\s*(\S{0,12})\s*", re.ASCII)
GREATEST = Decimal(10) ** 15
GRAIN = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Quantity:
    """`amount` in the canonical `unit`, to six decimals; `written` as it stands in the file."""

    amount: Decimal
    unit: str | None
    written: str

    def number(self) -> int | float:
        """The amount as conditions compare it: whole numbers stay whole."""
        return int(self.amount) if self.amount == self.amount.to_integral_value() else float(self.amount)


def quantity(value: object, unit: str | None, given: str | None = None) -> Quantity | Wrong:
    """The quantity that `value` states in `unit` (None: a bare number), `given` being a unit written beside it.

    A number without unit is in the canonical unit.  Wrong: `not_an_amount`, `amount_too_large`, `unknown_unit`,
    `unit_of_another_kind`, `unit_not_wanted`.
    """
    written = str(value)[:60]
    if isinstance(value, str):
        found = WRITTEN.fullmatch(value[:80])
        if not found:
            return Wrong("not_an_amount", {"value": written, "unit": unit or ""})
        value, given = found[1].replace(",", "").replace("，", ""), given or found[2] or None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return Wrong("not_an_amount", {"value": written, "unit": unit or ""})
    try:
        number = Decimal(str(value)[:60])
    except InvalidOperation:
        return Wrong("not_an_amount", {"value": written, "unit": unit or ""})
    if not number.is_finite() or abs(number) > GREATEST or number.adjusted() < -GREATEST.adjusted():
        return Wrong("amount_too_large", {"value": written})
    size = _size(given, unit)
    if isinstance(size, Wrong):
        return size
    exact = Fraction(number) * size
    amount = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(GRAIN).normalize()
    return Quantity(amount, unit, f"{written} {given}" if given and given not in written else written)


def _size(given: str | None, unit: str | None) -> Fraction | Wrong:
    """How many canonical units one of the written unit is."""
    if given is None:
        return Fraction(1)
    if unit is None:
        return Wrong("unit_not_wanted", {"given": given})
    known = UNITS.get(unit, {unit: Fraction(1)})
    if given in known:
        return known[given]
    facts = {"given": given, "unit": unit, "known": "、".join(known)}
    if any(given in others for others in UNITS.values()):
        return Wrong("unit_of_another_kind", facts)
    return Wrong("unknown_unit", facts | {"hint": hint(given, known)})
