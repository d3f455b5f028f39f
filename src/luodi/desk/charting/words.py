"""Why a bar stands where it stands, in the reader's language: the sentences on the wall chart and in print."""

from datetime import date

from luodi.domain.catalogue.matters import Catalogue, Kind, Number
from luodi.domain.planning.result import Step
from luodi.domain.vocabulary import Confidence, DayUnit, Text

THIN = "\u2009"

UNITS = {
    DayUnit.WORKING: Text("个工作日", "working days"),
    DayUnit.CALENDAR: Text("个日历日", "calendar days"),
    DayUnit.MONTHS: Text("个月", "months"),
}
KINDS = {
    Kind.MAX: Text("最长期限", "limit"),
    Kind.MIN: Text("最短期限，不可压缩", "minimum period, cannot be cut"),
    Kind.DUTY: Text("业主义务期限", "owner's deadline"),
    Kind.ASSUMED: Text("计划假设", "planning assumption"),
}
BASES = {
    Confidence.LAW: Text("法定", "law"),
    Confidence.PUBLISHED: Text("公布", "published"),
    Confidence.ASSUMPTION: Text("假设", "assumption"),
}
MODES = {
    "approval": Text("审批", "approval"),
    "record_filing": Text("备案", "record filing"),
    "government_service": Text("政府统一服务", "government service"),
    "municipal_utility": Text("市政公用报装", "municipal utility"),
    "self_managed": Text("企业自主", "self-managed"),
    "contract": Text("合同", "contract"),
    "payment": Text("缴费", "payment"),
    "promised": Text("承诺时限", "promised limit"),
    "commitment": Text("承诺制", "commitment"),
    "regional": Text("区域评估", "regional assessment"),
    "standard_land": Text("标准地", "standard land"),
    "merged": Text("已并入", "merged"),
}
STATES = {
    "planned": Text("未开始", "planned"),
    "started": Text("进行中", "in progress"),
    "done": Text("已办结", "done"),
}
SAME_DAY = Text("当日", "same day")


def days(count: int, language: str) -> str:
    """`14 天` / `14 d`; a span of no length is `当日` / `same day`."""
    if count == 0:
        return SAME_DAY[language]
    return f"{count}{THIN}{'d' if language.startswith('en') else '天'}"


def beside(step: Step, language: str) -> str:
    """The few words beside a bar: its days, or the lever that took them away."""
    length = (step.finish - step.start).days
    if length == 0 and step.mode in ("regional", "standard_land", "merged", "commitment"):
        return MODES[step.mode][language]
    return days(length, language)


def size(number: Number, language: str) -> str:
    """A number with its unit."""
    gap = " " if language.startswith("en") else THIN
    return f"{number.days}{gap}{UNITS[number.unit][language]}" if number.days else SAME_DAY[language]


def limit(number: Number, language: str) -> str:
    """A number with its unit, what it binds, and how sure it is."""
    return f"{size(number, language)} · {KINDS[number.kind][language]} · {BASES[number.confidence][language]}"


def span(start: date, finish: date) -> str:
    """Two dates as `2023-05-26 — 10-09`; the year is said once where it is the same."""
    if start == finish:
        return start.isoformat()
    tail = finish.isoformat() if finish.year != start.year else f"{finish:%m-%d}"
    return f"{start.isoformat()} — {tail}"


def name(id_: str, catalogue: Catalogue, language: str) -> str:
    """The name of a matter or milestone, or the id itself (a date, a release)."""
    if id_ in catalogue.matters:
        return catalogue.matters[id_].name[language]
    if id_ in catalogue.milestones:
        return catalogue.milestones[id_].name[language]
    if id_ in catalogue.levers:
        return catalogue.levers[id_].name[language]
    return DRIVERS[id_][language] if id_ in DRIVERS else id_


DRIVERS = {
    "as_of": Text("计划基准日", "the plan's as-of date"),
    "prepare": Text("本事项的材料准备", "its own preparation"),
    "progress": Text("已发生的办理记录", "what has already happened"),
}


def why(step: Step, catalogue: Catalogue, language: str) -> str:
    """Everything a bar stands on, one thing a line: who, when, limit and source, driver, float, reason, levers."""
    en = language.startswith("en")
    unit = catalogue.units[step.unit][language] if step.unit in catalogue.units else step.unit
    mode = MODES[step.mode][language] if step.mode in MODES else step.mode
    length = (step.finish - step.start).days
    lines = [
        f"{step.name[language]} · {unit} · {mode} · {STATES[step.state][language] if step.state in STATES else step.state}",
        f"{'Handled' if en else '办理'}: {span(step.start, step.finish)} ({days(length, language)})",
    ]
    if step.prepare_from < step.prepare_to:
        lines.append(f"{'Prepared' if en else '准备'}: {span(step.prepare_from, step.prepare_to)}")
    lines.append(f"{'Limit' if en else '期限'}: {limit(step.limit, language)}")
    lines.append(f"{'Source' if en else '来源'}: {step.limit.source}")
    if step.driver:
        lines.append(f"{'Start fixed by' if en else '开始取决于'}: {name(step.driver, catalogue, language)}")
    lines.append(floating(step, language))
    lines.append(f"{'Applies because' if en else '适用理由'}: {step.because[language]}")
    if step.levers:
        names = [catalogue.levers[x].name[language] if x in catalogue.levers else x for x in step.levers]
        lines.append(f"{'Levers at work' if en else '起作用的举措'}: {(', ' if en else '、').join(names)}")
    if step.projected:
        lines.append(
            "Dates beyond the last holiday notice are projected" if en else "日期超出已公布的节假日安排，按周末推算"
        )
    return "\n".join(lines)


def floating(step: Step, language: str) -> str:
    """The float of a step, or that it has none."""
    en = language.startswith("en")
    if step.critical:
        return "Critical: a day lost here is a day lost at the end" if en else "关键：此处晚一天，目标晚一天"
    return f"Float: {days(step.float_days, language)}" if en else f"浮动：{days(step.float_days, language)}"
