"""Days lost and won, by cause and by unit: what moved the end of a project, added up, with the rows behind each sum."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from luodi.desk import ink
from luodi.desk.charting import words
from luodi.desk.charting.actuals import signed


@dataclass(frozen=True, slots=True)
class Loss:
    """One event that moved the end: by how many calendar days (negative: won), of which matter and unit, and why.

    `number`: the case; `who`: who did it; `why`: the reason given and the papers named; "" and () where there is none.
    """

    at: datetime
    matter: str
    unit: str
    cause: str
    days: int
    was: date
    now: date
    number: str = ""
    what: str = ""
    who: str = ""
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sum:
    """The days of one cause or unit, with the events behind them, in the order they came."""

    key: str
    label: str
    days: int
    events: tuple[Loss, ...]


def added(losses: Iterable[Loss], key: str, labels: dict[str, str]) -> tuple[Sum, ...]:
    """Losses added up by `cause` or `unit`, the most lost days first."""
    groups: dict[str, list[Loss]] = {}
    for one in losses:
        groups.setdefault(getattr(one, key), []).append(one)
    sums = [
        Sum(name, labels.get(name, name or "—"), sum(one.days for one in members), tuple(members))
        for name, members in groups.items()
    ]
    return tuple(sorted(sums, key=lambda one: (-one.days, one.label)))


def total(losses: Iterable[Loss]) -> int:
    """All days together: how far the end stands from where it was announced."""
    return sum(one.days for one in losses)


def bar(days: int, most: int) -> str:
    """A small bar beside a sum: vermilion for days lost, jade for days won."""
    share = 100 * abs(days) / max(1, most)
    fill, kind = (ink.SEAL, "cost") if days > 0 else (ink.JADE, "saved")
    drawn = ink.rect(class_=kind, x="0", y=6, height=8, rx=1, width=f"{share:.1f}%", fill=fill)
    label = f"{signed(days)}{words.THIN}d"
    return ink.sheet(drawn, width="100%", height=20, view=None, label=label, class_="amount")
