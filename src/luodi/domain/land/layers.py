"""The layers that can lie over a parcel, what each class of them does, and on which ground: `data/land/layers.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from luodi.domain.catalogue.reading import load
from luodi.domain.land.states import words
from luodi.domain.source import asking as ask
from luodi.domain.source.grounds import confidence_of, source_of, text_of
from luodi.domain.source.tables import read_table
from luodi.domain.source.tree import Leaf
from luodi.domain.vocabulary import Confidence, Scalar, Source, Text

FILE = "land/layers.yaml"
EFFECTS = ("blocks", "adds", "paper", "limits", "covers", "frames")
BOUNDARY = "boundary"
"""The layer of a zone's own borders: it frames the map and has no effect on a parcel."""
AREA = "area"
"""The value of a fact that takes the overlapped m²."""


@dataclass(frozen=True, slots=True)
class Class:
    """A class of a layer.  `matter`: what it adds or covers; `paper`: the commitment it needs; `years`: how long a result
    holds where the file says nothing; `fact` and `value`: what it tells the plan.
    """

    layer: str
    id: str
    name: Text
    effect: str
    says: Text
    source: Source
    confidence: Confidence
    matter: str = ""
    paper: str = ""
    years: int | None = None
    fact: str = ""
    value: Scalar = True


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer with its classes."""

    id: str
    name: Text
    classes: Mapping[str, Class]


@dataclass(frozen=True, slots=True)
class Rules:
    """All of `layers.yaml`."""

    layers: Mapping[str, Layer]
    papers: Mapping[str, Text]


@cache
def rules() -> Rules:
    """The layers as shipped."""
    return read_table(FILE, read_rules)


def read_rules(root: ask.Row) -> Rules:
    """`layers.yaml`."""
    papers = words(root, "papers")
    found = {}
    for key, row in ask.rows(ask.child(root, "layers")):
        classes = {id_: _class(key, id_, one, papers) for id_, one in ask.rows(ask.child(row, "classes"))}
        found[key] = Layer(key, ask.pair(row), MappingProxyType(classes))
        ask.close(row)
    ask.close(root)
    return Rules(MappingProxyType(found), papers)


def _class(layer: str, id_: str, row: ask.Row, papers: Mapping[str, Text]) -> Class:
    matters = load().matters
    matter, paper = ask.text(row, "matter", ""), ask.text(row, "paper", "")
    if matter and matter not in matters:
        ask.unknown(row.faults, ask.line(row, "matter"), "names_nothing", matter, matters)
    if paper and paper not in papers:
        ask.unknown(row.faults, ask.line(row, "paper"), "names_nothing", paper, papers)
    own = matters.get(matter) if not ask.has(row, "source") else None
    source, confidence = (own.source, own.confidence) if own else (source_of(row), confidence_of(row))
    value = ask.node(row, "value")
    found = Class(
        layer, id_, ask.pair(row), ask.choice(row, "effect", EFFECTS), text_of(row, "says"), source, confidence, matter,
        paper, ask.whole(row, "years", None, low=1, high=50), ask.text(row, "fact", ""),
        _scalar(value.value if isinstance(value, Leaf) else None),
    )  # fmt: skip
    ask.close(row)
    return found


def _scalar(value: object) -> Scalar:
    return value if isinstance(value, str | bool | int | float) else True
