"""Rows understood: every cell of every row is looked at, every fault said with its row and column, none stops the next.

What has been understood once is not read again: offices write the same dates, parks and codes thousands of times.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import islice
from typing import NamedTuple

from luodi.domain.facts.codes import CHECKS
from luodi.domain.facts.wrong import Wrong
from luodi.domain.vocabulary import Text
from luodi.exchange.sheets import cells
from luodi.exchange.sheets.book import Cell, Sheet
from luodi.exchange.sheets.cells import Amount, Read, Value
from luodi.exchange.sheets.heads import Layout, Matched
from luodi.exchange.sheets.ledgers import Column, Ledger

BATCH = 250
ZONE = "zone"
ASKED_FOR = ("m2", "万元")
"""Quantities of which every office has its own unit: a bare number could be 10,000 times another."""

REMEMBERED = 20_000
"""Cells of one column that are remembered at most."""

TOTALS = frozenset({"合计", "总计", "小计", "共计", "合计:", "total", "subtotal"})

LONGEST_TOTAL = 12


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong in a row: `index` is the column of the sheet, counted from 0; None for the row as a whole."""

    index: int | None
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


class Row(NamedTuple):
    """A row by its number in the file: its values by column of the ledger (nothing for empty cells), and its flaws."""

    number: int
    values: Mapping[str, Value]
    flaws: tuple[Flaw, ...]


class Memory(dict[Cell, Read]):
    """The cells of one column as they were understood; `wrong`: some of them were not."""

    def __init__(self, read: Callable[[Cell], Read]) -> None:
        super().__init__()
        self._read, self.wrong = read, False

    def __missing__(self, cell: Cell) -> Read:
        """Understand a cell that has not come before."""
        found = self._read(cell)
        if found.__class__ is Wrong:
            self.wrong = True
        if cell.__class__ is not bool:  # a tick would be taken for the number one that comes after it
            if len(self) >= REMEMBERED:
                self.clear()
            self[cell] = found
        return found


def check(ledger: Ledger, layout: Layout, sheet: Sheet, *, today: date, epoch_1904: bool = False) -> Iterator[Row]:
    """Every row under the head that says anything, in order, in batches; sums at the foot are passed over.

    Memory is flat but for the keys that tell repeated rows.
    """
    taken = [(one, ledger.columns[one.column]) for one in layout.taken if one.column is not None]
    memories = [(Memory(reader(column, one, today, epoch_1904)), one.index) for one, column in taken]
    judge = _Judge(ledger, taken, [memory for memory, _ in memories])
    carried = _Carried(sheet, {one.index for one, column in taken if column.carries}, layout.first)
    rows = sheet.rows()
    deque(islice(rows, layout.first - 1), maxlen=0)
    while batch := list(islice(rows, BATCH)):
        carried.fill(batch)
        columns = _columns(batch, [index for _, index in memories])
        read = [list(map(memory.__getitem__, cells_)) for (memory, _), cells_ in zip(memories, columns, strict=True)]
        yield from judge.rows(batch, zip(*read, strict=True))


def reader(column: Column, one: Matched, today: date, epoch_1904: bool) -> Callable[[Cell], Read]:
    """How the cells of a column are understood."""
    match column.type:
        case "date":
            return partial(_day, epoch_1904=epoch_1904, last=today if column.past else None)
        case "amount":
            return amounts(column, one.unit)
        case "number":
            return partial(cells.number, low=column.low)
        case "flag":
            return cells.flag
        case "code":
            return partial(_code, column=column)
        case "choice" | "matter":
            shown = "、".join(each.zh for each in column.choices[:12]) + (" …" if len(column.choices) > 12 else "")
            return partial(cells.choice, known=column.known, shown=shown)
        case _:
            return partial(cells.text, least=column.least, most=column.most)


def _day(cell: Cell, *, epoch_1904: bool, last: date | None) -> Read:
    found = cells.day(cell, epoch_1904=epoch_1904)
    if last is not None and isinstance(found, date) and found > last:
        return Wrong("cell_date_ahead", {"value": found})
    return found


def amounts(column: Column, given: str | None) -> Callable[[Cell], Read]:
    """How a column of amounts is understood: plain numbers the quick way, whatever else the way of sentences."""
    unit, low, above = column.unit or "", _bound(column.low), _bound(column.above)
    count, bare = cells.counter(unit, given or unit), given is None and unit in ASKED_FOR

    def read(cell: Cell) -> Read:
        found = count(cell) if cell.__class__ is float else cells.amount(cell, unit, given)
        if not isinstance(found, Amount):
            return found
        if found.amount <= above:
            return Wrong("not_above", {"value": found.written, "bound": column.above})
        if found.amount < low:
            return Wrong("below", {"value": found.written, "bound": column.low})
        if bare and (isinstance(cell, float | int) or cells.narrow(cell)[-1:].isdigit()):
            return Wrong("cell_unit_missing", {"value": found.written.partition(" ")[0]})
        return found

    return read


def _bound(number: float | None) -> Decimal:
    return Decimal("-Infinity") if number is None else Decimal(str(number))


def _code(cell: Cell, *, column: Column) -> Read:
    found = cells.text(cell, most=column.most)
    if not isinstance(found, str):
        return found
    words = cells.narrow(found).replace(" ", "").upper()
    return (CHECKS[column.check](words) if column.check else None) or words


