"""What may be done with a case next, by whoever looks at it, and why the rest may not."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from luodi.accounts.acting import Acting
from luodi.accounts.gate import verdict
from luodi.cases.limits import OWNER
from luodi.cases.readers.page import CasePage
from luodi.domain.clock.office import day_of
from luodi.domain.handling.following import follow, standing
from luodi.domain.handling.states import State
from luodi.domain.vocabulary import Refusal, Text
from luodi.zones.readers import may_decide

VERBS: tuple[tuple[str, str, State | None], ...] = (
    ("accept", "case.accept", State.ACCEPTED),
    ("refuse", "case.accept", State.REFUSED),
    ("start_handling", "case.handle", State.HANDLING),
    ("ask_correction", "case.handle", State.CORRECTING),
    ("receive_correction", "case.open", State.CORRECTED),
    ("pause", "case.handle", State.SPECIAL),
    ("resume", "case.handle", State.SPECIAL_ENDED),
    ("decide", "case.decide", State.GRANTED),
    ("deny", "case.decide", State.DENIED),
    ("commit", "case.decide", None),
    ("extend", "clock.extend", None),
    ("ask", "case.ask", None),
    ("assign", "case.assign", None),
    ("withdraw", "case.withdraw", State.TAKEN_BACK),
    ("revoke", "case.revoke", State.REVOKED),
)
"""Verb, the function of the table of rights it needs, and the state it brings."""


@dataclass(frozen=True, slots=True)
class Act:
    """A verb, whether it may be done now by this post, and why or why not: in words, or as a refusal to be spoken.

    `fits`: the case's state allows it; a page may leave out the buttons that do not fit.
    """

    verb: str
    allowed: bool
    why: Text | Refusal
    fits: bool


def next_acts(page: CasePage, acting: Acting, *, now: datetime, project_posts: Collection[int] = ()) -> tuple[Act, ...]:
    """Every verb with whether and why.  One query where the post might decide."""
    return tuple(_acts(page, acting, now, project_posts))


def _acts(page: CasePage, acting: Acting, now: datetime, project_posts: Collection[int]) -> Iterator[Act]:
    posts = tuple(one.post for one in page.parts if one.until is None)
    window = page.course.accepted is None
    power: Refusal | None = None
    asked = False
    for verb, function, state in VERBS:
        needed = "case.accept" if verb == "ask_correction" and window else function
        said = verdict(
            acting, needed, zone=page.row.zone, organisation=page.row.organisation, project_posts=project_posts,
            case_posts=posts,
        )  # fmt: skip
        if verb == "receive_correction" and not said.allowed:
            said = verdict(
                acting, "case.handle", zone=page.row.zone, organisation=page.row.organisation,
                project_posts=project_posts, case_posts=posts,
            )  # fmt: skip
        unfit = _unfit(page, verb, state, now)
        if said.allowed and unfit is None and needed in ("case.decide", "case.revoke"):
            if not asked:
                power, asked = _power(page, acting, now), True
            if power is not None:
                yield Act(verb, False, power, True)
                continue
        if unfit is not None:
            yield Act(verb, False, unfit, False)
        else:
            yield Act(verb, said.allowed, said.words, True)


def _unfit(page: CasePage, verb: str, state: State | None, now: datetime) -> Refusal | None:
    """Why the case as it stands does not allow a verb; None where it does."""
    stand = standing(page.course.happened)
    over = stand.phase in ("granted", "closed")
    if verb == "commit" and (over or page.matter.commitment is None or page.matter.hard_gate):
        return Refusal("no_commitment_here", matter=page.matter.name)
    if verb == "extend" and (page.reading.due is None or over):
        return Refusal("nothing_to_extend")
    if verb == "ask" and over:
        return Refusal("case_is_closed")
    if verb == "resume" and not stand.special:
        return Refusal("special_not_open")
    if page.halted and verb in ("accept", "start_handling", "decide", "commit"):
        return Refusal("frozen_now")
    if state is None:
        return None
    if verb == "withdraw" and stand.phase == "window":
        state = State.WITHDRAWN
    try:
        again = state is State.CORRECTING and page.row.corrections > 0
        found = follow(page.course.happened, state, max(now, page.history[-1].at), again=again)
    except Refusal as refusal:
        return refusal
    if verb == "deny" and found[-1].state is not State.DENIED:
        return Refusal("case_not_accepted", state=Text("不通过", "denied"))
    return None


def _power(page: CasePage, acting: Acting, now: datetime) -> Refusal | None:
    if page.matter.unit == OWNER:
        return None
    if acting.organisation != page.row.organisation:
        return Refusal("case_of_another_unit", unit=page.row.organisation_name)
    on = day_of(now)
    if may_decide(acting.organisation, page.row.matter, on) is None:
        return Refusal("no_power_to_decide", unit=acting.organisation_name, matter=page.matter.name, on=on)
    return None
