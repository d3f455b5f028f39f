"""Durations as a strip: every project a mark that opens it, the quartiles as a box, published means as dashed lines.

The colours stand in `assets/results.css` by class; fills are given too, so that the drawing means the same printed.
"""

from collections import Counter
from collections.abc import Callable, Sequence

from django.urls import reverse

from luodi.desk import ink
from luodi.domain.indicators.published import Published
from luodi.domain.indicators.stretches import spread
from luodi.indicators.clocking import Timed

WIDE, EDGE, STEP, MARK = 1340.0, 24.0, 9.0, 4.0
MOST, FEW, MANY = 24, 6, 500
"""So many marks stand on one another in one place, of more than `MANY` projects fewer; how many more is written above."""
TICKS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
Place = Callable[[float], float]


def strip(rows: Sequence[Timed], said: Sequence[Published], language: str) -> str:
    """The strip of durations, to scale from the shortest (or 0) to the longest, published ones among them."""
    days = [one.stretch.days for one in rows]
    ends = [*days, *(one.either.days for one in said)]
    low, high = min(0, *ends), max(10, *ends)
    scale = (WIDE - 2 * EDGE) / (high - low)

    def place(day: float) -> float:
        return EDGE + (day - low) * scale

    columns = Counter(round(place(day) / STEP) for day in days)
    base = 12 + 16 * len(said) + min(max(columns.values()), _most(rows)) * STEP + 36
    inside = "".join(
        [*_said(said, place, base, language), *_axis(low, high, place, base), *_box(days, place, base),
         *_marks(rows, place, base, language)]
    )  # fmt: skip
    label = f"{len(rows)} projects by days" if language.startswith("en") else f"{len(rows)} 个项目的天数分布"
    height = base + 26
    return ink.sheet(inside, width="100%", height=height, view=f"0 0 {WIDE:g} {height:g}", label=label, class_="strip")


def _marks(rows: Sequence[Timed], place: Place, base: float, language: str) -> list[str]:
    """Every project at its day, those close by above one another."""
    heights: Counter[int] = Counter()
    unit, most = "calendar days" if language.startswith("en") else "日历日", _most(rows)
    found = []
    for one in rows:
        column = round(place(one.stretch.days) / STEP)
        heights[column] += 1
        if heights[column] > most:
            continue
        y = base - 14 - (heights[column] - 1) * STEP
        why = f"{one.project.name[language]} · {one.stretch.start} → {one.stretch.end} · {one.stretch.days} {unit}"
        mark = f"<circle{ink.attributes(class_='one', cx=f'{column * STEP:g}', cy=f'{y:g}', r=MARK, fill=ink.SLATE)}/>"
        found.append(ink.linked(mark, href=reverse("project", kwargs={"slug": one.project.slug}), why=why))
    more = {column: height - most for column, height in heights.items() if height > most}
    return [*found, *(_more(column, count, base - 14 - most * STEP) for column, count in more.items())]


def _most(rows: Sequence[Timed]) -> int:
    return MOST if len(rows) <= MANY else FEW


def _more(column: int, count: int, y: float) -> str:
    """How many projects of a place have no mark of their own; they stand in the list."""
    x = f"{column * STEP:g}"
    turned = f"rotate(-90 {x} {y:g})"
    return ink.text(f"+{count}", class_="mute", x=x, y=f"{y:g}", font_size=8, transform=turned, fill=ink.MUTE)


def _axis(low: float, high: float, place: Place, base: float) -> list[str]:
    step = next((one for one in TICKS if (high - low) / one <= 12), 1000)
    found = [ink.line(class_="axis", x1=EDGE, x2=WIDE - EDGE, y1=base, y2=base, stroke=ink.LINE)]
    ticks = [day for day in range(int(low // step) * step, int(high) + 1, step) if day >= low]
    for day in ticks:
        found += [ink.text(str(day), class_="mute", x=f"{place(day):g}", y=base + 18, text_anchor="middle")]
    return found


def _box(days: Sequence[int], place: Place, base: float) -> list[str]:
    """From the lower to the upper quartile, with a line at the median; of a few durations there is no box."""
    found = spread(days)
    if found is None or found.count < 4:
        return []
    low, middle, high = (place(float(one)) for one in (found.lower, found.median, found.upper))
    wide, at = f"{max(high - low, 1):.1f}", f"{middle:.1f}"
    return [
        ink.rect(class_="middle", x=f"{low:.1f}", y=base - 7, width=wide, height=7, fill=ink.SLATE_SOFT),
        ink.line(class_="median", x1=at, x2=at, y1=base - 9, y2=base + 4, stroke=ink.INK, stroke_width=2),
    ]  # fmt: skip


def _said(said: Sequence[Published], place: Place, base: float, language: str) -> list[str]:
    """What was published, as dashed lines with its words, each lower than the last so that none covers another."""
    found = []
    for row, one in enumerate(said):
        x, y = place(one.either.days), 12.0 + 16 * row
        side = "end" if x > WIDE / 2 else "start"
        dash = ink.line(
            class_="said", x1=f"{x:.1f}", x2=f"{x:.1f}", y1=y + 3, y2=base, stroke=ink.AMBER, stroke_dasharray="4 3"
        )
        words = f"{one.either.days} · {one.name[language]}"
        text = ink.text(
            words, class_="said", x=f"{x + (-5 if side == 'end' else 5):.1f}", y=y, text_anchor=side, fill=ink.AMBER
        )
        found.append(dash + text)
    return found
