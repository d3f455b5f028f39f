"""Amounts of money in whole yuan: as people write them, and as they are shown, in 万元 and 亿元."""

from decimal import Decimal

from luodi.domain.facts.quantities import Quantity, quantity
from luodi.domain.vocabulary import Refusal, Text

YUAN = 10_000
"""Yuan of one 万元."""
LARGEST = 100_000_000 * YUAN
"""1 万亿元: more is a slip of the pen (a bound of this program)."""
THIN = "\u2009"


def yuan(written: str, field: str) -> int | None:
    """`12 亿元`, `12000` (万元) as whole yuan; None where nothing is written.  Raises `Refusal` beside its field."""
    plain = written.strip()
    if not plain:
        return None
    found = quantity(plain, "万元")
    if not isinstance(found, Quantity):
        raise Refusal("lead_amount_unreadable", field=field, value=plain[:40])
    exact = found.amount * YUAN
    if exact != exact.to_integral_value() or not 0 <= exact <= LARGEST:
        raise Refusal("lead_amount_unreadable", field=field, value=plain[:40])
    return int(exact)


def said(amount: int | None) -> Text:
    """`12 亿元` from one 亿 on, else `3200 万元` (`1.2 billion yuan`, `32 million yuan`); `—` where it is not known."""
    if amount is None:
        return Text("—", "—")
    ten_thousands, millions = Decimal(amount) / YUAN, Decimal(amount) / 1_000_000
    large = ten_thousands >= YUAN
    zh = f"{_plain(ten_thousands / YUAN)}{THIN}亿元" if large else f"{_plain(ten_thousands)}{THIN}万元"
    billions = millions >= 1_000
    en = f"{_plain(millions / 1_000)} billion yuan" if billions else f"{_plain(millions)} million yuan"
    return Text(zh, en)


def wan(amount: int | None) -> str:
    """The figure alone, in 万元, for files and forms."""
    return "" if amount is None else _plain(Decimal(amount) / YUAN)


def _plain(value: Decimal) -> str:
    """Without an exponent and without zeros at the end."""
    figure = f"{value:f}"
    return figure.rstrip("0").rstrip(".") if "." in figure else figure
