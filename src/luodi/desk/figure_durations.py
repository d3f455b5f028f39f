"""What a line of durations is made of, and the lines of the pages of results, factors, zones, land and the record."""

from collections.abc import Mapping
from dataclasses import dataclass

from luodi.domain.indicators.stretches import UNITS
from luodi.domain.vocabulary import Text

CALENDAR, WORKING = UNITS["calendar_days"], UNITS["working_days"]
OFFICE = Text("工作日；不足两日的计办公小时", "working days; below two of them, office hours")
HOURS = Text("时钟小时；满两天的计天，一天 24 小时", "hours of the clock; from two days on, days of 24 hours")
AS_RULED = Text("所引规定的单位", "the unit of the rule named")
PLAN = Text("推演的计划", "the plan as computed")
PLANS = Text("公布的计划与现在的预测", "the announced plan and the forecast of now")
RULES = Text("事项手册所列条文", "the article named in the handbook")
CLOCK = Text("办件时钟，按国务院办公厅节假日安排", "the clock of the case, by the State Council's holiday notices")
RECORD = Text("项目记录，每次变动一条", "the record of the project, an entry for every move")
PROMISES = Text("承诺台账", "the promise ledger")
LEAD = Text("线索的履历", "the dated record of the lead")
FILES = Text("项目文件的节点", "milestones of the project file")
RULES_OF_LAND = Text("旁注条文", "the article named beside it")
NOW = Text("此刻", "now")
TODAY = Text("今天", "today")


@dataclass(frozen=True, slots=True)
class Lasting:
    """A kind of duration: its name, the events it begins and ends with, its unit and its source."""

    name: Text
    start: Text
    end: Text
    unit: Text
    source: Text


def one(
    name: tuple[str, str], start: Text | tuple[str, str], end: tuple[str, str], unit: Text, source: Text
) -> Lasting:
    return Lasting(Text(*name), start if isinstance(start, Text) else Text(*start), Text(*end), unit, source)


FIGURES: Mapping[str, Lasting] = {
    "supply": one(
        ("要素到位早晚", "Factor, early or late"), ("需用日", "the day it is needed by"),
        ("承诺到位日；没有承诺的为今天", "the day promised, or today where nobody has promised"), CALENDAR,
        Text("要素需求记录和公布的计划", "the request and the announced plan"),
    ),
    "supply_moves": one(
        ("要素推迟计划", "What a factor does to the plan"), ("公布计划的节点日", "the milestone in the announced plan"),
        ("要素迟到后的节点日", "the same, with the item as late as it is"), CALENDAR,
        Text("公布的计划，逐项重新推演", "the announced plan, rolled forward item by item"),
    ),
    "lead": one(
        ("安排用时", "Lead time"), ("提出需求", "the request"), ("落实", "the day it was met"), CALENDAR,
        Text("已落实的需求；不足五项时为假设", "requests met; an assumption until there are five"),
    ),
    "stretch": one(
        ("里程碑用时", "Milestone to milestone"), ("本页所选的起点", "the first event chosen on this page"),
        ("本页所选的终点", "the second event chosen"), CALENDAR, FILES,
    ),
    "published": one(
        ("公布的用时", "A published length"), ("该行所写的起点", "the first event of its row"),
        ("该行所写的终点", "the second event of its row"), Text("该行所写的单位", "the unit written in its row"),
        Text("该行所引来源", "the source named in its row"),
    ),
    "lag": one(
        ("环节已等", "Waiting"), ("前一节点", "the event before"), ("今天", "today"), CALENDAR, FILES,
    ),
    "lag_usual": one(
        ("通常等待", "Usual wait"), ("前一节点", "the event before"), ("下一节点", "the event awaited"), CALENDAR,
        Text("表下所注假设", "the assumption named under the table"),
    ),
    "lag_over": one(
        ("超过通常", "Past the usual"), ("通常等待届满", "the end of the usual wait"), ("今天", "today"), CALENDAR, FILES,
    ),
    "gap": one(
        ("无人负责", "No owner"), ("首个无人负责之日，计入", "the first day without one, counted"),
        ("最后一个无人负责之日，计入", "the last such day, counted"), CALENDAR,
        Text("线索和项目的任职记录", "the record of who answered for lead and project"),
    ),
    "works_since": one(
        ("开工至今", "Since works began"), ("开工", "start of works"), ("今天", "today"), CALENDAR, FILES,
    ),
    "started": one(
        ("签约到开工", "Signing to start"), ("签约", "signing"), ("开工", "start of works"), CALENDAR, FILES,
    ),
    "promised_span": one(
        ("承诺用时", "Days promised"), ("签约", "signing"), ("计划公布的该节点日", "the announced day of the milestone"),
        CALENDAR, Text("公布的计划，取中位数", "the announced plans, their median"),
    ),
    "runs_out": one(
        ("预留即将到期", "A reservation runs out"), NOW, ("预留到期", "the end of the reservation"), CALENDAR,
        Text("指标账本", "the ledger"),
    ),
    "recorded_days": one(
        ("留痕所记天数", "Days in an entry"), ("该条留痕所述行为", "the act of the entry"),
        ("该行为所定之日", "the day it sets"), Text("该行为所用单位", "the unit of that act"),
        Text("该条留痕，照录", "the entry itself, as recorded"),
    ),
    "land_notice": one(
        ("出让公告期", "Notice of a listing"), ("公告发布", "the notice"), ("挂牌开始", "the start of the listing"), CALENDAR,
        RULES_OF_LAND,
    ),
    "land_listing": one(
        ("挂牌期", "Listing"), ("挂牌开始", "its start"), ("挂牌截止", "its end"), CALENDAR, RULES_OF_LAND,
    ),
    "in_a_year": one(
        ("算式中一年的时间", "Time in a year, in a formula"), ("1 月 1 日", "1 January"), ("12 月 31 日", "31 December"),
        Text("算式所写单位", "the unit written in the formula"),
        Text("该系数所注假设", "the assumption noted with the number"),
    ),
    "land_idle": one(
        ("交付未开工的年数", "Years without works"), ("交付土地", "the day the land was delivered"), ("今天", "today"),
        Text("满整年", "whole years"), Text("地块的交付记录", "the record of its delivery"),
    ),
    "site_days": one(
        ("到开工的天数", "Days to start"), ("项目文件的推演日", "the day of planning in the project file"),
        ("该地块上的开工", "start of works on the parcel"), CALENDAR, PLAN,
    ),
}  # fmt: skip
