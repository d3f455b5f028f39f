"""Our cases as a log file of a chosen format, in pieces, packed where wanted."""

import zlib
from collections.abc import Iterable, Iterator

from luodi.exchange.logs import ocel, table, xes
from luodi.exchange.logs.log import LogCase
from luodi.exchange.logs.recorded import CASE_COLUMNS, EVENT_COLUMNS, Scope, activities, recorded

TITLE = {"zh": "落地办件事件日志", "en": "luodi case events"}
GZIP = 31
"""What zlib calls the gzip format."""


def written(format_: str, scope: Scope, matters: dict[str, str]) -> Iterator[bytes]:
    """The log as xes | ocel | ocel-xml | csv."""

    def cases() -> Iterator[LogCase]:
        return recorded(scope, matters)

    match format_:
        case "xes":
            return xes.write(cases, TITLE[scope.language])
        case "ocel":
            return ocel.write_json(cases, activities(scope.language))
        case "ocel-xml":
            return ocel.write_xml(cases, activities(scope.language))
        case "csv":
            return table.write(cases, CASE_COLUMNS, EVENT_COLUMNS)
    raise ValueError(format_)


def packed(pieces: Iterable[bytes], pack: bool) -> Iterator[bytes]:
    """The pieces, as gzip where `pack`."""
    if not pack:
        yield from pieces
        return
    press = zlib.compressobj(wbits=GZIP)
    for piece in pieces:
        if small := press.compress(piece):
            yield small
    yield press.flush()
