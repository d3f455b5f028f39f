"""Power: who may take part in the preferential trade, what the years cost, what a kWh is worth; the caller may change numbers."""

from decimal import Decimal
from typing import Annotated

from ninja import Query
from pydantic import Field

from luodi.accounts.gate import SignedIn
from luodi.api.doors import reads
from luodi.api.problems import Words
from luodi.api.reads.supply import Assumed, Wan, assumed
from luodi.api.shapes import Shape, Short
from luodi.desk.supplying.reaching import project_of
from luodi.domain.factors import power
from luodi.domain.factors.needs import known_value
from luodi.domain.facts.project import ProjectFile
from luodi.domain.vocabulary import Refusal

TAG = "factors"
GREATEST_KV = 1000
Set = Annotated[Decimal | None, Query(max_digits=20, decimal_places=6)]


class TradeCondition(Shape):
    """A condition of the preferential trade; `met` null: nobody knows."""

    met: bool | None
    words: Words


class PowerYear(Shape):
    """A year: kWh used, and yuan at either price."""

    no: int
    kwh: Decimal
    ordinary: Decimal
    preferential: Decimal


class PowerReckoned(Shape):
    """Who may take part, what the years cost in 万元, and the tax of one kWh in yuan, used here and sent out."""

    given: list[Assumed] = Field(description="Every number it rests on, as it was set, known or assumed")
    conditions: list[TradeCondition]
    years: list[PowerYear]
    ordinary: Wan
    preferential: Wan
    saved: Wan
    operating: Wan
    here: Decimal
    out: Decimal
    times: Decimal | None


@reads(TAG, "/factors/power", "factor.read", PowerReckoned, dated=False)
def factor_power(
    request: SignedIn, project: Short = None, emerging: bool | None = None, kv: Set = None, kwh: Set = None,
    price: Set = None, preferential: Set = None, years: Set = None, growth: Set = None, discount: Set = None,
    share: Set = None, output_of_kwh: Set = None, tax_of_output: Set = None, export_price: Set = None,
    tax_of_export: Set = None, said_times: Set = None,
) -> dict[str, object]:  # fmt: skip
    """Eligibility, cost and worth of power, of a project or for numbers of one's own.  At most three queries."""
    file = project_of(request, project).file if project else None
    said = {
        "kwh": kwh, "price": price, "preferential": preferential, "years": years, "growth": growth, "discount": discount,
        "share": share, "output_of_kwh": output_of_kwh, "tax_of_output": tax_of_output, "export_price": export_price,
        "tax_of_export": tax_of_export, "said_times": said_times,
    }  # fmt: skip
    given = _given(said, file)
    found, worth = power.cost(given), power.worth(given)
    rules = power.rules().assumptions
    return {
        "given": [assumed(rule) | {"value": given[id_]} for id_, rule in rules.items()],
        "conditions": power.eligible(is_emerging=_emerging(emerging, file), kv=_kv(kv, file)),
        "years": found.years, "ordinary": found.ordinary, "preferential": found.preferential, "saved": found.saved,
        "operating": found.operating, "here": worth.here, "out": worth.out, "times": worth.times,
    }  # fmt: skip


def _given(said: dict[str, Decimal | None], file: ProjectFile | None) -> dict[str, Decimal]:
    """Every number: as it was set, else the project's, else assumed.  Raises `Refusal` beside one out of range."""
    found = {}
    for id_, rule in power.rules().assumptions.items():
        value = said[id_]
        if value is not None and not rule.low <= value <= rule.high:
            raise Refusal("number_out_of_range", field=id_, name=rule.name, low=f"{rule.low:f}", high=f"{rule.high:f}")
        known = known_value(file, "annual_electricity.amount") if id_ == "kwh" and file is not None else None
        found[id_] = value if value is not None else known or rule.value
    return found


def _emerging(said: bool | None, file: ProjectFile | None) -> bool | None:
    code = file.form.get("industry_code") if file else None
    return said if said is not None else power.emerging(code) if isinstance(code, str) and code else None


def _kv(said: Decimal | None, file: ProjectFile | None) -> Decimal | None:
    if said is not None and not 0 < said <= GREATEST_KV:
        name = power.rules().least_kv.name
        raise Refusal("number_out_of_range", field="kv", name=name, low="0", high=str(GREATEST_KV))
    return said if said is not None else known_value(file, "annual_electricity.voltage_kv") if file else None
