"""Which matter uses up which quotas once it is granted: `data/quota_uses.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from luodi.domain.ledger.kinds import kinds
from luodi.domain.source import asking as ask
from luodi.domain.source.grounds import confidence_of, source_of
from luodi.domain.source.tables import known, read_table
from luodi.domain.vocabulary import Confidence, Source

FILE = "quota_uses.yaml"


@dataclass(frozen=True, slots=True)
class Uses:
    """Quotas by matter, and what that rests on."""

    matters: Mapping[str, tuple[str, ...]]
    source: Source
    confidence: Confidence


@cache
def uses() -> Uses:
    """The table as shipped."""
    return read_table(FILE, read_uses)


def read_uses(root: ask.Row) -> Uses:
    """The table as a file describes it; problems are noted."""
    found = {}
    for key, row in ask.rows(ask.child(root, "matters")):
        found[key] = ask.texts(row, "quotas")
        for one in found[key]:
            known(row, "quotas", one, kinds())
        ask.close(row)
    table = Uses(MappingProxyType(found), source_of(root), confidence_of(root))
    ask.close(root)
    return table
