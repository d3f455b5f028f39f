"""What can be looked up (`data/finding/kinds.yaml`): each kind with the function that decides who sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_data
from luodi.domain.vocabulary import Text

FILE = "finding/kinds.yaml"
MOST = 99


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing.  `number` stands in the table in place of the id."""

    id: str
    name: Text
    number: int
    function: str


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by id, in the order in which results are shown.  Raises `BadInput` with every problem of the file."""
    faults = Faults(FILE)
    found = {}
    for id_, row in ask.rows(ask.row(read_data(FILE, faults), faults)):
        found[id_] = Kind(id_, ask.pair(row), ask.whole(row, "number", low=1, high=MOST), ask.code(row, "function"))
        ask.close(row)
    faults.settle()
    return found
