"""The 38 items in ten categories and who can guarantee them: `data/factors/`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from luodi.domain.ledger.kinds import kinds
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.grounds import confidence_of, source_of, text_of
from luodi.domain.source.reading import data_names, read_data
from luodi.domain.vocabulary import Confidence, Source, Text

FOLDER = "factors/items"
GUARANTORS, NODES = "factors/guarantors.yaml", "factors/nodes.yaml"
GROUPS: Mapping[str, Text] = MappingProxyType(
    {
        "province": Text("省直部门", "Provincial departments"),
        "stationed": Text("驻晋单位", "Stationed units"),
        "city": Text("市", "Cities"),
        "zone": Text("开发区", "Zone"),
        "company": Text("企业单位", "Companies"),
    }
)
WORKS = "works"
"""What waits for an item where it is no matter: the building works."""


@dataclass(frozen=True, slots=True)
class Guarantor:
    """Somebody who can guarantee an item.

    `unit`: the zone's organisation that acts as this unit of the catalogue; `organisation`: one organisation by its code;
    `kind`: the zone's organisation of this kind.  All "" for those who have no post here: officers of the zone write down
    what they answer.  `named`: an article names them; the others are inferred.
    """

    id: str
    name: Text
    short: Text
    group: str
    unit: str
    organisation: str
    kind: str
    named: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One item.  `gates`: the matter, `works`, or the milestone that waits for it; `milestone`: whether it is one.

    `lead_days`: calendar days it takes to arrange, an assumption until enough requests have been met.
    `quota`: the kind of quota in which nodes keep its capacity, None where there is none.
    """

    id: str
    no: int
    name: Text
    category: str
    unit: Text
    by: tuple[str, ...]
    lead_days: int
    gates: str
    milestone: bool
    quota: str | None
    source: Source
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Category:
    """One of the ten categories with its items."""

    id: str
    name: Text
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class NodeKind:
    """A kind of utility node, and the kind of quota its capacity is counted in."""

    id: str
    name: Text
    quota: str
    unit: str


@cache
def guarantors() -> Mapping[str, Guarantor]:
    """Everybody who can be asked, by id, in the order of their groups.  Raises `BadInput` with every fault."""
    faults = Faults(GUARANTORS)
    found = {}
    for key, row in ask.rows(ask.row(read_data(GUARANTORS, faults), faults)):
        found[key] = Guarantor(
            key, ask.pair(row), text_of(row, "short"), ask.choice(row, "group", GROUPS), ask.text(row, "unit", ""),
            ask.text(row, "organisation", ""), ask.text(row, "kind", ""),
            ask.choice(row, "basis", ("named", "inferred")) == "named",
        )  # fmt: skip
        ask.close(row)
    faults.settle()
    order = tuple(GROUPS)
    return MappingProxyType(dict(sorted(found.items(), key=lambda one: order.index(one[1].group))))


@cache
def categories() -> tuple[Category, ...]:
    """The ten categories in their order.  Raises `BadInput` with every fault of all files."""
    faults = Faults(FOLDER)
    found = []
    for name in data_names(FOLDER):
        of_file = faults.of(name)
        root = ask.row(read_data(name, of_file), of_file)
        key = name.rpartition("/")[2].removesuffix(".yaml")[3:]
        listed = ask.rows(ask.child(root, "items"))
        found.append(Category(key, ask.pair(root), tuple(_item(id_, key, row) for id_, row in listed)))
        ask.close(root)
    faults.settle()
    return tuple(found)


@cache
def items() -> Mapping[str, Item]:
    """Every item by id, in the order of their numbers."""
    return MappingProxyType({one.id: one for category in categories() for one in category.items})


@cache
def node_kinds() -> Mapping[str, NodeKind]:
    """The kinds of utility nodes by id.  Raises `BadInput` with every fault."""
    faults = Faults(NODES)
    found = {}
    for key, row in ask.rows(ask.row(read_data(NODES, faults), faults)):
        found[key] = NodeKind(key, ask.pair(row), ask.choice(row, "quota", kinds()), ask.text(row, "unit"))
        ask.close(row)
    faults.settle()
    return MappingProxyType(found)


def _item(id_: str, category: str, row: ask.Row) -> Item:
    by = ask.texts(row, "by")
    for one in by:
        if one not in guarantors():
            ask.unknown(row.faults, ask.item_line(row, "by", one), "unknown_key", one, guarantors())
    waits, milestone = _gate(ask.child(row, "gates"))
    found = Item(
        id_, ask.whole(row, "no", low=1, high=99), ask.pair(row), category, text_of(row, "unit"), by,
        ask.whole(row, "lead_days", low=1, high=2000), waits, milestone,
        ask.choice(row, "quota", kinds()) if ask.has(row, "quota") else None, source_of(row), confidence_of(row),
    )  # fmt: skip
    ask.close(row)
    return found


def _gate(row: ask.Row) -> tuple[str, bool]:
    """What waits for an item, and whether that is a milestone."""
    milestone = ask.has(row, "milestone")
    if milestone:
        waits = ask.text(row, "milestone")
    elif ask.has(row, "works"):
        waits = WORKS if ask.flag(row, "works") else ""
    else:
        waits = ask.text(row, "matter")
    ask.close(row)
    return waits, milestone
