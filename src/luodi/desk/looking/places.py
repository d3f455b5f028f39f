"""The pages one can go to by name from the search box: those the header offers this post, found by name and initials."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from luodi.finding.spelling import plain, words


@dataclass(frozen=True, slots=True)
class Going:
    """A page to go to: the name of its address, and what it is called in both languages."""

    name: str
    zh: str
    en: str


GOING = (
    Going("inbox", "收件箱", "Inbox"),
    Going("board", "看板", "Board"),
    Going("tracker", "我的项目", "My project"),
    Going("forms", "一张表单", "One form"),
    Going("command_room", "指挥室", "Command room"),
    Going("projects", "项目", "Projects"),
    Going("pipeline", "招商落地", "Pipeline"),
    Going("factor_board", "要素保障", "Factors"),
    Going("results", "成效", "Results"),
    Going("region", "区域", "Region"),
    Going("land", "土地", "Land"),
    Going("ledgers", "指标台账", "Quota ledgers"),
    Going("unit_chart", "单位挂图", "Units"),
    Going("notices", "通知", "Notices"),
    Going("debts", "承诺与容缺", "Commitments and debts"),
    Going("halts", "停工保护", "Stops of works"),
    Going("calendar", "工作日历", "Working days"),
    Going("zone_record", "办理留痕", "The record"),
    Going("sheets", "表格导入导出", "Excel ledgers"),
    Going("national", "国家数据交换", "National exchange"),
    Going("people", "人员", "People"),
    Going("powers", "授权", "Powers"),
    Going("security", "安全", "Security"),
    Going("audit", "审计", "The record"),
    Going("api_tokens", "接口令牌", "Tokens"),
)
"""Kept with both names, since whoever reads English may type Chinese initials, and the other way round."""
MOST = 6


def going(parts: list[str], places: Mapping[str, str]) -> tuple[tuple[str, Going], ...]:
    """The pages whose name holds every part, with their addresses; only those that the header offers.  No query."""
    found = [(places[one.name], one) for one in GOING if one.name in places and _holds(one, parts)]
    return tuple(found[:MOST])


def _holds(one: Going, parts: list[str]) -> bool:
    return bool(parts) and all(any(line.startswith(part) for line in _lines(one)) for part in map(plain, parts))


@cache
def _lines(one: Going) -> tuple[str, ...]:
    return tuple(words((one.zh, one.en, *one.en.split())).splitlines())
