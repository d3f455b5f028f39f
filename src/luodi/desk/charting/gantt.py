"""The wall chart: a verified plan as one SVG drawing, the same for page, terminal and print.

Solid: the limit comes from law or publication.  Pale with a dashed edge: assumed.  Hatched: a minimum period no promise
can cut.  Vermilion: critical.  Slate: has float.  Jade: done.  A dotted line is the as-of day, a jade line the signing.
Of a live project a pencil line under each bar is what was announced, its vermilion end the days lost since.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from luodi.desk import ink
from luodi.desk.charting import actuals, scale, words
from luodi.domain.catalogue.matters import Catalogue, Kind
from luodi.domain.planning.result import Plan, Step
from luodi.domain.vocabulary import Confidence, Text

GROUPS = ("stage", "unit")
UNTIL = ("start", "all")
STATES = ("critical", "assumed", "planned", "started", "done", "moved", "spared")
SPARED = ("regional", "standard_land", "merged")
"""What a reform did once for the whole zone: it takes a project no day."""
REST = Text("另有 {} 项由区域评估、标准地等覆盖", "{} more covered by regional assessment or standard land")
ROW, HEAD = 20, 34


@dataclass(frozen=True, slots=True)
class Look:
    """What to show and how.

    `until`: `start` shows only what begins by the target.  `names`: draw the names too.  `fluid`: stretch with the page;
    else `width` is in pixels.  `against`, `today`: of a live project, what was announced and the day it is; what takes it
    no day is one line then.  `cases`: the page of a matter's case, where it has one.
    """

    language: str = "zh"
    group: str = "stage"
    zoom: str = "month"
    unit: str | None = None
    state: str | None = None
    until: str = "all"
    names: bool = True
    fluid: bool = False
    links: bool = True
    width: float = 1180.0
    against: actuals.Announced | None = None
    today: date | None = None
    cases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the chart: a heading (`step` None) or a matter; `spared`: how many matters one line stands for."""

    label: str
    step: Step | None = None
    spared: int = 0


def rows(plan: Plan, catalogue: Catalogue, look: Look) -> tuple[Row, ...]:
    """The lines of the chart in order: groups by stage or unit, matters by start inside them, filters applied."""
    groups: dict[str, list[Step]] = {}
    for step in plan.steps:
        if within(step, plan, look) and shown(step, look):
            key = f"{step.stage}" if look.group == "stage" else step.unit
            groups.setdefault(key, []).append(step)
    order = sorted(groups) if look.group == "stage" else sorted(groups, key=lambda unit: groups[unit][0].start)
    result: list[Row] = []
    for key in order:
        label = catalogue.stages.get(int(key)) if look.group == "stage" else catalogue.units.get(key)
        result.append(Row(label[look.language] if label else key))
        folded = look.against is not None and look.state is None
        ordered = sorted(groups[key], key=lambda step: (step.start, step.finish))
        result.extend(Row(step.name[look.language], step) for step in ordered if not (folded and spared(step)))
        if folded and (rest := sum(spared(step) for step in ordered)):
            result.append(Row(REST[look.language].format(rest), spared=rest))
    return tuple(result)


def spared(step: Step) -> bool:
    """Whether a reform has taken all its days away."""
    return step.mode in SPARED and step.start == step.finish


def within(step: Step, plan: Plan, look: Look) -> bool:
    """Whether a step belongs to the stretch of the plan that is looked at."""
    return look.until == "all" or step.start <= plan.span.finish


def shown(step: Step, look: Look) -> bool:
    """Whether the filters let a step through."""
    if look.unit is not None and step.unit != look.unit:
        return False
    match look.state:
        case None:
            return True
        case "critical":
            return step.critical
        case "assumed":
            return assumed(step)
        case "spared":
            return spared(step)
        case "moved":
            return look.against is not None and look.against.moved(step) != 0
        case state:
            return step.state == state


def assumed(step: Step) -> bool:
    """Whether the length of the step rests on an assumption."""
    return step.limit.confidence is Confidence.ASSUMPTION


def axis(plan: Plan, look: Look) -> scale.Scale:
    """The time axis: wide enough for every bar of the plan, filtered or not, so that filters never move a bar."""
    dates = [plan.span.start, plan.span.finish, plan.as_of]
    dates += [day for step in plan.steps if within(step, plan, look) for day in (step.prepare_from, step.finish)]
    dates += [look.today] if look.today else []
    dates += actuals.dates(look.against, [step for step in plan.steps if within(step, plan, look)])
    first, last = scale.window(min(dates), max(dates))
    left = 250.0 if look.names else 0.0
    return scale.Scale(first, last, left, look.width - left, look.fluid)


