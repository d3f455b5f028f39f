"""Which row of a sheet is its head, and which column is which: by synonyms, by what an office chose before, or not at all."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from luodi.domain.facts.quantities import UNITS
from luodi.domain.source.faults import nearest
from luodi.domain.vocabulary import Place, Problem, Refusal
from luodi.exchange.sheets.book import Cell, Sheet, Span
from luodi.exchange.sheets.cells import ALSO, folded, plain
from luodi.exchange.sheets.ledgers import Column, Ledger

LOOKED_AT = 40
"""Rows in which the head must stand: titles, notes and the unit may come before it."""

LEVELS = 3
BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】")
LAST_BRACKET = re.compile(r"(?:\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】)$")
NUMBERED = re.compile(r"^(?:\d+[.、)]|[一二三四五六七八九十]+、)")
UNIT_NOTE = re.compile(r"单位[::](.+)")
ORNAMENT = "*:·—-_"
WORDS_OF_UNITS = {word: unit for unit, words in UNITS.items() for word in words} | {
    word: unit for word, stands in ALSO.items() for unit, words in UNITS.items() if stands in words
}
"""Every way of writing a unit, folded, with the unit it is counted in."""

ENDINGS = tuple(
    sorted({folded(word) for word in WORDS_OF_UNITS if len(word) > 1 or word == "亩"}, key=len, reverse=True)
)


@dataclass(frozen=True, slots=True)
class Matched:
    """One column of the sheet: its head, the column of the ledger it is (None: not taken), and the unit of bare numbers.

    `near`: the column it may have been meant as, where it is not taken.
    """

    index: int
    head: str
    column: str | None
    unit: str | None = None
    near: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is laid out.  Rows are numbered as Excel does; `first` is the first row under the head."""

    head: int
    first: int
    columns: tuple[Matched, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]

    @property
    def taken(self) -> tuple[Matched, ...]:
        """The columns that are taken in."""
        return tuple(one for one in self.columns if one.column is not None)

    @property
    def choices(self) -> dict[str, str]:
        """What is kept for the next file of the same office: folded head -> column id ("" for one left out)."""
        return {folded(one.head): one.column or "" for one in self.columns if one.head}


def lay_out(
    ledger: Ledger, sheet: Sheet, *, saved: Mapping[str, str] | None = None, chosen: Mapping[int, str] | None = None
) -> Layout:
    """The layout of a sheet.  `saved`: heads chosen earlier; `chosen`: by number of the column, chosen now ("" leaves out).

    Raises `Refusal("sheet_no_head")` where no row names two columns of the ledger.
    """
    rows = [list(row) for _, row in islice(sheet.rows(), LOOKED_AT)]
    _spread(rows, sheet.merged)
    before = saved or {}
    found = [(_matched(ledger, rows, at, before, isinstance(sheet.source, bytes)), at) for at in range(len(rows))]
    best, at = max(found, key=lambda one: (sum(m.column is not None for m in one[0]), -one[1]), default=((), 0))
    if sum(one.column is not None for one in best) < min(2, len(ledger.columns)) and not chosen:
        wanted = "、".join(column.name.zh for column in ledger.required)
        raise Refusal("sheet_no_head", sheet=sheet.name[:60], wanted=wanted, rows=LOOKED_AT)
    columns = _chosen(ledger, best, chosen or {})
    last = max(
        [at, *(end[0] for start, end in sheet.merged if start[0] <= at < end[0] < LOOKED_AT and _level(start, at))]
    )
    columns = tuple(one if one.column or one.near or not one.head else replace(one, near=_near(ledger, one.head))
                    for one in _with_units(ledger, columns, rows[:at]))  # fmt: skip
    problems, notes = _judged(ledger, columns, sheet.name, at + 1)
    return Layout(at + 1, last + 2, columns, problems, notes)


def best_sheet(ledger: Ledger, sheets: Iterable[Sheet], saved: Mapping[str, str] | None = None) -> tuple[Sheet, Layout]:
    """The sheet whose head names the most columns, the earlier one of equals.  Raises `Refusal` where none has a head."""
    found: list[tuple[Sheet, Layout]] = []
    refused: Refusal | None = None
    for sheet in sheets:
        try:
            found.append((sheet, lay_out(ledger, sheet, saved=saved)))
        except Refusal as refusal:
            refused = refused or refusal
    if not found:
        raise refused or Refusal("sheet_empty")
    return max(found, key=lambda one: (len(one[1].taken), -found.index(one)))


def _level(start: tuple[int, int], at: int) -> bool:
    """Whether a merged cell belongs to the head row, and not to a title over the whole sheet."""
    return at - start[0] < LEVELS


def _spread(rows: list[list[Cell]], merged: Sequence[Span]) -> None:
    """Write the text of merged cells into all of their places, within the rows that are looked at."""
    width = max((len(row) for row in rows), default=0)
    for (top, left), (bottom, right) in merged:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        value = rows[top][left]
        for row in rows[top : bottom + 1]:
            for column in range(left, min(right + 1, width, len(row))):
                row[column] = value


def _matched(
    ledger: Ledger, rows: list[list[Cell]], at: int, saved: Mapping[str, str], flat: bool
) -> tuple[Matched, ...]:
    """The columns of the ledger that a row names, alone or together with the rows above it.

    `flat`: the file knows no merged cells, so an empty cell of an upper row belongs to what stands left of it.
    """
    taken: set[str] = set()
    found = []
    for index in range(len(rows[at])):
        levels: list[str] = []
        for level, row in enumerate(reversed(rows[max(0, at - LEVELS + 1) : at + 1])):
            words = plain(row[index]) if index < len(row) else ""
            if level and not words and flat:
                words = next((plain(cell) for cell in reversed(row[:index]) if cell != ""), "")
            if words and words not in levels and len(words) <= 60:
                levels.append(words)
        own = plain(rows[at][index])
        column, head, unit = _named(ledger, levels, saved, own=bool(own))
        if column in taken or (column and not own and len(levels) == 0):
            found.append(Matched(index, head, None, None, column))
            continue
        if column:
            taken.add(column)
        found.append(Matched(index, head if column else own, column, unit))
    return tuple(found)


