"""Reads a log kept as CSV: the columns in any order, under any of their usual names; the rows in any order."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import BinaryIO

from luodi.domain.clock.office import SHANGHAI
from luodi.domain.vocabulary import BadInput, Place, Problem, Refusal
from luodi.exchange.logs.log import LogCase, LogEvent

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "case": ("case:concept:name", "case", "case id", "case_id", "caseid", "trace", "办件编号", "案件编号", "案号"),
    "activity": ("concept:name", "activity", "activity name", "event", "task", "活动", "事件", "环节"),
    "at": ("time:timestamp", "timestamp", "complete timestamp", "time", "date", "时间", "办理时间"),
    "resource": ("org:resource", "resource", "user", "办理人", "人员"),
    "group": ("org:group", "group", "department", "部门", "单位"),
    "transition": ("lifecycle:transition", "lifecycle", "transition"),
}
NEEDED = ("case", "activity", "at")
SEPARATORS = ",;\t|"
MOST_FAULTS = 100
LONGEST_CELL = 1_000_000
SLASHED = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(.*)")


def read(stream: BinaryIO, file: str, *, zone: tzinfo = SHANGHAI) -> Iterator[LogCase]:
    """The cases of a .csv stream, by their first event; events by time, those of one moment in the order of the file.

    UTF-8 or GB18030; `zone`: of times that name none.  The rows are held in memory, since a case may be anywhere in the file.
    Raises `BadInput` with the rows that cannot be understood, `Refusal` (`log_columns_missing`, `log_encoding`).
    """
    csv.field_size_limit(LONGEST_CELL)
    text = io.TextIOWrapper(stream, encoding=_encoding(stream), newline="")
    try:
        first = text.readline(LONGEST_CELL)
        separator = max(SEPARATORS, key=first.count)
        head = next(csv.reader([first], delimiter=separator), [])
        places = _places(head)
        found, faults = _rows(csv.reader(text, delimiter=separator), places, head, zone, file)
    except UnicodeDecodeError:
        raise Refusal("log_encoding", path=file) from None
    except csv.Error as error:
        raise BadInput([Problem(Place(file), "log_broken", {"reason": str(error)})]) from None
    if faults:
        raise BadInput(faults)
    for case, events in sorted(found.items(), key=lambda one: (min(at for at, _, _ in one[1]), one[0])):
        yield LogCase(case, tuple(event for _, _, event in sorted(events, key=lambda one: one[:2])))


Rows = dict[str, list[tuple[datetime, int, LogEvent]]]


def _rows(
    rows: Iterator[list[str]], places: Mapping[str, int], head: Sequence[str], zone: tzinfo, file: str
) -> tuple[Rows, list[Problem]]:
    found: Rows = {}
    faults: list[Problem] = []
    others = [(place, name) for place, name in enumerate(head) if place not in places.values()]
    for number, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        cells = {name: row[place].strip() if place < len(row) else "" for name, place in places.items()}
        at = moment(cells["at"], zone)
        missing = [name for name in ("case", "activity") if not cells[name]]
        if missing or at is None:
            code = "log_row_incomplete" if missing else "log_time_unreadable"
            faults.append(Problem(Place(file, number), code, {"value": cells["at"][:40], "what": ", ".join(missing)}))
            if len(faults) >= MOST_FAULTS:
                break
            continue
        more = {name: row[place] for place, name in others if place < len(row) and row[place]}
        event = LogEvent(
            cells["activity"], at, cells.get("resource", ""), cells.get("group", ""),
            cells.get("transition") or "complete", more,
        )  # fmt: skip
        found.setdefault(cells["case"], []).append((at, number, event))
    return found, faults


def moment(text: str, zone: tzinfo) -> datetime | None:
    """The moment of a cell, year first (2026-11-21 09:30, 2026/11/21 9:30:05.2, ISO with zone); None for anything else."""
    slashed = SLASHED.fullmatch(text)
    if slashed:
        year, month, day, rest = slashed.groups()
        text = f"{year}-{month:0>2}-{day:0>2}{rest}"
    clock = re.fullmatch(r"(\S{10})[ T](\d):(.*)", text)
    if clock:
        text = f"{clock[1]} 0{clock[2]}:{clock[3]}"
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=zone)


def _places(head: Sequence[str]) -> dict[str, int]:
    """Where each known column stands, by the first of its names that is there."""
    names = {name.strip().strip("\ufeff").lower(): place for place, name in reversed(list(enumerate(head)))}
    found = {}
    for column, known in COLUMNS.items():
        place = next((names[name] for name in known if name in names), None)
        if place is not None:
            found[column] = place
    missing = [COLUMNS[column][0] for column in NEEDED if column not in found]
    if missing:
        raise Refusal("log_columns_missing", columns=", ".join(missing), there=", ".join(head)[:200])
    return found


def _encoding(stream: BinaryIO) -> str:
    """UTF-8 where the beginning is that, else the encoding of older Chinese programs."""
    begin = stream.read(1 << 16)
    stream.seek(0)
    for cut in range(4):  # a character may be cut at the end of the piece
        try:
            begin[: len(begin) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return "utf-8-sig"
    return "gb18030"
