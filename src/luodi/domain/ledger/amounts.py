"""Amounts as officers write them (`2431 亩`, `162.0667 公顷`, `1.85e6 kg`), as whole numbers of the smallest unit and back."""

import re
from fractions import Fraction

from luodi.domain.ledger.kinds import Kind, kinds
from luodi.domain.vocabulary import Refusal, Text

WRITTEN = re.compile(r"([-+]?[0-9][0-9,，]*(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,2})?)\s*(\S{0,12})")
THIN = "\u2009"


def amount(written: str, kind: Kind, field: str = "amount") -> int:
    """The amount in smallest units of its kind; a number without unit is in the kind's own.

    Raises `Refusal` beside `field`: not a number, a unit of another kind or of none, finer than the ledger counts, not
    above zero, or larger than any real one.  Nothing is ever rounded.
    """
    found = WRITTEN.fullmatch(written.strip()[:60])
    if found is None:
        raise Refusal("amount_unreadable", field=field, value=written.strip()[:60], quota=kind.name, unit=kind.unit)
    size = Fraction(found[1].replace(",", "").replace("，", "")) * _size(found[2], kind, field) * 10**kind.decimals
    if size <= 0:
        raise Refusal("amount_not_positive", field=field, quota=kind.name)
    if size > kind.greatest:
        most = said(kind.greatest, kind)
        raise Refusal("quota_amount_too_large", field=field, quota=kind.name, value=written.strip()[:60], most=most)
    if size.denominator != 1:
        raise Refusal("amount_too_fine", field=field, quota=kind.name, decimals=kind.decimals, unit=kind.unit)
    return int(size)


def _size(unit: str, kind: Kind, field: str) -> Fraction:
    if not unit:
        return Fraction(1)
    if unit in kind.ways:
        return kind.ways[unit]
    known = "、".join(kind.ways)
    others = [one.name for one in kinds().values() if unit in one.ways]
    if others:
        raise Refusal("amount_unit_of_another", field=field, unit=unit, quota=kind.name, other=others[0], known=known)
    raise Refusal("amount_unit_unknown", field=field, unit=unit, quota=kind.name, known=known)


def figure(size: int, kind: Kind) -> str:
    """An amount as digits in the kind's unit, `3,500` or `22.57`: every digit that counts and none more."""
    sign, whole = ("-" if size < 0 else ""), abs(size)
    units, rest = divmod(whole, 10**kind.decimals)
    tail = f"{rest:0{kind.decimals}d}".rstrip("0") if kind.decimals else ""
    return f"{sign}{units:,}" + (f".{tail}" if tail else "")


def said(size: int, kind: Kind) -> Text:
    """An amount with its unit, in both languages."""
    digits = figure(size, kind)
    return Text(f"{digits}{THIN}{kind.unit.zh}", f"{digits}{THIN}{kind.unit.en}")
