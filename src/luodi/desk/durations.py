"""What the durations on pages count: from which event to which, in what unit, and where that is read.

`days` alone means nothing: every duration on a page is written by `marks.lasts` or `marks.figure(…, lasts=…)` with the id
of a line here, and the page ends with `marks.counted(…)`, the same lines in full; tests/desk/test_durations.py walks them.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from luodi.desk.charting import words
from luodi.desk.figure_durations import (
    AS_RULED,
    CALENDAR,
    CLOCK,
    FIGURES,
    HOURS,
    LEAD,
    NOW,
    OFFICE,
    PLAN,
    PLANS,
    PROMISES,
    RECORD,
    RULES,
    TODAY,
    WORKING,
    Lasting,
)
from luodi.desk.figure_durations import one as _one
from luodi.desk.tongue import language
from luodi.domain.catalogue.matters import Kind, Number
from luodi.domain.vocabulary import DayUnit, Source, Text

__all__ = ("CALENDAR", "LASTINGS", "TODAY", "WORKING", "Lasting")

LASTINGS: Mapping[str, Lasting] = {
    "left_promised": _one(
        ("剩余（承诺）", "Left, promised"), NOW, ("承诺期限届满", "the end of the promised limit"),
        OFFICE, CLOCK,
    ),
    "left": _one(
        ("剩余（法定）", "Left, statutory"), NOW, ("法定期限届满", "the end of the statutory limit"),
        OFFICE, CLOCK,
    ),
    "used_promised": _one(
        ("已用（承诺）", "Used, promised"), ("受理", "acceptance"),
        ("今天或办结，停表的日子不计", "today or the decision, without the days the clock stood still"), AS_RULED, CLOCK,
    ),
    "used": _one(
        ("已用（法定）", "Used, statutory"), ("受理", "acceptance"),
        ("今天或办结，停表的日子不计", "today or the decision, without the days the clock stood still"), AS_RULED, CLOCK,
    ),
    "silence": _one(
        ("征询超期的代价", "What silence costs"), ("应答复之日", "the day the answer was due"),
        ("答复或今天，减去浮动", "the answer or today, less the float"), CALENDAR, PLAN,
    ),
    "late": _one(
        ("早晚", "Late or early"), ("公布的完成日", "the announced finish"), ("预测的完成日", "the forecast finish"),
        CALENDAR, PLANS,
    ),
    "lost": _one(
        ("损失或赢得", "Lost or won"), ("变动前的预测完成日", "the forecast finish before the event"),
        ("变动后的预测完成日", "the forecast finish after it"), CALENDAR, RECORD,
    ),
    "window": _one(
        ("所看时段", "The stretch shown"), ("所选天数之前", "so many days ago"), ("今天", "today"), CALENDAR,
        Text("本页所选", "chosen on this page"),
    ),
    "offered": _one(
        ("新计划的变动", "Moved by the offer"), ("公布的办结日", "the announced end of the matters"),
        ("建议计划的办结日", "their end in the offered plan"), CALENDAR, PLAN,
    ),
    "span": _one(
        ("全程", "The whole way"), ("起点节点", "the first milestone"), ("终点节点", "the last milestone"), CALENDAR, PLAN,
    ),
    "shortest": _one(
        ("最短可能", "Shortest possible"), ("起点节点", "the first milestone"), ("终点节点", "the last milestone"), CALENDAR,
        Text("求解器的下界", "the bound of the solver"),
    ),
    "saved": _one(
        ("节省", "Saved"), ("带举措时的完成日", "the finish with the levers"), ("不带举措时的完成日", "the finish without them"),
        CALENDAR, Text("同一项目的两次推演", "two plans of the same project"),
    ),
    "bar": _one(
        ("条形旁的天数", "The figure beside a bar"), ("开始办理", "the start of handling"), ("办完", "its end"), CALENDAR, PLAN,
    ),
    "float": _one(
        ("浮动", "Float"), ("计划的办完日", "the planned end of the matter"),
        ("不推迟终点的最晚办完日", "the last day on which it does not move the finish"), CALENDAR, PLAN,
    ),
    "since_contact": _one(
        ("距首次接洽", "Since contact"), ("首次接洽，首日不计", "first contact, not counted"), ("该节点", "the milestone"),
        CALENDAR, Text("项目文件所载日期，未定的取计划", "the dates of the project file, else of the plan"),
    ),
    "limit": _one(
        ("办理时限", "Limit"), ("受理", "acceptance"), ("作出决定", "the decision"), AS_RULED, RULES,
    ),
    "minimum": _one(
        ("最短期限", "Minimum period"), ("开始", "the beginning"), ("最早可结束", "the earliest end"), AS_RULED, RULES,
    ),
    "duty": _one(
        ("业主义务期限", "Owner's deadline"), ("前一节点", "the milestone before"), ("义务履行", "the duty done"), AS_RULED,
        RULES,
    ),
    "assumed": _one(
        ("计划假设的用时", "Assumed length"), ("开始办理", "the start of handling"), ("办完", "its end"), AS_RULED,
        Text("计划假设，见手册", "a planning assumption, see the handbook"),
    ),
    "preparation": _one(
        ("材料准备", "Preparation"), ("可以开始准备", "the day preparation can begin"), ("材料齐备", "the papers are ready"),
        AS_RULED, RULES,
    ),
    "letter": _one(
        ("函的有效期", "Validity of a letter"), ("出函", "the letter"), ("失效", "its expiry"), AS_RULED, RULES,
    ),
    "lever": _one(
        ("举措的数字", "Number of a lever"), ("举措起作用", "the lever takes effect"),
        ("该举措所限的行为", "the act it limits"), AS_RULED, RULES,
    ),
    "owed": _one(
        ("欠件剩余", "Left of a debt"), TODAY, ("到期日；宽限期内为宽限届满",
        "its day, or the end of grace"), WORKING,
        Text("批准时的承诺与节假日安排", "what was promised with the decision, and the holiday notices"),
    ),
    "grace": _one(
        ("宽限期", "Grace"), ("到期日", "the day it was due"), ("可以退件", "the day it may be given back"), WORKING, RULES,
    ),
    "halt_step": _one(
        ("停工步骤期限", "Limit of a step"), ("报告", "the report"), ("该步骤完成", "the step"), AS_RULED,
        Text("步骤下所引条文", "the article named with the step"),
    ),
    "halt_late": _one(
        ("停工步骤超期", "Step overdue"), ("该步骤应完成之日", "the day of the step by the rule"),
        ("完成或今天", "the step, or today"), CALENDAR, Text("步骤下所引条文", "the article named with the step"),
    ),
    "answer": _one(
        ("到首次答复", "To the first answer"), ("提出诉求", "the request"), ("首次答复，或此刻", "the first answer, or now"),
        HOURS, Text("诉求与答复的记录时刻", "the recorded moments of both"),
    ),
    "campaign": _one(
        ("攻坚行动的天数", "Days of a campaign"), ("首日，计入", "its first day, counted"), ("今天；末日", "today; its last day"),
        CALENDAR, Text("行动的公布日期", "its dates as announced"),
    ),
    "campaign_left": _one(
        ("攻坚行动剩余", "Left of a campaign"), TODAY, ("结束日", "its last day"), CALENDAR,
        Text("行动的公布日期", "its dates as announced"),
    ),
    "order": _one(
        ("督办剩余", "Left of an order"), TODAY, ("督办期限", "its day"), CALENDAR,
        Text("督办事项所定日期", "the day set with the order"),
    ),
    "holiday": _one(
        ("放假天数", "Length of a holiday"), ("首日，计入", "its first day, counted"), ("末日，计入", "its last day, counted"),
        CALENDAR, Text("国务院办公厅节假日安排", "the State Council's holiday notice"),
    ),
    "month": _one(
        ("当月工作日", "Working days of a month"), ("当月首日，计入", "the first day of the month, counted"),
        ("当月末日，计入", "its last day, counted"), WORKING,
        Text("节假日安排及补录", "the holiday notices and what officers added"),
    ),
    "to_start": _one(
        ("首次接洽到开工", "Contact to start"), ("首次接洽", "first contact"), ("开工", "start of works"), CALENDAR,
        Text("按表单推演的计划", "the plan as computed from the form"),
    ),
    "answer_moves": _one(
        ("答案的影响", "What the answer does"), ("改前的开工日", "start of works before the answer"),
        ("改后的开工日", "start of works after it"), CALENDAR, Text("按表单推演的计划", "the plan as computed from the form"),
    ),
    "notice_left": _one(
        ("通知里的剩余", "Left, in a notice"), ("通知当日", "the day of the notice"),
        ("通知所写期限", "the day named in it"),
        Text("句中所写；延期的为该事项时限的单位", "as its sentence says; of an extension, the unit of its limit"),
        Text("所提醒的事项", "what it reminds of"),
    ),
    "promise_late": _one(
        ("承诺超期", "Promise overdue"), ("承诺的到期日", "the day the promise was due"), ("今天", "today"), CALENDAR, PROMISES,
    ),
    "promise_came": _one(
        ("承诺兑现的早晚", "Promise kept late or early"), ("承诺的日期", "the day promised"),
        ("实际的日期", "the day it came"), CALENDAR, PROMISES,
    ),
    "promise_soon": _one(
        ("即将到期的时段", "What is due soon"), TODAY, ("30 天后", "the thirtieth day after it"), CALENDAR,
        Text("本系统的取值，非规定", "a choice of this system, no rule"),
    ),
    "talks": _one(
        ("洽谈历时", "Length of the talks"), ("首轮洽谈", "the first round"), ("最近一轮", "the last round so far"), CALENDAR,
        Text("洽谈记录", "the record of the talks"),
    ),
    "opinion_left": _one(
        ("意见剩余", "Left for an opinion"), TODAY, ("意见应答复之日", "the day the opinion is due"), CALENDAR,
        Text("征求意见的记录", "the record of the entry review"),
    ),
    "force_left": _one(
        ("专班剩余", "Left of a task force"), TODAY, ("专班的末日", "its last day"), CALENDAR,
        Text("专班的成立文件与延期记录", "the paper that founds it and what moved its last day"),
    ),
    "member_left": _one(
        ("成员剩余", "Left of a membership"), TODAY, ("该成员的末日", "the last day of the member"), CALENDAR,
        Text("专班成员记录", "the members of the task force"),
    ),
    "unmanned": _one(
        ("无人值班的天数", "Days without anybody on duty"),
        ("今天或专班首日，计入", "today or the first day of the force, counted"),
        ("值班表所示末日，计入", "the last day the roster shows, counted"), CALENDAR, Text("值班表", "the duty roster"),
    ),
    "service_left": _one(
        ("保障事项剩余", "Left for a service"), TODAY, ("需要之日", "the day it is wanted"), CALENDAR,
        Text("所提的保障需求", "the service as asked for"),
    ),
    "obstacle_left": _one(
        ("障碍剩余", "Left for an obstacle"), TODAY, ("应解决之日", "the day it is to be solved"), CALENDAR,
        Text("现场日志", "the log of the site"),
    ),
    "contacted": _one(
        ("首次对接以来", "Since the first contact"), ("首次对接，首日不计", "the first contact, not counted"), ("今天", "today"),
        CALENDAR, LEAD,
    ),
    "unowned": _one(
        ("无人负责的天数", "Days without an owner"), ("首次对接，计入", "the first contact, counted"),
        ("今天或线索了结之日，计入", "today or the day the lead ended, counted"), CALENDAR, LEAD,
    ),
    "unowned_once": _one(
        ("一段无人负责", "A stretch without an owner"), ("无人负责的首日，计入", "its first day, counted"),
        ("无人负责的末日，计入", "its last day, counted"), CALENDAR, LEAD,
    ),
    **FIGURES,
}  # fmt: skip


@lru_cache(maxsize=4096)
def said(
    kind: str, tongue: str, start: Text | str = "", end: Text | str = "", unit: Text | str = "", source: str = ""
) -> str:
    """A duration in full: from what to what, its unit, its source; what is given replaces the line's own words."""
    one = LASTINGS[kind]
    parts = (start or one.start, end or one.end, unit or one.unit, source or one.source)
    first, last, counted, read = (part[tongue] if isinstance(part, Text) else part for part in parts)
    if tongue.startswith("en"):
        return f"From {first} to {last} · {counted} · source: {read}"
    return f"自{first}至{last} · 单位：{counted} · 来源：{read}"


