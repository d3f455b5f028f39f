"""The wall chart on paper: A0, A1 or A3 by typst, with its own margins, legend and date of print."""

import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from luodi.desk.charting import actuals, figures, gantt, words
from luodi.domain.catalogue.matters import Catalogue
from luodi.domain.planning.result import Plan
from luodi.domain.vocabulary import Text

TEMPLATE = Path(__file__).parent.parent / "templates" / "charting" / "sheet.typ"


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet, landscape, in millimetres; `rows` of the chart fit on one page; `size`: body type in points."""

    name: str
    wide: int
    tall: int
    margin: int
    rows: int
    size: float


PAPERS = {
    "a0": Paper("A0", 1189, 841, 30, 120, 22.0),
    "a1": Paper("A1", 841, 594, 22, 120, 15.5),
    "a3": Paper("A3", 420, 297, 12, 44, 8.5),
}
LEGEND = (
    ("critical", Text("关键", "Critical")),
    ("float", Text("有浮动", "Has float")),
    ("min", Text("法定最短公告期，不可压缩", "Minimum period, cannot be cut")),
    ("assumed", Text("期限为假设", "Assumed length")),
    ("done", Text("已办结", "Done")),
    ("prep", Text("准备（申报人）", "Preparation (applicant)")),
    ("signed", Text("签约", "Signing")),
    ("asof", Text("计划基准日", "As-of day")),
)
LIVE = (
    *LEGEND[:-1],
    ("asof", actuals.TODAY),
    ("told", Text("公布的计划，及此后损失的天数", "Announced, and days lost since")),
)
"""The legend of a live project."""


def pages(plan: Plan, catalogue: Catalogue, look: gantt.Look, paper: Paper) -> list[str]:
    """The chart in as many drawings as the paper needs; a heading never stands alone at the foot of a page."""
    lines = list(gantt.rows(plan, catalogue, look))
    parts: list[list[gantt.Row]] = []
    while lines:
        size = min(paper.rows, len(lines))
        while size > 1 and size < len(lines) and lines[size - 1].step is None:
            size -= 1
        parts.append(lines[:size])
        lines = lines[size:]
    if not parts:
        parts = [[]]
    tallest = max(len(part) for part in parts)
    # The room left for the chart on a page decides its width, so that the drawing fills the sheet.
    room_wide = paper.wide - 2 * paper.margin
    room_tall = paper.tall - 2 * paper.margin - paper.size * 4.6
    wide = max(900.0, (gantt.HEAD + gantt.ROW * tallest + 8) * room_wide / room_tall)
    sized = replace(look, names=True, fluid=False, links=False, width=round(wide))
    return [gantt.draw(plan, catalogue, sized, part) for part in parts]


def pdf(plan: Plan, catalogue: Catalogue, look: gantt.Look, paper: str, *, printed: date, sample: bool) -> bytes:
    """The chart as PDF."""
    import typst
    from pylopdf_fonts_zh_cn import sans_path

    sheet = PAPERS[paper]
    en = look.language.startswith("en")
    spoken = {
        "title": plan.name[look.language],
        "sample": ("Sample" if en else "示例") if sample else "",
        "figures": standing(plan, catalogue, look) if look.against else summary(plan, catalogue, look.language),
        "legend": [{"kind": kind, "label": label[look.language]} for kind, label in (LIVE if look.against else LEGEND)],
        "foot": foot(plan, look.language, printed),
        "charts": pages(plan, catalogue, look, sheet),
        "wide": sheet.wide, "tall": sheet.tall, "margin": sheet.margin, "size": sheet.size,
        "language": "en" if en else "zh",
    }  # fmt: skip
    made = typst.compile(
        TEMPLATE,
        font_paths=[Path(sans_path()).parent],
        ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps(spoken, ensure_ascii=False)},
    )
    return bytes(made)


def summary(plan: Plan, catalogue: Catalogue, language: str) -> list[dict[str, str]]:
    """The key figures over the chart."""
    en = language.startswith("en")
    landing = figures.landing(plan)
    from_name = words.name(landing.from_id, catalogue, language)
    to_name = words.name(plan.span.to_id, catalogue, language)
    levers = (", " if en else "、").join(catalogue.levers[lever].name[language] for lever in plan.levers)
    return [
        {
            "label": f"{from_name} → {to_name}",
            "figure": words.days(landing.days, language),
            "line": words.span(landing.start, landing.finish),
        },
        {
            "label": "Lower bound" if en else "最短下界",
            "figure": words.days(plan.lower_bound.calendar_days, language),
            "line": plan.lower_bound.words[language],
        },
        {
            "label": "Matters" if en else "适用事项",
            "figure": str(len(plan.steps)),
            "line": f"{len(plan.critical)} critical" if en else f"关键 {len(plan.critical)} 项",
        },
        {
            "label": "Critical path rests on" if en else "关键线路依据",
            "figure": figures.share(1 - plan.assumed_share),
            "line": "law or publication; the rest is assumed" if en else "法定或公布；其余为假设",
        },
        {
            "label": "Levers" if en else "举措",
            "figure": f"{len(plan.levers)}",
            "line": levers or ("none" if en else "未启用"),
        },
    ]


def standing(plan: Plan, catalogue: Catalogue, look: gantt.Look) -> list[dict[str, str]]:
    """The key figures over the chart of a live project: forecast, days lost, what is done, what is critical now."""
    en = look.language.startswith("en")
    told = look.against.finish if look.against else plan.span.finish
    done, started = (sum(step.state == state for step in plan.steps) for state in ("done", "started"))
    late = (plan.span.finish - told).days
    return [
        {
            "label": f"{words.name(plan.span.to_id, catalogue, look.language)} · {'forecast' if en else '预计'}",
            "figure": plan.span.finish.isoformat(),
            "line": f"announced: {told}" if en else f"公布：{told}",
        },
        {
            "label": "Against what was announced" if en else "与公布计划相比",
            "figure": f"{actuals.signed(late)}{words.THIN}{'d' if en else '天'}",
            "line": ("late" if late > 0 else "early" if late < 0 else "as announced")
            if en
            else ("推迟" if late > 0 else "提前" if late < 0 else "与公布一致"),
        },
        {
            "label": "Done" if en else "已办结",
            "figure": f"{done}",
            "line": f"{started} in progress · {len(plan.steps)} in all"
            if en
            else f"在办 {started} · 共 {len(plan.steps)}",
        },
        {
            "label": "Critical now" if en else "当前关键",
            "figure": f"{len(plan.critical)}",
            "line": "a day lost here is a day lost at the end" if en else "这里晚一天，目标晚一天",
        },
    ]


def foot(plan: Plan, language: str, printed: date) -> str:
    """The line under the chart: when it was printed and which rules it rests on."""
    if language.startswith("en"):
        return (
            f"luodi · planned as of {plan.as_of} · rules {plan.catalogue_digest[:12]} of {plan.catalogue_as_of} · "
            f"days are calendar days · printed {printed}"
        )
    return (
        f"落地 luodi · 计划基准日 {plan.as_of} · 规则 {plan.catalogue_digest[:12]}（{plan.catalogue_as_of}）· "
        f"天数为日历日 · 打印于 {printed}"
    )
