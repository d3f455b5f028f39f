"""What lies over a parcel on a day, and what follows: what forbids, what must be done or promised first, what is covered.

An overlay has versions.  On a day the version counts that took effect last; one loaded later for an earlier day does not
change what was known before (that is asked of the tables, by the moment of loading).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from luodi.domain.catalogue.reading import load
from luodi.domain.facts.boundary import Boundary
from luodi.domain.land import layers, states
from luodi.domain.land.overlaps import overlap
from luodi.domain.land.parcels import SQUARE_METRES, Parcel
from luodi.domain.vocabulary import Scalar, Text

STRICTEST = ("blocks", "adds", "paper", "limits", "covers")


@dataclass(frozen=True, slots=True)
class Overlay:
    """One area of one version of a layer, in effect from `on`; `until`: the first day on which it no longer counts."""

    zone: str
    layer: str
    kind: str
    name: Text
    boundary: Boundary
    version: int
    on: date
    until: date | None
    document: str
    sample: bool = False

    @property
    def rule(self) -> layers.Class:
        """What its class does."""
        return layers.rules().layers[self.layer].classes[self.kind]


@dataclass(frozen=True, slots=True)
class Effect:
    """What an overlay does to a parcel on a day: `area` m² of it lie there, `share` of the parcel.

    `holds`: it counts on that day; an expired assessment, or one that covers a part only, is told but does not count.
    """

    overlay: Overlay
    rule: layers.Class
    area: float
    share: float
    holds: bool
    words: Text


def latest(versions: Iterable[tuple[str, str, date, int]]) -> frozenset[tuple[str, str, date, int]]:
    """Of every zone and layer the version (zone, layer, day of effect, number) that took effect last."""
    last: dict[tuple[str, str], tuple[date, int]] = {}
    for zone, layer, on, version in versions:
        last[zone, layer] = max(last.get((zone, layer), (on, version)), (on, version))
    return frozenset((zone, layer, on, version) for (zone, layer), (on, version) in last.items())


def current(overlays: Iterable[Overlay], on: date) -> tuple[Overlay, ...]:
    """Of every zone and layer the areas of the version that took effect last on or before a day."""
    seen = tuple(one for one in overlays if one.on <= on)
    last = latest((one.zone, one.layer, one.on, one.version) for one in seen)
    return tuple(one for one in seen if (one.zone, one.layer, one.on, one.version) in last)


def effects(boundary: Boundary, overlays: Iterable[Overlay], on: date) -> tuple[Effect, ...]:
    """What follows for a plot on a day from what lies over it, the strictest first."""
    least = states.rules().tolerance.overlap
    found = []
    for one in current(overlays, on):
        shared = overlap(boundary, one.boundary)
        if shared > least:
            whole = shared >= boundary.area - least
            expired = one.until is not None and one.until <= on
            found.append(_effect(one, shared, min(shared / boundary.area, 1.0), whole, expired))
    return tuple(sorted(found, key=lambda one: (STRICTEST.index(one.rule.effect), -one.area, one.rule.layer)))


def _effect(one: Overlay, area: float, share: float, whole: bool, expired: bool) -> Effect:
    rule = one.rule
    holds = not expired and (whole or rule.effect != "covers")
    words = rule.says
    if expired:
        words = Text(f"{one.until}起失效，不再计入。", f"Ended on {one.until}; it no longer counts.")
    elif not holds:
        words = Text("只覆盖地块的一部分，不能替代。", "Covers a part of the parcel only, and replaces nothing.")
    return Effect(one, rule, area, share, holds, words)


def matters(found: Iterable[Effect]) -> tuple[str, ...]:
    """The matters that must be done before supply: those added and not covered by a valid regional result."""
    holding = [one for one in found if one.holds]
    covered = {one.rule.matter for one in holding if one.rule.effect == "covers"}
    added = dict.fromkeys(one.rule.matter for one in holding if one.rule.effect == "adds")
    return tuple(matter for matter in added if matter not in covered)


def covered(found: Iterable[Effect]) -> tuple[str, ...]:
    """The matters that a valid regional result spares."""
    return tuple(dict.fromkeys(one.rule.matter for one in found if one.holds and one.rule.effect == "covers"))


def hindrances(parcel: Parcel, found: Iterable[Effect]) -> tuple[Text, ...]:
    """Why a parcel may not be supplied yet; empty: nothing that is recorded stands against it."""
    return tuple(_hindrances(parcel, tuple(found)))


def _hindrances(parcel: Parcel, found: tuple[Effect, ...]) -> Iterator[Text]:
    catalogue, papers = load().matters, layers.rules().papers
    for one in found:
        rule = one.rule
        if one.holds and rule.effect == "blocks":
            mu = f"{one.area / SQUARE_METRES:.2f}"
            yield Text(
                f"{mu}亩在“{rule.name.zh}”内（{one.overlay.document}）：{one.words.zh}",
                f"{mu} mu in “{rule.name.en}” ({one.overlay.document}): {one.words.en}",
            )
        if one.holds and rule.effect == "paper" and rule.paper not in parcel.proofs:
            paper = papers[rule.paper]
            yield Text(f"缺少“{paper.zh}”。", f"Missing: {paper.en}.")
    for matter in matters(found):
        if matter not in parcel.proofs:
            name = catalogue[matter].name
            yield Text(f"供地前要办的“{name.zh}”还没有结果。", f"“{name.en}”, due before supply, has no result yet.")


def told_to_the_plan(found: Iterable[Effect]) -> Mapping[str, Scalar]:
    """The facts of the site that the planner takes from what lies over it, the strictest class of a layer counting."""
    facts: dict[str, Scalar] = {}
    for one in found:
        rule = one.rule
        if not one.holds or not rule.fact:
            continue
        if rule.value == layers.AREA:
            before = facts.get(rule.fact, 0)
            facts[rule.fact] = round(one.area + (before if isinstance(before, int | float) else 0), 1)
        else:
            facts.setdefault(rule.fact, rule.value)
    return MappingProxyType(facts)
