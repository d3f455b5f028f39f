"""The filters of a list in words, as they stand above its rows in a file."""

from collections.abc import Mapping

from luodi.desk.casework import spoken
from luodi.desk.owing import telling
from luodi.domain.handling.states import State, state_rules
from luodi.domain.vocabulary import Text

FILTERS = {
    "q": Text("查找", "words"), "whose": Text("范围", "whose"), "state": Text("状态", "state"), "light": Text("灯", "light"),
    "turn": Text("轮到", "turn"), "project": Text("项目", "project"), "kind": Text("种类", "kind"), "show": Text("显示", "shown"),
    "year": Text("年份", "year"), "organisation": Text("单位", "organisation"), "number": Text("办件", "case"),
    "stage": Text("阶段", "stage"), "city": Text("所在市", "city"), "zone": Text("开发区", "zone"),
    "industry": Text("行业大类", "division"), "on": Text("日期", "on the day"),
    "sector": Text("行业", "sector"), "area": Text("区域", "area"), "region": Text("来源地", "region"),
    "channel": Text("招商方式", "way"), "programme": Text("合作区域", "programme"), "owner": Text("负责人", "owner"),
    "due": Text("期限", "due"), "landed": Text("已转项目", "is a project"), "tenure": Text("供地方式", "tenure"),
    "period": Text("月份", "month"), "dimension": Text("维度", "dimension"), "span": Text("时段", "span"),
    "wait": Text("环节", "wait"), "group": Text("类别", "class"), "batch": Text("批次", "round"), "size": Text("分档", "size"),
    "all": Text("含已离任", "ended ones too"), "as_of": Text("截至", "as of"),
}  # fmt: skip
"""What the filters of addresses are called."""
VALUES: Mapping[str, Mapping[str, Text]] = {
    "whose": {"mine": Text("我的", "mine"), "unit": Text("本单位", "my unit's"), "zone": Text("本区", "the zone's")},
    "light": {**spoken.LIGHTS, "none": spoken.STILL}, "turn": spoken.TURNS,
    "state": {
        **{str(int(one)): rule.name for one, rule in ((one, state_rules()[one]) for one in State)},
        **telling.STATES, "over": Text("已复工", "works resumed"), "settled": Text("已了结", "settled"),
        "all": Text("全部", "all"),
    },
    "kind": telling.KINDS, "show": {"unread": Text("未读", "unread")}, "all": {"1": Text("是", "yes")},
}  # fmt: skip
"""What their values are called, where they are not words already."""


def said(key: str, value: str, language: str) -> str:
    """One filter: `状态：受理`; one that is not known here stands as it was written."""
    name, known = FILTERS.get(key), VALUES.get(key, {}).get(value)
    colon = ": " if language.startswith("en") else "："
    return f"{name[language] if name else key}{colon}{known[language] if known else value}"[:80]
