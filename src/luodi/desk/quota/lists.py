"""Quota ledgers as files: every account with what was allotted, promised and used up."""

from collections.abc import Iterator

from luodi.accounts.gate import SignedIn
from luodi.desk.quota.views import shown, then
from luodi.domain.ledger.kinds import Kind, kinds
from luodi.domain.vocabulary import Text
from luodi.exchange.sheets.export import Shown
from luodi.ledgers import readers
from luodi.ledgers.naming import LEVELS

ACCOUNTS = (
    Shown(Text("指标", "Quota"), 28), Shown(Text("年度", "Year"), 8), Shown(Text("层级", "Level"), 10),
    Shown(Text("持有方", "Holder"), 28), Shown(Text("单位", "Unit"), 14), Shown(Text("下达总量", "Allotted"), 14),
    Shown(Text("预留", "Reserved"), 14), Shown(Text("承诺", "Committed"), 14), Shown(Text("核销", "Used up"), 14),
    Shown(Text("可用余额", "Left to promise"), 14),
)  # fmt: skip


def accounts(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The accounts of `/ledgers/`, filtered as the page is, at the moment it is asked about."""
    asked = {name: request.GET.get(name, "").strip()[:64] for name in ("group", "holder")}
    for one in readers.accounts(zones=request.acting.reach):
        if one.level == "outside" or not shown(one, asked["group"], asked["holder"]):
            continue
        kind, sums = kinds()[one.quota], then(request, one).sums
        sizes = (sums.inward, sums.reserved, sums.committed, sums.outward, sums.available)
        yield kind.name, one.period, LEVELS[one.level], one.name, kind.unit, *(_number(size, kind) for size in sizes)


def _number(size: int, kind: Kind) -> int | float:
    """An amount in the kind's unit."""
    units, rest = divmod(size, 10**kind.decimals)
    return units if not rest else float(size / 10**kind.decimals)
