"""The short words of casework: lights with the time left, states, turns, spans of the clock; kept, for lists are long."""

from datetime import date
from functools import lru_cache

from luodi.desk.charting.words import THIN
from luodi.domain.clock.rules import clock_rules, pause_rules
from luodi.domain.handling.states import State, state_rules
from luodi.domain.vocabulary import Text

TURNS = {
    "window": Text("窗口", "window"),
    "unit": Text("承办单位", "unit"),
    "applicant": Text("申请人", "applicant"),
    "other": Text("其他单位", "other unit"),
    "nobody": Text("已办结", "closed"),
}
LIGHTS = {
    "red": Text("超期", "overdue"),
    "amber": Text("临期", "last day"),
    "green": Text("在期限内", "in time"),
    "paused": Text("停表", "clock stopped"),
    "none": Text("未起表", "not started"),
    "done": Text("已办结", "closed"),
}
DUE = Text("已到期", "due now")
STILL = Text("未计时", "clock not running")
ROLES = {
    "owner": Text("主办", "owner"),
    "helper": Text("协办", "helper"),
    "linked": Text("联动部门", "linked department"),
    "supervisor": Text("督办领导", "supervising leader"),
}


def state(number: int, language: str) -> str:
    """The name of a state as the exchange has it."""
    return state_rules()[State(number)].name[language]


def pause(kind: str, language: str) -> str:
    """The name of a kind of pause."""
    return pause_name(kind)[language]


def pause_name(kind: str) -> Text:
    """The same in both languages; an unknown kind is its own name."""
    rules = pause_rules()
    return rules[kind].name if kind in rules else Text(kind, kind)


@lru_cache(maxsize=4096)
def left(light: str, hours: int | None, language: str) -> str:
    """The word of a light with what is left: `剩 3 个工作日`, `剩 5 小时`, `超期 2 个工作日`.

    `hours`: office hours to the end of the limit, today's included; negative beyond it.  Days are office days.
    """
    en, day = language.startswith("en"), clock_rules().hours.per_day // 60
    if hours is None or light in ("none", "paused", "done"):
        return LIGHTS[light][language]
    days, unit = ("wd", "h") if en else ("个工作日", "小时")
    if hours == 0 and light == "amber":
        return DUE[language]
    if hours < 0 or light == "red":
        count = max(1, -(hours // day))
        return f"Overdue {count}{THIN}{days}" if en else f"超期 {count}{THIN}{days}"
    count, said = (hours, unit) if hours < 2 * day else (hours // day, days)
    return f"{count}{THIN}{said} left" if en else f"剩 {count}{THIN}{said}"


def day(value: date | None, today: date) -> str:
    """`06-27`; with the year where it is another one."""
    if value is None:
        return "—"
    return f"{value:%m-%d}" if value.year == today.year else value.isoformat()
