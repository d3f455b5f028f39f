"""Standard land: the bars of a parcel, what the investor promised or was measured to reach, and what follows.

A bar set for the parcel counts; without one the published bar of the zone's level; without that there is none, and it is said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from luodi.domain.land.parcels import Numbers
from luodi.domain.source import asking as ask
from luodi.domain.source.grounds import confidence_of, source_of, text_of
from luodi.domain.source.tables import read_table
from luodi.domain.vocabulary import Confidence, Source, Text

FILE = "land/standard.yaml"
STAGES = ("completion", "production")
SIDES = ("at_least", "at_most")
LEVELS = ("national", "provincial")
NATIONAL = ("national", "national_group")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure of standard land.  `levels`: published bars by the zone's level."""

    id: str
    name: Text
    unit: Text
    side: str
    stage: str
    levels: Numbers
    source: Source
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Remedy:
    """What follows a check: the reward where it is `met`, a rung of the ladder where it falls `short`."""

    id: str
    when: str
    name: Text
    decides: Text


@dataclass(frozen=True, slots=True)
class Rules:
    """All of `standard.yaml`."""

    indicators: Mapping[str, Indicator]
    remedies: tuple[Remedy, ...]
    source: Source
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Finding:
    """An indicator of a parcel: its bar (None: nobody set one; `own`: set for this parcel), the value, and the verdict.

    `verdict`: met, short, no_bar (nothing to measure against) or not_said (no value).  `gap`: what is missing to the bar.
    """

    indicator: Indicator
    bar: float | None
    own: bool
    value: float | None
    verdict: str
    gap: float


@cache
def rules() -> Rules:
    """The rules as shipped."""
    return read_table(FILE, read_rules)


def indicators() -> Mapping[str, Indicator]:
    """The indicators by id."""
    return rules().indicators


def promised(*, investment: float | None, tax: float | None, mu: float) -> Numbers:
    """What a promise of investment (万元) and yearly tax (万元) comes to on so many mu; what is not said is left out."""
    said = (("investment_intensity", investment), ("tax_per_mu", tax))
    return MappingProxyType({key: value / mu for key, value in said if value is not None and mu > 0})


def compared(conditions: Numbers, values: Numbers, level: str, stage: str | None = None) -> tuple[Finding, ...]:
    """What is promised or measured beside the bars, indicator by indicator; of one stage where one is given.

    `level`: that of the zone, as its registry has it.
    """
    found = []
    for one in indicators().values():
        if stage is None or one.stage == stage:
            own = one.id in conditions
            bar = conditions[one.id] if own else one.levels.get("national" if level in NATIONAL else level)
            found.append(_finding(one, bar, own, values.get(one.id)))
    return tuple(found)


def following(findings: tuple[Finding, ...], taken: tuple[str, ...] = ()) -> Remedy | None:
    """What a person may decide next: the reward where all is met, else the next rung not `taken`; None where there is none."""
    verdicts = {one.verdict for one in findings}
    wanted = "short" if "short" in verdicts else "met" if "met" in verdicts else ""
    return next((one for one in rules().remedies if one.when == wanted and one.id not in taken), None)


def _finding(one: Indicator, bar: float | None, own: bool, value: float | None) -> Finding:
    if value is None:
        return Finding(one, bar, own, None, "not_said", 0.0)
    if bar is None:
        return Finding(one, None, False, value, "no_bar", 0.0)
    gap = bar - value if one.side == "at_least" else value - bar
    return Finding(one, bar, own, value, "short" if gap > 0 else "met", max(gap, 0.0))


def read_rules(root: ask.Row) -> Rules:
    """`standard.yaml`."""
    found = {key: _indicator(key, row) for key, row in ask.rows(ask.child(root, "indicators"))}
    remedies = tuple(_remedy(row) for row in ask.children(root, "remedies"))
    rules = Rules(MappingProxyType(found), remedies, source_of(root), confidence_of(root))
    ask.close(root)
    return rules


def _indicator(key: str, row: ask.Row) -> Indicator:
    levels = ask.child_or_none(row, "levels")
    bars = {level: float(ask.number(levels, level, low=0)) for level in LEVELS} if levels else {}
    unit = ask.child(row, "unit")
    found = Indicator(
        key, ask.pair(row), Text(_plain(unit, "zh"), _plain(unit, "en")), ask.choice(row, "side", SIDES),
        ask.choice(row, "stage", STAGES), MappingProxyType(bars), source_of(row), confidence_of(row),
    )  # fmt: skip
    for one in filter(None, (levels, unit, row)):
        ask.close(one)
    return found


def _plain(row: ask.Row, key: str) -> str:
    return ask.code(row, key, "")


def _remedy(row: ask.Row) -> Remedy:
    found = Remedy(
        ask.text(row, "id"), ask.choice(row, "when", ("met", "short")), ask.pair(row), text_of(row, "decides")
    )
    ask.close(row)
    return found
