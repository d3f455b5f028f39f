"""The light of a request: needed by, promised by, and today; and the sentence that says why."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from luodi.domain.factors.life import State
from luodi.domain.vocabulary import Text


class Mark(StrEnum):
    """The lights, worst first: the light of several requests is the worst of them."""

    LATE = "late"
    BLOCKED = "blocked"
    SOON = "soon"
    OPEN = "open"
    SET = "set"
    MET = "met"
    DROPPED = "dropped"


NAMES = {
    Mark.LATE: Text("逾期", "Late"),
    Mark.BLOCKED: Text("受阻", "Blocked"),
    Mark.SOON: Text("应即落实", "Act now"),
    Mark.OPEN: Text("待承诺", "No promise yet"),
    Mark.SET: Text("按期", "On time"),
    Mark.MET: Text("已落实", "Met"),
    Mark.DROPPED: Text("已撤销", "Dropped"),
}
SHAPES = {
    Mark.LATE: "▲",
    Mark.BLOCKED: "■",
    Mark.SOON: "◆",
    Mark.OPEN: "○",
    Mark.SET: "●",
    Mark.MET: "✓",
    Mark.DROPPED: "—",
}


@dataclass(frozen=True, slots=True)
class Light:
    """A light with its reason.  `expected`: the day it can be counted on; `late`: calendar days after it is needed."""

    mark: Mark
    why: Text
    expected: date | None
    late: int


def light(*, state: State, needed: date | None, promised: date | None, lead_days: int, today: date) -> Light:
    """The light of one request on a day.

    Late: promised for after it is needed, or a promise that has passed, or no promise and the day has come.  A promise
    that has passed is expected today at the earliest; what nobody has promised yet takes its lead time from today.
    """
    if state is State.MET:
        return Light(Mark.MET, NAMES[Mark.MET], promised, 0)
    if state is State.DROPPED:
        return Light(Mark.DROPPED, NAMES[Mark.DROPPED], None, 0)
    expected = max(promised, today) if promised else today + timedelta(days=lead_days)
    late = max(0, (expected - needed).days) if needed else 0
    if state is State.BLOCKED:
        return Light(Mark.BLOCKED, Text("责任单位报告受阻", "the unit reports that it is blocked"), expected, late)
    if promised is not None:
        return _promised(promised, needed, today, expected, late)
    return _open(needed, today, expected, late, lead_days)


def worst(marks: list[Mark]) -> Mark:
    """The worst of several lights."""
    order = list(Mark)
    return min(marks, key=order.index)


def _promised(promised: date, needed: date | None, today: date, expected: date, late: int) -> Light:
    mark = Mark.LATE if promised < today or late else Mark.SET
    if promised < today:
        days = (today - promised).days
        why = Text(f"承诺 {promised} 落实，已过 {days} 天", f"promised for {promised}, {days} days ago")
    elif needed is None:
        why = Text(f"承诺 {promised}；没有需用日", f"promised for {promised}; no day it is needed by")
    else:
        days = abs((needed - promised).days)
        why = Text(
            f"{needed} 要用，承诺 {promised}，{'晚' if late else '早'} {days} 天",
            f"needed by {needed}, promised for {promised}, {days} days {'later' if late else 'before'}",
        )
    return Light(mark, why, expected, late)


def _open(needed: date | None, today: date, expected: date, late: int, lead_days: int) -> Light:
    if needed is None:
        return Light(Mark.OPEN, Text("没有需用日，也没有承诺", "no day it is needed by, and no promise"), expected, 0)
    left = (needed - today).days
    if left < 0:
        mark = Mark.LATE
        why = Text(
            f"{needed} 要用，已过 {-left} 天，没有承诺", f"needed by {needed}, {-left} days ago, and not promised"
        )
    elif late:
        mark = Mark.SOON
        why = Text(
            f"{needed} 要用，安排要 {lead_days} 天，只剩 {left} 天，还没有承诺",
            f"needed by {needed}; it takes {lead_days} days, {left} are left, and nobody has promised",
        )
    else:
        mark = Mark.OPEN
        why = Text(
            f"{needed} 要用，再过 {left - lead_days} 天就要开始安排",
            f"needed by {needed}; to be arranged from {left - lead_days} days from now",
        )
    return Light(mark, why, expected, late)
