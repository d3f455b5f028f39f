"""A file in hand: opened, laid out as its office reads it, its rows checked one after another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from luodi.exchange.sheets.book import Book, Sheet, open_book
from luodi.exchange.sheets.checking import Row, check
from luodi.exchange.sheets.heads import Layout, best_sheet, lay_out
from luodi.exchange.sheets.ledgers import Ledger, ledger


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that was opened and understood as a kind of ledger."""

    ledger: Ledger
    book: Book
    sheet: Sheet
    layout: Layout

    def rows(self, today: date) -> Iterator[Row]:
        """Every row that says anything, checked."""
        return check(self.ledger, self.layout, self.sheet, today=today, epoch_1904=self.book.epoch_1904)


def take_up(
    data: bytes,
    name: str,
    kind: str,
    *,
    sheet: str = "",
    chosen: Mapping[int, str] | None = None,
    saved: Mapping[str, str] | None = None,
) -> Handed:
    """Open a file as a kind of ledger.  `sheet`: its name, else the one that fits best.  Raises Refusal."""
    rules, opened = ledger(kind), open_book(data, name)
    wanted = next((one for one in opened.sheets if one.name == sheet), None)
    if wanted is None:
        wanted, layout = best_sheet(rules, opened.sheets, saved)
    else:
        layout = lay_out(rules, wanted, saved=saved, chosen=chosen)
    if chosen and not sheet:
        layout = lay_out(rules, wanted, saved=saved, chosen=chosen)
    return Handed(rules, opened, wanted, layout)
