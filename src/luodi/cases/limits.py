"""The limits a case is handled under: how the plan would handle the matter, and the days that then bind."""

from dataclasses import dataclass
from datetime import date

from luodi.domain.catalogue import limits
from luodi.domain.catalogue.matters import Kind, Matter, Number
from luodi.domain.clock.ledger import Terms
from luodi.domain.facts.project import ProjectFile
from luodi.domain.planning.lengths import STAGED

OWNER = "owner"
"""The unit of matters that the enterprise itself looks after: no power is needed, and nobody else is asked."""

COMMITMENT, PROMISED = "commitment", "promised"
SETTLED = frozenset({"regional", "standard_land", "merged"})
"""Modes in which a matter needs no case of its own: the zone has done it, or another permit covers it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What binds a case.  `minimum`: a period no promise can cut (a public notice); then there is no deadline."""

    terms: Terms
    minimum: Number | None


def limits_of(matter: Matter, file: ProjectFile, on: date) -> Limits:
    """The limits in force for a project's matter on a day."""
    number = limits.statutory(matter, file.facts, on)
    return Limits(limits.terms(matter, file.facts, on), number if number.kind is Kind.MIN else None)


def mode_of(matter: Matter, file: ProjectFile, levers: tuple[str, ...], on: date) -> str:
    """How the plan handles a matter under the levers, in its own words; one of `SETTLED` needs no case.

    The same order of precedence as `domain.planning.lengths.handling`.
    """
    number = limits.statutory(matter, file.facts, on)
    if matter.regional and "regional_assessment" in levers:
        return "regional"
    if matter.standard_land and "standard_land" in levers:
        return "standard_land"
    if matter.id in STAGED and "staged_permit" not in levers:
        return "merged"
    bound = number.kind is Kind.MIN
    if matter.commitment and not matter.hard_gate and not bound and "commitment" in levers:
        return COMMITMENT
    if not bound and "promised_limits" in levers and limits.promise(matter, file.facts, on):
        return PROMISED
    return matter.mode