def _columns(batch: list[tuple[int, list[Cell]]], indexes: Sequence[int]) -> list[Sequence[Cell]]:
    """The cells of some columns; rows of text tables may be shorter than their head."""
    rows = [row for _, row in batch]
    widths = set(map(len, rows))
    if len(widths) == 1:
        (width,) = widths
        turned = list(zip(*rows, strict=True))
        return [turned[index] if index < width else [""] * len(rows) for index in indexes]
    return [[row[index] if index < len(row) else "" for row in rows] for index in indexes]


def _is_sum(row: list[Cell]) -> bool:
    for cell in row:
        if cell != "":
            return isinstance(cell, str) and len(cell) <= LONGEST_TOTAL and cells.folded(cell) in TOTALS
    return False


class _Carried:
    """Cells merged over several rows, in columns where that means the same for all of them."""

    def __init__(self, sheet: Sheet, columns: set[int], first: int) -> None:
        spans = [
            one for one in sheet.merged if one[0][0] >= first - 1 and one[0][1] in columns and one[1][0] > one[0][0]
        ]
        self._above = {
            (row + 1, start[1]): start[0] + 1
            for start, end in spans
            for row in range(start[0] + 1, min(end[0] + 1, sheet.length))
        }
        self._values: dict[tuple[int, int], Cell] = {}
        self._tops = {(top, column) for (_, column), top in self._above.items()}

    def fill(self, batch: list[tuple[int, list[Cell]]]) -> None:
        """Write what is carried into the rows below."""
        for number, row in batch if self._above else ():
            for column in range(len(row)):
                if (number, column) in self._tops:
                    self._values[number, column] = row[column]
                elif (top := self._above.get((number, column))) is not None:
                    row[column] = self._values.get((top, column), "")


class _Judge:
    """What is wrong with whole rows: what is missing, what contradicts, what is there twice."""

    def __init__(self, ledger: Ledger, taken: list[tuple[Matched, Column]], memories: list[Memory]) -> None:
        self._ids = [column.id for _, column in taken]
        self._columns = [(place, column.name, one.index) for place, (one, column) in enumerate(taken)]
        self._memories = memories
        self._places = {column.id: one.index for one, column in taken}
        self._required = [column for column in ledger.required if column.id in self._places]
        self._names = {column.id: column.name for column in ledger.columns.values()}
        self._orders = [one for one in ledger.orders if one.first in self._places and one.then in self._places]
        wanted = [one for one in (*ledger.key, ZONE) if one in self._places]
        self._key = [self._ids.index(one) for one in wanted]
        self._seen: dict[int, int] = {}

    def rows(self, batch: Iterable[tuple[int, list[Cell]]], read: Iterable[tuple[Read, ...]]) -> Iterator[Row]:
        """The rows of a batch that say anything, each with all its flaws."""
        suspects = [one for one in self._columns if self._memories[one[0]].wrong]
        ids, must, key = self._ids, [one.id for one in self._required], self._key
        for (number, row), cells_ in zip(batch, read, strict=True):
            values = {id_: value for id_, value in zip(ids, cells_, strict=True) if value is not None}
            if not values:
                continue
            faulty = [one for one in suspects if cells_[one[0]].__class__ is Wrong] if suspects else ()
            flaws = self._flaws(cells_, values, faulty) if faulty or self._contradicts(values, must) else ()
            if (flaws or not must or values[must[0]] in TOTALS) and _is_sum(row):
                continue
            if not flaws and key:
                seen = hash(tuple([cells_[one] for one in key]))
                first = self._seen.setdefault(seen, number)
                flaws = (self._repeated(first, cells_),) if first != number else ()
            elif flaws:
                values = {id_: value for id_, value in values.items() if value.__class__ is not Wrong}
            yield Row(number, values, flaws)  # type: ignore[arg-type]  # nothing in it is Wrong

    def _contradicts(self, values: Mapping[str, Read], must: Iterable[str]) -> bool:
        """Whether something that must be there is missing, or two columns do not agree."""
        for one in must:
            if one not in values:
                return True
        for order in self._orders:
            if order.first in values and order.then in values and _more(values[order.first], values[order.then]):
                return True
        return False

    def _flaws(
        self, cells_: tuple[Read, ...], values: Mapping[str, Read], faulty: Iterable[tuple[int, Text, int]]
    ) -> tuple[Flaw, ...]:
        flaws = [
            Flaw(index, wrong.code, {**wrong.facts, "field": name})
            for place, name, index in faulty
            if isinstance(wrong := cells_[place], Wrong)
        ]
        missing = [one for one in self._required if one.id not in values]
        flaws += [Flaw(self._places[one.id], "field_missing", {"field": one.name}) for one in missing]
        for order in self._orders:
            one, other = values.get(order.first), values.get(order.then)
            if one is not None and other is not None and _more(one, other):
                facts = {"field": self._names[order.first], "got": said(one), "other": self._names[order.then],
                         "most": said(other)}  # fmt: skip
                flaws.append(Flaw(self._places[order.first], "cells_out_of_order", facts))
        return tuple(flaws)

    def _repeated(self, first: int, cells_: tuple[Read, ...]) -> Flaw:
        """The flaw of a row that is about the same thing as one before."""
        value = " · ".join(str(cells_[one]) for one in self._key if cells_[one] is not None)
        return Flaw(self._columns[self._key[0]][2], "row_repeated", {"line": first, "value": value[:80]})


def _more(one: object, other: object) -> bool:
    if isinstance(one, Amount) and isinstance(other, Amount):
        return one.amount > other.amount
    return isinstance(one, date | Decimal) and type(one) is type(other) and one > other  # type: ignore[operator]


def said(value: object) -> str:
    """A value as a sentence shows it."""
    return value.written if isinstance(value, Amount) else str(value)