def minimum_width(plan: Plan, look: Look) -> int:
    """Pixels the bars need at this zoom, so that a page can scroll them."""
    along = axis(plan, look)
    return round((along.last - along.first).days * scale.DAY_WIDTH[look.zoom])


def draw(plan: Plan, catalogue: Catalogue, look: Look | None = None, lines: Sequence[Row] | None = None) -> str:
    """The chart as an SVG string; `lines` draws only these rows (a page of print)."""
    look = look or Look()
    lines = rows(plan, catalogue, look) if lines is None else lines
    along = axis(plan, look)
    height = HEAD + ROW * len(lines) + 8
    parts = [hatches(), grid(along, look, height), marks(plan, catalogue, along, look, height)]
    for place, row in enumerate(lines):
        top = HEAD + ROW * place
        parts.append(heading(row, top, place, look) if row.step is None else bar(row.step, top, along, catalogue, look))
    width = "100%" if look.fluid else f"{look.width:g}"
    view = None if look.fluid else f"0 0 {look.width:g} {height}"
    label = f"{plan.name[look.language]} {words.span(plan.span.start, plan.span.finish)}"
    return ink.sheet("".join(parts), width=width, height=height, view=view, label=label, class_="gantt")


def hatches() -> str:
    """The two hatchings of minimum periods."""
    return (
        "<defs>"
        + "".join(
            f'<pattern id="hatch-{key}" class="hatch {key}" width="6" height="6" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><rect width="6" height="6" fill="{soft}"/>'
            f'<rect width="3" height="6" fill="{full}"/></pattern>'
            for key, soft, full in (
                ("critical", ink.SEAL_SOFT, ink.SEAL),
                ("float", ink.SLATE_SOFT, ink.SLATE),
                ("done", ink.JADE_SOFT, ink.JADE),
            )
        )
        + "</defs>"
    )


def grid(along: scale.Scale, look: Look, height: float) -> str:
    """Months, weeks or days as hairlines; the year stands over the first month and every January."""
    out = []
    fine = {"month": (), "week": tuple(scale.weeks(along)), "day": tuple(scale.days(along))}[look.zoom]
    for day in fine:
        x = along.x(day)
        faint = ink.FAINT if look.zoom == "week" or day.weekday() else ink.LINE
        out.append(ink.line(class_="fine", x1=x, x2=x, y1=HEAD - 4, y2=height, stroke=faint))
        out.append(ink.text(f"{day.day}", class_="mute", x=x, dx=3, y=HEAD - 7, font_size="9.5", fill=ink.MUTE))
    for number, day in enumerate(scale.months(along)):
        x = along.x(day)
        out.append(ink.line(class_="month", x1=x, x2=x, y1=HEAD - 2, y2=height, stroke=ink.LINE))
        low = 12 if fine else HEAD - 8
        out.append(
            ink.text(
                scale.month_name(day, look.language), class_="mute", x=x, dx=3, y=low, font_size="11", fill=ink.MUTE
            )
        )
        if number == 0 or day.month == 1:
            side = {"dx": 34} if fine else {"dx": 3}
            out.append(ink.text(f"{day.year}", class_="mute", x=x, y=12, font_size="10", fill=ink.MUTE, **side))
    end = "100%" if look.fluid else look.width
    out.append(ink.line(class_="month", x1=0, x2=end, y1=HEAD - 2, y2=HEAD - 2, stroke=ink.LINE))
    return "".join(out)


def marks(plan: Plan, catalogue: Catalogue, along: scale.Scale, look: Look, height: float) -> str:
    """The lines that go through all rows: the as-of day, the signing, and the end the plan aims at."""
    now = (look.today, actuals.TODAY) if look.today else (plan.as_of, words.DRIVERS["as_of"])
    out = [upright(now[0], now[1][look.language], ink.INK, "2 3", along, height, "asof")]
    if look.against and look.against.finish != plan.span.finish:
        out.append(
            upright(look.against.finish, actuals.ANNOUNCED[look.language], ink.SLATE, "1 2", along, height, "told")
        )
    for id_, colour, dashes in (("signed", ink.JADE, None), (plan.span.to_id, ink.SEAL, "1 2")):
        if id_ in plan.milestones:
            label = words.name(id_, catalogue, look.language)
            out.append(upright(plan.milestones[id_], label, colour, dashes, along, height, id_))
    return "".join(out)


