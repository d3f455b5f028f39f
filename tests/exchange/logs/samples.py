"""A few invented cases as a log, and the schemas that the files must keep."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from luodi.domain.clock.office import SHANGHAI
from luodi.exchange.logs.log import LogCase, LogEvent

HERE = Path(__file__).parent
START = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
KINDS = ("接件", "受理", "办结（通过）")


def case(number: int, name: str = "示例 & <项目> 「甲」") -> LogCase:
    """A case of three events."""
    events = tuple(
        LogEvent(
            kind, START + timedelta(days=number, hours=place), "审批专员 · 综改示范区", "行政审批局",
            attributes={"seq": place, "kind": f"case.{place}", "state": (1, 3, 11)[place - 1], "basis": "行政许可法 第42条"},
        )
        for place, kind in enumerate(KINDS, start=1)
    )  # fmt: skip
    return LogCase(f"zg-2026-{number:06}", events, {
        "matter": "project_filing", "matter_name": "企业投资项目备案", "project": f"p{number % 7}", "project_name": name,
        "zone": "zgsfq", "unit": "bureau", "unit_name": "行政审批局", "mode": "promised", "budget": 20,
    })  # fmt: skip


def cases(count: int = 3) -> Iterator[LogCase]:
    """So many cases."""
    return map(case, range(1, count + 1))
