"""What time saved is worth: interest of a loan not drawn, labour and fees not spent.  Exact: fractions, no floats."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from luodi.domain.vocabulary import Refusal, Source

MONTHS = 12
NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
WAN_IN_YI = 10_000
RUIHU = Source("《开发区建设周刊》", "瑞湖新能源汽车服务城：贷款1.5亿元，年利率4.75%，提前9个月")
YANGCHENG = Source("《开发区建设周刊》", "阳城“一本制”：19个项目、47个事项，节约370万元")
BOOKS = (19, 47, 370)
"""What the article counts of 一本制: projects, matters, and 10⁴ yuan saved."""
FEN = 6
"""Decimals of 10⁴ yuan down to a fen."""


@dataclass(frozen=True, slots=True)
class Money:
    """Money in 10⁴ yuan (万元), exact; `figure` is it as a decimal, rounded half up to a fen only where it never ends."""

    exact: Fraction

    @property
    def ends(self) -> bool:
        """Whether the decimal ends, so that nothing is rounded."""
        rest = self.exact.denominator
        for prime in (2, 5):
            while rest % prime == 0:
                rest //= prime
        return rest == 1

    @property
    def figure(self) -> Decimal:
        """The decimal: exact where it ends, else to a fen."""
        if self.ends:
            places = 0
            while (self.exact * 10**places).denominator != 1:
                places += 1
            return Decimal(int(self.exact * 10**places)).scaleb(-places)
        size = abs(self.exact) * 10**FEN
        whole = (2 * size.numerator + size.denominator) // (2 * size.denominator)
        return Decimal(whole if self.exact >= 0 else -whole).scaleb(-FEN)


@dataclass(frozen=True, slots=True)
class Loan:
    """A loan in 10⁴ yuan, its rate a year in per cent, and the months by which it is needed later or given back sooner."""

    amount: Decimal
    rate: Decimal
    months: Decimal

    @property
    def saved(self) -> Money:
        """Interest saved: loan × rate × months ÷ 12."""
        return Money(Fraction(self.amount) * Fraction(self.rate) / 100 * Fraction(self.months) / MONTHS)


@dataclass(frozen=True, slots=True)
class OneBook:
    """一本制: one book in place of so many reports.  Fees in 10⁴ yuan; a working day's labour in yuan."""

    reports: int
    fee: Decimal
    book_fee: Decimal
    days: Decimal
    people: int
    day_cost: Decimal

    @property
    def fees(self) -> Money:
        """Fees saved: reports × fee − fee of the one book."""
        return Money(self.reports * Fraction(self.fee) - Fraction(self.book_fee))

    @property
    def labour(self) -> Money:
        """Labour saved: working days × people × a day's cost, in 10⁴ yuan."""
        return Money(Fraction(self.days) * self.people * Fraction(self.day_cost) / 10_000)

    @property
    def saved(self) -> Money:
        """Both."""
        return Money(self.fees.exact + self.labour.exact)


def number(written: str, field: str, *, most: int, empty: str = "0") -> Decimal:
    """A number that is not negative, as people write it (`1,500`, `4.75%`).  Raises `Refusal` beside its field."""
    text = written.strip().replace(",", "").replace("，", "").rstrip("%％").strip() or empty
    if not NUMBER.fullmatch(text):
        raise Refusal("saving_number", field=field, value=written.strip()[:40])
    found = Decimal(text)
    if found > most:
        raise Refusal("saving_too_large", field=field, value=written.strip()[:40], most=most)
    return found


def money(written: str, field: str) -> Decimal:
    """Money in 10⁴ yuan; `1.5 亿元`, `15000 万元`, `15000`.  Raises `Refusal` beside its field."""
    text, size = written.strip(), 1
    for unit, times in (("亿元", WAN_IN_YI), ("亿", WAN_IN_YI), ("万元", 1), ("万", 1)):
        if text.endswith(unit):
            text, size = text.removesuffix(unit), times
            break
    return (number(text, field, most=100_000_000) * size).normalize()


def whole(written: str, field: str, *, most: int) -> int:
    """A whole number.  Raises `Refusal` beside its field."""
    found = number(written, field, most=most)
    if found != int(found):
        raise Refusal("saving_number", field=field, value=written.strip()[:40])
    return int(found)


BOOK = ("reports", "fee", "book_fee", "days", "people", "day_cost")


def loan_of(given: Mapping[str, str]) -> Loan:
    """A loan as it was typed: loan, rate, months.  Raises `Refusal` beside the field."""
    return Loan(
        money(given["loan"], "loan"),
        number(given["rate"], "rate", most=100),
        number(given["months"], "months", most=600),
    )


def book_of(given: Mapping[str, str]) -> OneBook | None:
    """One book as it was typed; None where nothing was.  Raises `Refusal` beside the field."""
    if not any(given[name].strip() for name in BOOK):
        return None
    return OneBook(
        whole(given["reports"], "reports", most=1000),
        money(given["fee"], "fee"),
        money(given["book_fee"], "book_fee"),
        number(given["days"], "days", most=10_000),
        whole(given["people"], "people", most=10_000),
        number(given["day_cost"], "day_cost", most=100_000),
    )


def said(found: Money) -> str:
    """A sum as digits: every digit that counts, and `≈` where a decimal never ends."""
    return ("" if found.ends else "≈ ") + f"{found.figure:,f}"