def _named(
    ledger: Ledger, levels: list[str], saved: Mapping[str, str], *, own: bool
) -> tuple[str | None, str, str | None]:
    """Column, head and unit of the cells over a column: the lowest alone, then with what stands above it."""
    tries = [levels[:1], levels[:2], levels[:3], levels[1:2]] if own else [levels[:1]]
    known = _ways(ledger)
    for levels_tried in tries:
        head = "".join(reversed(levels_tried))
        if folded(head) in saved:
            return saved[folded(head)] or None, head, _unit(levels)
    for levels_tried in tries[:3]:
        head = "".join(reversed(levels_tried))
        for way in _readings(head):
            if way in known:
                return known[way], head, _unit(levels)
    return None, levels[0] if levels else "", None


@lru_cache(maxsize=64)
def _ways(ledger: Ledger) -> dict[str, str]:
    """Every way of writing a head, with its column."""
    return {
        folded(word): column.id
        for column in ledger.columns.values()
        for word in (column.name.zh, column.name.en, column.id, *column.heads)
    }


def _readings(head: str) -> Iterable[str]:
    """A head as written; without ornaments; without brackets; without a unit at its end."""
    words = folded(head)
    yield words
    words = NUMBERED.sub("", words.strip(ORNAMENT)).removeprefix("其中").strip(ORNAMENT)
    yield words
    if words.endswith((")", "]", "】")):
        yield LAST_BRACKET.sub("", words)
    bare = BRACKETS.sub("", words).strip(ORNAMENT)
    yield bare
    for unit in ENDINGS if bare.endswith(ENDINGS) else ():
        if bare.endswith(unit) and len(bare) > len(unit):
            yield bare[: -len(unit)].rstrip(ORNAMENT + "/,")


def _unit(levels: Sequence[str]) -> str | None:
    """The unit that a head states, itself or one above it."""
    for level in levels:
        words = folded(level)
        inside = [part for found in BRACKETS.findall(words) for part in found if part]
        for one in inside:
            if (unit := _as_unit(one.removeprefix("单位").strip(ORNAMENT))) is not None:
                return unit
        for word in ENDINGS if words.endswith(ENDINGS) else ():
            if words.endswith(word) and len(words) > len(word):
                return _as_unit(word)
    return None


def _as_unit(word: str) -> str | None:
    """A unit as quantities know it."""
    for known in WORDS_OF_UNITS:
        if folded(known) == folded(word):
            return ALSO.get(known, known)
    return None


def _near(ledger: Ledger, head: str) -> str | None:
    found = nearest(folded(head), _ways(ledger))
    return _ways(ledger)[found] if found else None


def _chosen(ledger: Ledger, columns: tuple[Matched, ...], chosen: Mapping[int, str]) -> tuple[Matched, ...]:
    """What a person chose stands above what was found; a column cannot be two."""
    given = {column for column in chosen.values() if column in ledger.columns}
    found = []
    for one in columns:
        if one.index in chosen:
            column = chosen[one.index] if chosen[one.index] in ledger.columns else None
            found.append(Matched(one.index, one.head, column, one.unit or _unit([one.head])))
        else:
            found.append(Matched(one.index, one.head, None, None, one.column) if one.column in given else one)
    return tuple(found)


def _with_units(ledger: Ledger, columns: tuple[Matched, ...], above: Iterable[Sequence[Cell]]) -> tuple[Matched, ...]:
    """Units noted once for the whole table (单位：万元、亩) go to the columns that state none themselves."""
    noted: dict[str, str] = {}
    for row in above:
        for cell in row:
            found = UNIT_NOTE.search(folded(cell)) if isinstance(cell, str) and "单位" in cell else None
            for word in re.split(r"[、,;/()和]", found[1]) if found else ():
                if (unit := _as_unit(word)) is not None:
                    noted.setdefault(WORDS_OF_UNITS[unit], unit)
    result = []
    for one in columns:
        column = ledger.columns.get(one.column or "")
        wanted = column.unit if column and column.type == "amount" else None
        unit = one.unit if wanted and WORDS_OF_UNITS.get(one.unit or "") == wanted else None
        result.append(Matched(one.index, one.head, one.column, unit or noted.get(wanted or ""), one.near))
    return tuple(result)


def _judged(
    ledger: Ledger, columns: tuple[Matched, ...], sheet: str, row: int
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """What keeps the table from being taken in, and what should be known of it."""
    place = Place(sheet, row)
    taken = {one.column: one for one in columns if one.column}
    problems = [
        Problem(place, "sheet_column_missing", {"field": column.name})
        for column in ledger.required
        if column.id not in taken
    ]
    notes = [_left_out(ledger, one, place) for one in columns if one.column is None and one.head]
    return tuple(problems), tuple(notes)


def _left_out(ledger: Ledger, one: Matched, place: Place) -> Problem:
    meant: Column | None = ledger.columns.get(one.near or "")
    if meant is None:
        return Problem(place, "sheet_column_left_out", {"head": one.head[:40]})
    return Problem(place, "sheet_column_perhaps", {"head": one.head[:40], "field": meant.name})
