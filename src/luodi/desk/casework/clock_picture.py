"""The clock of one case as a picture: when it ran, when it stood still and why, and the two days it runs out.

One band of days from the opening to the last day that matters.  Slate: running.  Hatched: stopped by law.
Amber: beyond the promise.  Vermilion: beyond the law's limit.  Marks: accepted, today, promised and statutory day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from luodi.desk import ink
from luodi.desk.charting import scale, words
from luodi.domain.vocabulary import Text

TALL, BAND, THICK = 86, 34, 16
LAST_LABEL = 0.9
"""Beyond this share of the axis a label would run out of the picture."""
RUNNING, LATE, WAITING = (
    Text("计时中", "clock runs"),
    Text("已超期", "overdue"),
    Text("未受理，不计时", "not accepted yet"),
)
BROKEN = Text("超过承诺期限", "beyond the promised limit")
TODAY, PROMISED, STATUTORY = Text("今天", "Today"), Text("承诺期限", "Promised"), Text("法定期限", "Statutory")


@dataclass(frozen=True, slots=True)
class Stop:
    """A stretch in which the clock stood still, in words; `until` None: it still stands."""

    since: date
    until: date | None
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Course:
    """What the picture shows.  `ended`: the day of the decision; dates that are not known are None."""

    opened: date
    accepted: date | None
    ended: date | None
    today: date
    promise_due: date | None
    due: date | None
    stops: tuple[Stop, ...] = ()

    @property
    def last(self) -> date:
        """The last day anything is known of."""
        known = (self.ended or self.today, self.due, self.promise_due)
        return max(day for day in known if day)


def draw(course: Course, language: str) -> str:
    """The picture as SVG, as wide as its place."""
    room = max(2, ((course.last - course.opened).days + 1) // 12)
    along = scale.Scale(course.opened - timedelta(days=1), course.last + timedelta(days=room), 0.0, 1000.0, fluid=True)
    parts = [_hatch(), _axis(along, language), *_spans(course, along, language), *_marks(course, along, language)]
    label = f"{RUNNING[language]}: {words.span(course.opened, course.last)}"
    return ink.sheet("".join(parts), width="100%", height=TALL, view=None, label=label, class_="clock")


def _hatch() -> str:
    return (
        '<defs><pattern id="hatch-stop" class="hatch float" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="6" height="6" fill="{ink.SLATE_SOFT}"/>'
        f'<rect width="2.5" height="6" fill="{ink.SLATE}"/></pattern></defs>'
    )


def _axis(along: scale.Scale, language: str) -> str:
    long = (along.last - along.first).days > 100
    out = [ink.line(class_="month", x1=0, x2="100%", y1=TALL - 22, y2=TALL - 22, stroke=ink.LINE)]
    for day in scale.months(along) if long else scale.weeks(along):
        x, said = along.x(day), scale.month_name(day, language) if long else f"{day:%m-%d}"
        out.append(ink.line(class_="month", x1=x, x2=x, y1=BAND - 4, y2=TALL - 18, stroke=ink.LINE))
        if along.at(day) < LAST_LABEL:
            out.append(ink.text(said, class_="mute", x=x, dx=3, y=TALL - 7, font_size="10.5", fill=ink.MUTE))
    return "".join(out)


def _spans(course: Course, along: scale.Scale, language: str) -> list[str]:
    """The bands: waiting, running, late, and the stops over them."""
    end = course.ended or course.today
    out = []
    if course.accepted is None or course.opened < course.accepted:
        until = course.accepted or end
        out.append(_band(course.opened, until, along, "waiting", "none", WAITING[language], stroke=ink.SLATE))
    if course.accepted:
        limit, told = course.due or end, course.promise_due or end
        for start, until, kind, fill, label in (
            (course.accepted, min(end, told, limit), "running", ink.SLATE, RUNNING),
            (max(course.accepted, told), min(end, limit), "broken", ink.AMBER, BROKEN),
            (max(course.accepted, limit), end, "late", ink.SEAL, LATE),
        ):
            if start < until or (start == until and kind == "running"):
                out.append(_band(start, until, along, kind, fill, label[language]))
    for stop in course.stops:
        until = stop.until or end
        box = {"x": along.x(stop.since), "width": along.length(stop.since, until)}
        drawn = ink.rect(class_="under", **box, y=BAND, height=THICK, fill=ink.CARD)
        drawn += ink.rect(class_="stop", **box, y=BAND, height=THICK, fill="url(#hatch-stop)", stroke=ink.SLATE)
        out.append(ink.linked(drawn, href=None, why=f"{stop.label} {words.span(stop.since, until)}\n{stop.why}"))
    return out


def _band(
    start: date, finish: date, along: scale.Scale, kind: str, fill: str, label: str, stroke: str | None = None
) -> str:
    box = {"x": along.x(start), "width": along.length(start, finish), "y": BAND, "height": THICK, "rx": 1.5}
    return ink.linked(
        ink.rect(class_=kind, **box, fill=fill, stroke=stroke), href=None, why=f"{label} {words.span(start, finish)}"
    )


def _marks(course: Course, along: scale.Scale, language: str) -> list[str]:
    """The upright lines with their names; two on the same day share a line and stand above each other."""
    wanted: Sequence[tuple[date | None, Text, str, str, str | None]] = (
        (course.today if course.ended is None else None, TODAY, "asof", ink.INK, "2 3"),
        (course.promise_due, PROMISED, "promised", ink.AMBER, None),
        (course.due if course.due != course.promise_due else None, STATUTORY, "due", ink.SEAL, None),
    )
    out, places = [], [day for day, *_ in wanted if day]
    for day, name, kind, colour, dashes in wanted:
        if day is None:
            continue
        x, level = along.x(day), sorted(places).index(day) % 2
        line = ink.line(
            class_=f"mark mark-{kind}", x1=x, x2=x, y1=12 + 12 * level, y2=TALL - 22, stroke=colour,
            stroke_width="1.4", stroke_dasharray=dashes,
        )  # fmt: skip
        right = along.at(day) > 0.8
        side = {"text_anchor": "end", "dx": -4} if right else {"dx": 4}
        said = ink.text(
            f"{name[language]} {day:%m-%d}",
            class_="mute",
            x=x,
            y=14 + 12 * level,
            font_size="11",
            fill=ink.MUTE,
            **side,
        )
        out.append(ink.linked(line + said, href=None, why=f"{name[language]} {day.isoformat()}"))
    return out
