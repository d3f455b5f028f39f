"""Words of the province's pages: stages, money, spans, how sure a name is."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from luodi.desk.charting import answers
from luodi.domain.regions.comparing import Spread
from luodi.domain.vocabulary import Text
from luodi.projects.outlines import NONE, STAGES
from luodi.zones.registry import registry

YI, WAN = 100_000_000, 10_000
THIN = "\u2009"
CONFIDENCE = {
    "verified": Text("已核实", "verified"), "article": Text("见于文章", "named in an article"),
    "unverified": Text("未核实", "unverified"),
}  # fmt: skip
BASES = {
    "article": Text("报道", "article"), "zone": Text("本区登记", "entered by the zone"), "sample": Text("示例", "sample"),
}  # fmt: skip


@cache
def stages() -> Mapping[str, Text]:
    """Stage -> its name."""
    milestones = answers.catalogue().milestones
    return {one: Text("未对接", "no milestone yet") if one == NONE else milestones[one].name for one in STAGES}


def kind(key: str) -> Text:
    """What a class of zones is called; the key where the registry does not have it."""
    return registry().kinds.get(key) or Text(key, key)


def money(yuan: int) -> Text:
    """An amount in 亿元, below one in 万元; in English in billion or million yuan."""
    if abs(yuan) >= YI:
        zh = f"{plain(Decimal(yuan) / YI)}{THIN}亿元"
    else:
        zh = f"{plain(Decimal(yuan) / WAN)}{THIN}万元"
    size, word = (1_000_000_000, "billion") if abs(yuan) >= 1_000_000_000 else (1_000_000, "million")
    return Text(zh, f"{plain(Decimal(yuan) / size)}{THIN}{word} yuan")


def plain(value: Decimal) -> str:
    """A number with two decimals at most and none that are idle."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def middle(one: Spread) -> str:
    """The median as it is written: whole, or with a half."""
    return f"{one.median:.1f}".removesuffix(".0")


def spread(one: Spread | None) -> Text:
    """How values lie, in words: the middle half, the ends, and of how many."""
    if one is None:
        return Text("没有可计算的项目", "no project to count")
    if one.count == 1:
        return Text("只有 1 个项目", "1 project only")
    if one.low is None or one.high is None:
        return Text(
            f"{one.least}—{one.most}{THIN}天，{one.count}{THIN}个项目",
            f"{one.least}–{one.most}{THIN}d, {one.count} projects",
        )
    return Text(
        f"中间一半 {one.low:.0f}—{one.high:.0f}{THIN}天，最短 {one.least}、最长 {one.most}，{one.count}{THIN}个项目",
        f"middle half {one.low:.0f}–{one.high:.0f}{THIN}d, shortest {one.least}, longest {one.most}, {one.count} projects",
    )
