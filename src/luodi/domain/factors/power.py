"""Power: who may take part in the preferential trade, what ten years of it cost, and what a kWh is worth used here."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from luodi.domain.factors.needs import Assumption, read_assumptions
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.grounds import confidence_of, source_of, text_of
from luodi.domain.source.reading import read_data
from luodi.domain.vocabulary import Confidence, Source, Text

FILE = "factors/power.yaml"
WAN = Decimal(10_000)
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Rules:
    """The conditions of the preferential trade, and the numbers everything else rests on.

    `codes`: industry codes taken for strategic emerging ones; a person may say otherwise.
    """

    least_kv: Assumption
    codes: frozenset[str]
    codes_source: Source
    codes_confidence: Confidence
    assumptions: Mapping[str, Assumption]


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of the trade, whether it is met (None: nobody knows), and why."""

    met: bool | None
    words: Text


@dataclass(frozen=True, slots=True)
class Year:
    """One year: kWh used, and yuan at either price, discounted."""

    no: int
    kwh: Decimal
    ordinary: Decimal
    preferential: Decimal


@dataclass(frozen=True, slots=True)
class Cost:
    """What power costs over the years, in 万元, at either price; `operating`: the whole cost of which power is its share."""

    years: tuple[Year, ...]
    ordinary: Decimal
    preferential: Decimal
    operating: Decimal

    @property
    def saved(self) -> Decimal:
        """The difference, in 万元."""
        return self.ordinary - self.preferential


@dataclass(frozen=True, slots=True)
class Worth:
    """The tax of one kWh used in the zone and sent out, in yuan; `times` None where nothing is earned by sending it out."""

    here: Decimal
    out: Decimal
    times: Decimal | None


@cache
def rules() -> Rules:
    """The rules of power.  Raises `BadInput` with every fault of the file."""
    faults = Faults(FILE)
    root = ask.row(read_data(FILE, faults), faults)
    row = ask.child(root, "least_kv")
    least = Assumption(
        "least_kv", ask.pair(row), Decimal(str(ask.number(row, "value"))), text_of(row, "unit"), source_of(row),
        confidence_of(row),
    )  # fmt: skip
    ask.close(row)
    emerging = ask.child(root, "emerging")
    found = Rules(
        least, frozenset(ask.texts(emerging, "codes")), source_of(emerging), confidence_of(emerging),
        read_assumptions(ask.child(root, "assumptions")),
    )  # fmt: skip
    ask.close(emerging)
    ask.close(root)
    faults.settle()
    return found


def emerging(code: str) -> bool:
    """Whether an industry code is one of those taken for strategic emerging."""
    return code in rules().codes


def eligible(*, is_emerging: bool | None, kv: Decimal | None) -> tuple[Condition, Condition]:
    """The two conditions of the preferential trade: the industry, and the voltage (least 110 kV).  Both must be met."""
    least = rules().least_kv.value
    industry = {
        True: Text("属于战略性新兴产业", "a strategic emerging industry"),
        False: Text("不属于战略性新兴产业", "no strategic emerging industry"),
        None: Text("行业没有填写", "the industry is not stated"),
    }[is_emerging]
    if kv is None:
        return Condition(is_emerging, industry), Condition(
            None,
            Text(
                f"电压等级没有填写，要求 {least:f} 千伏及以上",
                f"the voltage is not stated; at least {least:f} kV is asked",
            ),
        )
    met = kv >= least
    said = Text(f"{kv:f} 千伏，要求 {least:f} 千伏及以上", f"{kv:f} kV, at least {least:f} kV is asked")
    return Condition(is_emerging, industry), Condition(met, said)


def cost(given: Mapping[str, Decimal]) -> Cost:
    """What the power of `years` costs at either price, in 万元, growing and discounted as said (percent a year)."""
    rows = []
    for no in range(1, int(given["years"]) + 1):
        kwh = given["kwh"] * (1 + given["growth"] / 100) ** (no - 1)
        factor = (1 + given["discount"] / 100) ** (1 - no)
        rows.append(Year(no, kwh, kwh * given["price"] * factor, kwh * given["preferential"] * factor))
    ordinary = sum((one.ordinary for one in rows), Decimal(0)) / WAN
    preferential = sum((one.preferential for one in rows), Decimal(0)) / WAN
    return Cost(
        tuple(rows),
        ordinary.quantize(CENT),
        preferential.quantize(CENT),
        (ordinary * 100 / given["share"]).quantize(CENT),
    )


def worth(given: Mapping[str, Decimal]) -> Worth:
    """The tax that one kWh brings where it is used, and where it is sold to others, in yuan."""
    here = given["output_of_kwh"] * given["tax_of_output"] / 100
    out = given["export_price"] * given["tax_of_export"] / 100
    return Worth(here, out, (here / out).quantize(Decimal("0.1")) if out else None)
