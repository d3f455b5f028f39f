"""挂图作战: units and their cases against days, coloured as lights; one drawing for page and print.

A unit's cell is a day, or days alike: the number of its open cases, coloured by the worst light among them, full today and
soft before; after today the number of cases that run out on that day.  A case's row is a band: in time, last day, overdue,
hatched while stopped.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from luodi.desk import ink
from luodi.desk.charting import scale, words
from luodi.domain.vocabulary import Text

ROW, HEAD = 24, 38
FILLS = {"green": ink.JADE_SOFT, "amber": ink.AMBER_SOFT, "red": ink.SEAL, "paused": "url(#hatch-paused)"}
PAST = {**FILLS, "red": ink.SEAL_SOFT}
"""What is over is told softly; full vermilion is today's.  A case's own row keeps it: there it is thin."""
LIGHTS = {
    "green": Text("在期限内", "in time"),
    "amber": Text("临期", "last day"),
    "red": Text("超期", "overdue"),
    "paused": Text("停表", "clock stopped"),
    "none": Text("未起表", "not started"),
}
TODAY, OPEN = Text("今天", "Today"), Text("在办", "open")
RUN_OUT = Text("到期", "run out")


@dataclass(frozen=True, slots=True)
class Cell:
    """Days of one unit alike: how many cases, and the worst light; `ahead`: those that run out on that one day."""

    day: date
    until: date
    count: int
    light: str
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of a case's row in one light, from the start of `since` to the end of `until`."""

    since: date
    until: date
    light: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of the chart: a unit with its cells, or a case with its bands; `href` and `why` for hover and focus."""

    label: str
    sub: str
    href: str
    why: str
    cells: tuple[Cell, ...] = ()
    bands: tuple[Band, ...] = ()
    light: str = "none"
    words: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """The days shown, both included, and the day it is."""

    first: date
    last: date
    today: date

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1


def draw(lanes: Sequence[Lane], window: Window, language: str) -> str:
    """The bars of the chart as SVG, as wide as their place; the names stand beside it in the page."""
    along = scale.Scale(window.first, window.last + timedelta(days=1), 0.0, 1000.0, fluid=True)
    height = HEAD + ROW * len(lanes) + 4
    parts = [_hatch(), _grid(along, window, height, language)]
    for place, lane in enumerate(lanes):
        top = HEAD + ROW * place
        if lane.cells:
            parts.append(ink.line(class_="month", x1=0, x2="100%", y1=top, y2=top, stroke=ink.LINE))
        parts.extend(_cell(cell, lane, top, along, language, window.today) for cell in lane.cells)
        if lane.bands:
            parts.append(_bands(lane, top, along))
    parts.append(_today(window, along, height, language))
    return ink.sheet("".join(parts), width="100%", height=height, view=None, label="", class_="gantt units")


def _hatch() -> str:
    return (
        '<defs><pattern id="hatch-paused" class="hatch thin" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="6" height="6" fill="{ink.SLATE_SOFT}"/>'
        f'<rect width="1.3" height="6" fill="{ink.SLATE}"/></pattern></defs>'
    )


def _grid(along: scale.Scale, window: Window, height: float, language: str) -> str:
    """A hairline for every day, weekends shaded; months over the days."""
    out = []
    for number in range(window.days):
        day = window.first + timedelta(days=number)
        x = along.x(day)
        if day.weekday() >= 5:
            width = along.length(day, day + timedelta(days=1))
            out.append(ink.rect(class_="weekend", x=x, y=HEAD, width=width, height=height - HEAD, fill=ink.FAINT))
        first = day.day == 1 or number == 0
        out.append(ink.line(class_="month" if day.weekday() == 0 else "fine", x1=x, x2=x, y1=HEAD - 4, y2=height,
                            stroke=ink.LINE))  # fmt: skip
        if first:
            name = f"{day.year} {scale.month_name(day, language)}" if number == 0 else scale.month_name(day, language)
            out.append(ink.text(name, class_="mute", x=x, dx=3, y=12, font_size="11", fill=ink.MUTE))
        if window.days <= 49 or day.weekday() == 0:
            out.append(ink.text(f"{day.day}", class_="mute", x=x, dx=3, y=HEAD - 8, font_size="9.5", fill=ink.MUTE))
    out.append(ink.line(class_="month", x1=0, x2="100%", y1=HEAD, y2=HEAD, stroke=ink.LINE))
    return "".join(out)


def _cell(cell: Cell, lane: Lane, top: float, along: scale.Scale, language: str, today: date) -> str:
    """A coloured cell with its number; ahead of today only an outline."""
    x, width = along.x(cell.day), along.length(cell.day, cell.until + timedelta(days=1))
    box = {"x": x, "y": top + 3, "width": width, "height": ROW - 5}
    kind, fills = ("now", FILLS) if cell.day == today else ("past", PAST)
    drawn = (
        ink.rect(class_="cell ahead", **box, fill="none", stroke=ink.SLATE)
        if cell.ahead
        else ink.rect(class_=f"cell {cell.light} {kind}", **box, fill=fills.get(cell.light, ink.SLATE_SOFT))
    )
    said, colour = _on(cell, kind)
    drawn += ink.text(f"{cell.count}", class_=said, x=x, dx=4, y=top + 16.5, font_size="10.5", fill=colour)
    what = RUN_OUT if cell.ahead else OPEN
    light = "" if cell.ahead else f" · {LIGHTS[cell.light][language]}"
    return ink.linked(
        drawn, href=None, why=f"{lane.label} {words.span(cell.day, cell.until)}: {cell.count} {what[language]}{light}"
    )


def _on(cell: Cell, kind: str) -> tuple[str, str]:
    """Class and colour of the number in a cell."""
    if cell.ahead:
        return "mute", ink.MUTE
    if cell.light != "red":
        return "ink", ink.INK
    return ("on", ink.CARD) if kind == "now" else ("late", ink.SEAL)


def _bands(lane: Lane, top: float, along: scale.Scale) -> str:
    """A case's row: its bands one after another, opening the case."""
    drawn = "".join(
        ink.rect(
            class_=f"band {band.light}", x=along.x(band.since), y=top + 7, height=ROW - 13, rx=1.5,
            width=along.length(band.since, band.until + timedelta(days=1)), fill=FILLS.get(band.light, ink.SLATE_SOFT),
        )
        for band in lane.bands
    )  # fmt: skip
    if lane.due and along.first <= lane.due < along.last and (lane.light != "done" or lane.bands[-1].until >= lane.due):
        x = along.x(lane.due + timedelta(days=1))
        drawn += ink.line(class_="limit", x1=x, x2=x, y1=top + 4, y2=top + ROW - 3, stroke=ink.INK, stroke_width="1.6")
    return ink.linked(drawn, href=lane.href, why=lane.why)


def _today(window: Window, along: scale.Scale, height: float, language: str) -> str:
    if not window.first <= window.today <= window.last:
        return ""
    x = along.x(window.today + timedelta(days=1))
    line = ink.line(class_="mark mark-asof", x1=x, x2=x, y1=HEAD - 20, y2=height, stroke=ink.INK,
                    stroke_width="1.4", stroke_dasharray="2 3")  # fmt: skip
    return ink.linked(line, href=None, why=f"{TODAY[language]} {window.today.isoformat()}")
