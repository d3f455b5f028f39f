"""The ten kinds of correction request: what is wrong, and what the applicant is told to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from luodi.domain.source import asking as ask
from luodi.domain.source.grounds import confidence_of, source_of, text_of
from luodi.domain.source.tables import read_table
from luodi.domain.vocabulary import Confidence, Source, Text

FILE = "cases/corrections.yaml"


@dataclass(frozen=True, slots=True)
class CorrectionKind:
    """A kind of fault.  `on_the_spot`: may be mended at the window, without a notice (行政许可法 第32条(三));
    `deferrable`: the paper may come later where the matter's list of deferrable papers names it.
    """

    id: str
    name: Text
    tell: Text
    on_the_spot: bool
    deferrable: bool
    source: Source
    confidence: Confidence


@cache
def correction_kinds() -> Mapping[str, CorrectionKind]:
    """The kinds in the order of the file."""
    return read_table(FILE, read_corrections)


def read_corrections(root: ask.Row) -> Mapping[str, CorrectionKind]:
    """`corrections.yaml`."""
    source, confidence = source_of(root), confidence_of(root)
    found = {}
    for key, row in ask.rows(ask.child(root, "kinds")):
        flags = ask.flag(row, "on_the_spot"), ask.flag(row, "deferrable")
        found[key] = CorrectionKind(key, ask.pair(row), text_of(row, "tell"), *flags, source, confidence)
        ask.close(row)
    ask.close(root)
    return MappingProxyType(found)
