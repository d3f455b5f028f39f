"""What accounts, levels, figures and states are called."""

from collections.abc import Mapping
from types import MappingProxyType

from luodi.domain.ledger.kinds import kinds
from luodi.domain.vocabulary import Text
from luodi.ledgers.models import Account

LEVELS: Mapping[str, Text] = MappingProxyType(
    {
        "outside": Text("台账之外", "Outside"),
        "province": Text("省级", "Province"),
        "city": Text("市级", "City"),
        "zone": Text("开发区", "Zone"),
        "node": Text("设施节点", "Utility node"),
        "project": Text("项目", "Project"),
    }
)
FIGURES: Mapping[str, Text] = MappingProxyType(
    {
        "inward": Text("下达总量", "Allotted in all"),
        "balance": Text("未核销余额", "Not used up"),
        "available": Text("可用余额", "Left to promise"),
    }
)
"""What a paper can say about an account."""
PHASES: Mapping[str, Text] = MappingProxyType(
    {
        "move": Text("下达", "Allotted"),
        "reserve": Text("预留", "Reserved"),
        "commit": Text("承诺", "Committed"),
        "post": Text("核销", "Used up"),
        "void": Text("释放", "Released"),
        "expire": Text("到期释放", "Expired"),
        "reverse": Text("冲正", "Reversed"),
    }
)


def account_name(row: Account) -> Text:
    """Holder, kind and period in words."""
    name, period = kinds()[row.quota].name, row.period
    return Text(
        f"{row.zh}·{name.zh}" + (f"（{period}年）" if period else ""),
        f"{row.en}, {name.en}" + (f" {period}" if period else ""),
    )
