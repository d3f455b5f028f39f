"""How results are told: figures with their digits, lights with their words, changes with their sign."""

from datetime import date
from decimal import Decimal

from luodi.domain.indicators.batches import batches
from luodi.domain.indicators.definitions import MEASURES, definitions
from luodi.domain.indicators.enrolment import enrolment
from luodi.domain.indicators.lags import waits
from luodi.domain.indicators.published import clock
from luodi.domain.indicators.sizes import sizes
from luodi.domain.indicators.stretches import UNITS, Stretch
from luodi.domain.vocabulary import Text
from luodi.indicators.enrolled import STATES
from luodi.indicators.sizing import YI

__all__ = ("MEASURES", "STATES", "UNITS", "batches", "clock", "definitions", "enrolment", "sizes", "waits")

LIGHTS = {
    "green": Text("● 达到序时进度", "● on pace"),
    "amber": Text("◆ 接近序时进度", "◆ nearly on pace"),
    "red": Text("▲ 低于序时进度", "▲ behind the pace"),
}
COLOURS = {"green": "jade", "amber": "amber", "red": "seal"}
MILESTONES = Text("项目文件的节点", "milestones of the project file")


def digits(value: Decimal | None, places: int | None = None) -> str:
    """A figure as it is read: thousands apart, no zeros at the end; a dash where nobody knows it."""
    if value is None:
        return "—"
    kept = value if places is None else value.quantize(Decimal(1).scaleb(-places))
    return f"{kept.normalize():,f}"


def signed(value: Decimal | None, places: int | None = None) -> str:
    """A change with its sign; `±0` where nothing changed."""
    if value is None:
        return "—"
    return "±0" if value == 0 else f"{'+' if value > 0 else '−'}{digits(abs(value), places)}"


def money(yuan: int | None) -> str:
    """Whole yuan as 亿元, two decimals at most."""
    return "—" if yuan is None else digits((Decimal(yuan) / YI).quantize(Decimal("0.01")))


def event(id_: str) -> Text:
    """The name of an event."""
    return clock().events.get(id_, Text(id_, id_))


def ends(stretch: Stretch) -> Text:
    """From which event to which."""
    start, end = event(stretch.start_event), event(stretch.end_event)
    return Text(f"{start.zh} → {end.zh}", f"{start.en} → {end.en}")


def source(stretch: Stretch) -> Text | str:
    """Where a duration was read."""
    return MILESTONES if stretch.source == "milestones" else stretch.source


def until(day: date | None, today: date) -> bool:
    """Whether a day has come."""
    return day is not None and day <= today