def upright(
    day: date, label: str, colour: str, dashes: str | None, along: scale.Scale, height: float, kind: str
) -> str:
    """One line through all rows, saying its name and date."""
    x = along.x(day)
    drawn = ink.line(
        class_=f"mark mark-{kind}",
        x1=x,
        x2=x,
        y1=HEAD - 8,
        y2=height,
        stroke=colour,
        stroke_dasharray=dashes,
        stroke_width="1.4",
    )
    return ink.linked(drawn, href=None, why=f"{label} {day.isoformat()}")


def heading(row: Row, top: float, place: int, look: Look) -> str:
    """The name of a stage or unit, with a hairline above it."""
    end = "100%" if look.fluid else f"{look.width:g}"
    rule = ink.line(class_="month", x1=0, x2=end, y1=top, y2=top, stroke=ink.LINE) if place and not row.spared else ""
    if not look.names:
        return rule
    if row.spared:
        return ink.text(row.label, class_="mute", x=14, y=top + 14, fill=ink.MUTE, font_size="11.5")
    return rule + ink.text(row.label, class_="ink", x=4, y=top + 14, font_weight="600", fill=ink.INK)


def bar(step: Step, top: float, along: scale.Scale, catalogue: Catalogue, look: Look) -> str:
    """A matter: its preparation as a thin outline, its handling as a bar, the days beside it, and the reasons behind."""
    key = "done" if step.state == "done" else "critical" if step.critical else "float"
    full = {"done": ink.JADE, "critical": ink.SEAL, "float": ink.SLATE}[key]
    out = [named(step, key, top, look)] if look.names else []
    if step.prepare_from < step.prepare_to:
        box = {"x": along.x(step.prepare_from), "width": along.length(step.prepare_from, step.prepare_to), "y": top + 8}
        out.append(ink.rect(class_=f"prep {key}", **box, height=4, rx=1, fill="none", stroke=full, stroke_opacity=".7"))
    out.append(body(step, key, full, top, along))
    if step.state == "started":
        out.append(ink.rect(class_="cap", x=along.x(step.start), y=top + 5, width=4, height=10, fill=ink.JADE))
    place = {"x": along.x(max(step.finish, step.start)), "dx": 8 if step.finish <= step.start else 5, "y": top + 14}
    late = look.against is not None and look.against.moved(step) > 0
    colour = {"class_": "late", "fill": ink.SEAL} if late else {"class_": "mute", "fill": ink.MUTE}
    out.append(ink.text(actuals.beside(step, look.against, look.language), **colour, **place, font_size="10.5"))
    if look.against:
        out.append(actuals.pencil(step, top, along, look.against))
    href = look.cases.get(step.matter, f"/handbook/{step.matter}/") if look.links else None
    reasons = words.why(step, catalogue, look.language) + actuals.why(step, look.against, look.language)
    return ink.linked("".join(out), href=href, why=reasons)


def named(step: Step, key: str, top: float, look: Look) -> str:
    """The name at the left; vermilion where the matter is critical."""
    label = clip(step.name[look.language], 19 if look.language.startswith("zh") else 38)
    colour = ink.SEAL if key == "critical" else ink.INK
    return ink.text(label, class_=f"name {key}", x=14, y=top + 14, fill=colour, font_size="11.5")


def body(step: Step, key: str, full: str, top: float, along: scale.Scale) -> str:
    """The bar itself: hatched, pale or solid."""
    box: dict[str, object] = {
        "x": along.x(step.start),
        "y": top + 5,
        "width": along.length(step.start, step.finish),
        "height": 10,
        "rx": 1.5,
    }
    dash = {"stroke": full, "stroke_dasharray": "2.5 2", "stroke_width": "1"} if assumed(step) else {}
    if step.limit.kind is Kind.MIN:
        return ink.rect(class_=f"bar min {key}", **box, fill=f"url(#hatch-{key})", **dash)
    if assumed(step):
        return ink.rect(class_=f"bar assumed {key}", **box, fill=full, fill_opacity=".4", **dash)
    return ink.rect(class_=f"bar solid {key}", **box, fill=full)


def clip(label: str, length: int) -> str:
    """A name short enough for its column."""
    return label if len(label) <= length else label[: length - 1] + "…"
