"""What befalls one application, drawn before it begins: corrections, special procedures, how soon it is decided, and how."""

from dataclasses import dataclass
from functools import cache

from luodi.domain.catalogue.matters import Matter
from luodi.domain.clock.rules import pause_rules
from luodi.rehearsal.chance import Chance

APPROVALS = frozenset({"approval"})
REVIEWED = {
    "eia_report": "expert_review", "energy_review": "expert_review", "swc_report": "expert_review",
    "fire_design_review": "expert_review", "hazchem_safety_condition": "expert_review", "drawing_review": "expert_review",
    "joint_acceptance": "site_survey", "planning_verification": "site_survey", "fire_acceptance": "testing",
    "lightning_acceptance": "testing", "land_use_planning_permit": "public_notice", "social_stability_risk": "hearing",
}  # fmt: skip
"""Matters in which a special procedure is likely, and which."""


@dataclass(frozen=True, slots=True)
class Fate:
    """`corrected`: "" | window | handling.  `special`: kind of pause, or "".  `end`: granted | denied | withdrawn |
    taken_back | refused | not_needed.  `share`: which part of the limit is used up where it is kept.
    """

    at_window: bool
    assigned: bool
    corrected: str
    corrected_again: bool
    corrected_late: bool
    special: str
    consulted: bool
    answered_late: bool
    overdue: bool
    extended: bool
    deferred: bool
    share: float
    end: str


def drawn(chance: Chance, matter: Matter, round_: int) -> Fate:
    """The fate of an application.  A second one has learnt: it is granted, and rarely corrected."""
    first = round_ == 1
    corrected = chance.happens("corrected") and first
    later = chance.happens("corrected_later")
    likely = matter.id in REVIEWED and chance.between(1, 3) == 1
    special = REVIEWED.get(matter.id, "expert_review") if likely else ""
    if not special and matter.mode in APPROVALS and chance.happens("special"):
        special = chance.pick(special_kinds())
    return Fate(
        at_window=chance.happens("at_window"),
        assigned=chance.happens("assigned"),
        corrected=("handling" if later else "window") if corrected else "",
        corrected_again=chance.happens("corrected_again"),
        corrected_late=chance.happens("corrected_late"),
        special=special,
        consulted=chance.happens("consulted"),
        answered_late=chance.happens("answered_late"),
        overdue=chance.happens("overdue"),
        extended=chance.happens("extended"),
        deferred=chance.happens("deferred"),
        share=chance.used(),
        end=_end(chance, matter) if first else "granted",
    )


@cache
def special_kinds() -> tuple[str, ...]:
    """The kinds of pause that are special procedures an office begins by itself."""
    return tuple(
        one.id for one in pause_rules().values() if one.special and one.id not in ("tender", "auction", "quarantine")
    )


def _end(chance: Chance, matter: Matter) -> str:
    for name in ("refused", "not_needed", "withdrawn", "denied"):
        if chance.happens(name) and (matter.mode in APPROVALS or name == "withdrawn"):
            return name if name != "withdrawn" else chance.pick(("withdrawn", "taken_back"))
    return "granted"
