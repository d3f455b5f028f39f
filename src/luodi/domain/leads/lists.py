"""The lists leads choose from: `data/leads/lists.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.grounds import source_of
from luodi.domain.source.reading import read_data
from luodi.domain.vocabulary import Source, Text

FILE = "leads/lists.yaml"
BASES = ("article", "assumption")


@dataclass(frozen=True, slots=True)
class Choice:
    """One word of a list; `basis`: article, or assumption where no article names it."""

    id: str
    name: Text
    basis: str = "article"


@dataclass(frozen=True, slots=True)
class Region:
    """Where a company comes from."""

    id: str
    name: Text
    area: str


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the pipeline.  `milestone`: the milestone of a project that is its beginning, "" for none."""

    id: str
    name: Text
    milestone: str
    place: int


@dataclass(frozen=True, slots=True)
class Status:
    """How it stands beside its stage; `over`: nobody works on it, and sums leave it out."""

    id: str
    name: Text
    over: bool


@dataclass(frozen=True, slots=True)
class Quoted:
    """A figure that is only quoted."""

    words: Text
    source: Source


@dataclass(frozen=True, slots=True)
class Lists:
    """All lists, in the order of the file."""

    channels: Mapping[str, Choice]
    programmes: Mapping[str, Choice]
    sectors: Mapping[str, Choice]
    areas: Mapping[str, Text]
    regions: Mapping[str, Region]
    stages: Mapping[str, Stage]
    statuses: Mapping[str, Status]
    reasons: Mapping[str, tuple[Text, frozenset[str]]]  # the words, and for which statuses
    skills: Mapping[str, Text]
    quoted: tuple[Quoted, ...]


@cache
def lists() -> Lists:
    """The file.  Raises `BadInput` with every fault of it."""
    faults = Faults(FILE)
    found = read(ask.row(read_data(FILE, faults), faults))
    faults.settle()
    return found


def read(root: ask.Row) -> Lists:
    """The lists of a file that is open, every problem noted."""
    areas = _texts(root, "areas")
    statuses = {key: _status(key, row) for key, row in ask.rows(ask.child(root, "statuses"))}
    stages = ask.rows(ask.child(root, "stages"))
    found = Lists(
        _choices(root, "channels"),
        _choices(root, "programmes"),
        _choices(root, "sectors"),
        areas,
        MappingProxyType({key: _region(key, row, areas) for key, row in ask.rows(ask.child(root, "regions"))}),
        MappingProxyType({key: _stage(key, row, place) for place, (key, row) in enumerate(stages)}),
        MappingProxyType(statuses),
        MappingProxyType({key: _reason(row, statuses) for key, row in ask.rows(ask.child(root, "reasons"))}),
        _texts(root, "skills"),
        tuple(_quoted(row) for _, row in ask.rows(ask.child(root, "quoted"))),
    )
    ask.close(root)
    return found


def _choices(root: ask.Row, name: str) -> Mapping[str, Choice]:
    found = {}
    for key, row in ask.rows(ask.child(root, name)):
        found[key] = Choice(key, ask.pair(row), ask.choice(row, "basis", BASES))
        ask.close(row)
    return MappingProxyType(found)


def _texts(root: ask.Row, name: str) -> Mapping[str, Text]:
    found = {}
    for key, row in ask.rows(ask.child(root, name)):
        found[key] = ask.pair(row)
        ask.close(row)
    return MappingProxyType(found)


def _region(key: str, row: ask.Row, areas: Mapping[str, Text]) -> Region:
    found = Region(key, ask.pair(row), ask.choice(row, "area", areas))
    ask.close(row)
    return found


def _stage(key: str, row: ask.Row, place: int) -> Stage:
    found = Stage(key, ask.pair(row), ask.text(row, "milestone", ""), place)
    ask.close(row)
    return found


def _status(key: str, row: ask.Row) -> Status:
    found = Status(key, ask.pair(row), ask.flag(row, "over"))
    ask.close(row)
    return found


def _reason(row: ask.Row, statuses: Mapping[str, Status]) -> tuple[Text, frozenset[str]]:
    words, held = ask.pair(row), ask.texts(row, "for")
    for one in held:
        if one not in statuses:
            ask.unknown(row.faults, ask.item_line(row, "for", one), "unknown_key", one, statuses)
    ask.close(row)
    return words, frozenset(held)


def _quoted(row: ask.Row) -> Quoted:
    found = Quoted(ask.pair(row), source_of(row))
    ask.close(row)
    return found