def lasting(
    kind: str,
    *,
    start: Text | str = "",
    end: Text | str = "",
    unit: Text | str = "",
    source: Source | str | None = None,
) -> str:
    """The same in the language of the page."""
    return said(kind, language(), start, end, unit, str(source or ""))


KINDS: Mapping[Kind, str] = {
    Kind.MAX: "limit", Kind.MIN: "minimum", Kind.DUTY: "duty", Kind.ASSUMED: "assumed",
}  # fmt: skip


def of_number(number: Number, kind: str = "") -> str:
    """The same of a number of the handbook: its own unit and source; `kind` where it is no time of handling."""
    return lasting(kind or KINDS[number.kind], unit=words.UNITS[number.unit], source=number.source)


def unit_of(unit: str) -> Text:
    """The name of a day unit of a case's clock."""
    return words.UNITS[DayUnit(unit)]


SHORT = {DayUnit.WORKING: Text("工作日", "wd"), DayUnit.CALENDAR: Text("天", "d"), DayUnit.MONTHS: Text("月", "mo")}


def short(unit: str) -> str:
    """The same as an abbreviation, where a column is narrow."""
    return SHORT[DayUnit(unit)][language()]


def moved(count: int) -> str:
    """Calendar days won or lost, with their sign: `+3 天`, `−2 d`."""
    return f"{'+' if count > 0 else '−' if count else ''}{abs(count)}{words.THIN}{SHORT[DayUnit.CALENDAR][language()]}"


COUNTED = re.compile(r"\d+\s*(?:个?工作日|个?日历日|天|working days?|calendar days?|days?)")


def counts(sentence: str) -> bool:
    """Whether a sentence written elsewhere, such as a notice, holds a number of days."""
    return COUNTED.search(sentence) is not None
