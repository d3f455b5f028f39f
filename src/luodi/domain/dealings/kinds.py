"""The kinds of term: `data/dealings/terms.yaml`, each with the side that gives it, its unit, and the ledger it draws on."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from types import MappingProxyType

from luodi.domain.ledger.kinds import Kind
from luodi.domain.ledger.kinds import kinds as quotas
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.grounds import text_of
from luodi.domain.source.reading import read_data
from luodi.domain.vocabulary import Confidence, Source, Text

FILE = "dealings/terms.yaml"
SIDES: Mapping[str, Text] = MappingProxyType(
    {"investor": Text("投资方", "Investor"), "zone": Text("开发区", "Zone")},
)
ZONE_GIVES = "zone"
"""The side whose offers need authority."""
FORMS = ("amount", "date", "text")
MORE, LESS, EARLIER = "more", "less", "earlier"
SOURCE = Source("洽谈条款的种类和计量单位由产品约定")


@dataclass(frozen=True, slots=True)
class TermKind:
    """A kind of term.  `side`: who gives it.  `gives`: which way its giver gives more (""; for texts nobody can say).

    `measure`: unit and bounds of an amount; of a quota's kind where `quota` names the ledger the offer draws on.
    """

    id: str
    name: Text
    side: str
    form: str
    gives: str
    measure: Kind | None
    quota: str | None

    @property
    def size(self) -> Kind:
        """Unit and bounds of an amount; asking it of a date or a text is a bug."""
        if self.measure is None:
            raise ValueError(f"{self.id} has no unit")
        return self.measure


@cache
def kinds() -> Mapping[str, TermKind]:
    """Every kind by id, in the order of the file.  Raises `BadInput` with all its faults."""
    faults = Faults(FILE)
    root = ask.row(read_data(FILE, faults), faults)
    found = {key: _kind(key, row) for key, row in ask.rows(root)}
    faults.settle()
    return MappingProxyType(found)


def _kind(key: str, row: ask.Row) -> TermKind:
    quota = ask.choice(row, "quota", quotas()) if ask.has(row, "quota") else None
    side = ask.choice(row, "side", SIDES)
    if quota is not None:
        found = TermKind(key, quotas()[quota].name, side, "amount", MORE, quotas()[quota], quota)
    else:
        form = ask.choice(row, "form", FORMS)
        gives = {"amount": MORE, "date": EARLIER, "text": ""}[form]
        if form == "amount":
            gives = ask.choice(row, "gives", (MORE, LESS), MORE)
        name = ask.pair(row)
        found = TermKind(key, name, side, form, gives, _measure(key, name, row) if form == "amount" else None, None)
    ask.close(row)
    return found


def _measure(key: str, name: Text, row: ask.Row) -> Kind:
    unit, decimals = text_of(row, "unit"), ask.whole(row, "decimals", 0, low=0, high=6)
    ways = {unit.zh: Fraction(1), unit.en: Fraction(1)}
    if ask.has(row, "ways"):
        listed = ask.child(row, "ways")
        ways |= {word: Fraction(ask.code(listed, word)) for word, _ in ask.entries(listed)}
    most = ask.whole(row, "greatest", low=1) * 10**decimals
    return Kind(
        key, name, "money", unit, decimals, MappingProxyType(ways), False, most, None, SOURCE, Confidence.ASSUMPTION, None
    )  # fmt: skip
