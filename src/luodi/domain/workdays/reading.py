"""Reads `data/workdays/<year>.yaml`: next year's notice is a new file, written by an officer and checked here."""

from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache

from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import data_names, read_data
from luodi.domain.source.tree import Leaf, Node, Series
from luodi.domain.vocabulary import Source
from luodi.domain.workdays.calendar import WorkCalendar
from luodi.domain.workdays.notices import Added, Holiday, Notice, Year, calendar_of


@lru_cache(maxsize=2)
def official(projected: bool = False) -> WorkCalendar:
    """The calendar of every published notice, from 2019-01-01 to the end of the last notice's year.

    `projected=True` opts in to 15 further years of plain weekends; `WorkCalendar.projected` tells which days those
    are.  Raises `BadInput` when a notice file is wrong.  Cached: every caller shares one immutable calendar.
    """
    return calendar_of(_published(), projected)


def in_force(added: Sequence[Added]) -> WorkCalendar:
    """The published notices with what officers `added` since, and 15 further years of plain weekends.

    A function of its argument alone: who keeps what was added is the business of the room `workcalendar`.  Without
    anything added it is `official(projected=True)` itself; else a new calendar is built (about 10 ms): keep it.
    """
    return calendar_of(_published(), True, added) if added else official(projected=True)


@cache
def _published() -> tuple[Year, ...]:
    return read_years(data_names("workdays"))


def read_years(names: Sequence[str]) -> tuple[Year, ...]:
    """The years of the packaged notice files `names`; raises `BadInput` with every problem of every file."""
    faults = Faults("workdays")
    years = tuple(read_year(read_data(name, faults), faults.of(name)) for name in names)
    check_years(years, faults)
    faults.settle()
    return years


def check_years(years: Sequence[Year], faults: Faults) -> None:
    """Note the years missing between the first and the last: a hole would be a guess."""
    given = [year.year for year in years]
    if not given:
        faults.add(None, "no_holiday_notices")
        return
    for year in sorted(set(range(given[0], given[-1])) - set(given)):
        faults.add(None, "holiday_notice_missing", year=year)


def read_year(node: Node | None, faults: Faults) -> Year:
    """One year's notices, every problem noted in `faults`."""
    root = ask.row(node, faults)
    year = ask.whole(root, "year", low=2019, high=2100)
    if year and not faults.file.endswith(f"{year}.yaml"):
        faults.add(ask.line(root, "year"), "year_not_of_file", year=year)
    notices = tuple(_notice(row, year) for row in ask.children(root, "notices"))
    if not notices:
        faults.add(ask.line(root), "missing_key", key="notices")
    for row, earlier, later in zip(ask.children(root, "notices")[1:], notices, notices[1:], strict=False):
        if later.issued <= earlier.issued:
            faults.add(ask.line(row, "issued"), "notices_out_of_order", issued=later.issued)
    ask.close(root)
    return Year(year, notices)


def _notice(row: ask.Row, year: int) -> Notice:
    source = Source(ask.text(row, "title"), ask.text(row, "number"), ask.text(row, "link", None))
    issued = ask.day(row, "issued")
    holidays = tuple(_holiday(entry, year) for entry in ask.children(row, "holidays"))
    workdays = tuple(_workday(row, item, year) for item in _items(row, "workdays"))
    taken = {day for holiday in holidays for day in holiday.days()}
    for day in workdays:
        if day in taken:
            row.faults.add(ask.line(row, "workdays"), "day_both_off_and_worked", day=day)
    ask.close(row)
    return Notice(source, issued, holidays, workdays)


def _holiday(row: ask.Row, year: int) -> Holiday:
    name, first, last = ask.pair(row), ask.day(row, "from"), ask.day(row, "to")
    if last < first:
        row.faults.add(ask.line(row, "to"), "dates_out_of_order", earlier=first, later=last)
    for key, day in (("from", first), ("to", last)):
        _check_year(row, ask.line(row, key), day, year)
    ask.close(row)
    return Holiday(name, first, last) if (last - first).days < 30 else Holiday(name, first, first)


def _workday(row: ask.Row, item: Node, year: int) -> date:
    day = ask.day_of(row.faults, item, "workdays") or date(year or 2019, 1, 1)
    _check_year(row, item.line, day, year)
    if isinstance(item, Leaf) and day.weekday() < 5:
        row.faults.add(item.line, "makeup_day_not_weekend", day=day)
    return day


def _check_year(row: ask.Row, line: int, day: date, year: int) -> None:
    if day.year != year and (day.year, day.month) != (year - 1, 12):
        row.faults.add(line, "day_of_another_year", day=day, year=year)


def _items(row: ask.Row, key: str) -> tuple[Node, ...]:
    found = ask.node(row, key)
    if isinstance(found, Series):
        return found.items
    if found is not None:
        row.faults.add(found.line, "expected_list", key=key)
    return ()
