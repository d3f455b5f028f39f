"""Writes a log as CSV: a row an event, the case's own columns repeated, in pieces."""

import csv
import io
from collections.abc import Iterator, Sequence

from luodi.exchange.logs.log import Cases
from luodi.exchange.logs.texts import harmless, plain

HEAD = ("case:concept:name", "concept:name", "time:timestamp", "org:resource", "org:group", "lifecycle:transition")


def write(cases: Cases, case_columns: Sequence[str], event_columns: Sequence[str]) -> Iterator[bytes]:
    """A .csv file in UTF-8 with a mark, which spreadsheets want.  Cells that begin like a formula stay text."""
    yield b"\xef\xbb\xbf"
    yield _line((*HEAD, *(f"case:{one}" for one in case_columns), *event_columns))
    for case in cases():
        own = [plain(case.attributes.get(one, "")) for one in case_columns]
        rows = [
            (case.id, event.activity, plain(event.at) if event.at else "", event.resource, event.group, event.transition,
             *own, *(plain(event.attributes.get(one, "")) for one in event_columns))
            for event in case.events
        ]  # fmt: skip
        yield b"".join(map(_line, rows))


def _line(cells: Sequence[str]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerow([harmless(one) for one in cells])
    return stream.getvalue().encode("utf-8", "replace")
