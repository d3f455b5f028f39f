"""The decision: granted, granted with papers still owed, granted on a commitment, or denied; withdrawn, revoked."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from luodi.accounts.acting import Acting
from luodi.cases import quotas
from luodi.cases.actions.accepting import owe_papers, take_over
from luodi.cases.actions.once import once
from luodi.cases.held import Held, Stroke, hold
from luodi.cases.limits import COMMITMENT
from luodi.cases.models import Asking
from luodi.cases.powers import document_of_power
from luodi.cases.recording import Done, carry_out
from luodi.cases.standing import end_of_minimum
from luodi.cases.telling import News, to_applicant, to_unit
from luodi.cases.waiting import check_halts, check_letter
from luodi.debts.actions import owe
from luodi.debts.readers import commitment_lost, papers_owed
from luodi.domain import written
from luodi.domain.clock.office import day_of
from luodi.domain.events.canonical import Json
from luodi.domain.handling.deferring import check_deferral
from luodi.domain.handling.staging import unmet
from luodi.domain.handling.states import State, state_rules
from luodi.domain.vocabulary import Refusal, Text

OUTCOMES: Mapping[str, State] = {
    "granted": State.GRANTED,
    "granted_deferred": State.GRANTED_DEFERRED,
    "denied": State.DENIED,
}

TOGETHER = ("joint_review", "joint_acceptance", "special_review")
"""Ways of asking whose answers a grant waits for: silence is never consent."""


@once
def decide(
    *,
    case: int,
    seq: int,
    outcome: str,
    reason: str = "",
    basis: str = "",
    result: str = "",
    deferred: Sequence[str] = (),
    conditions: Mapping[str, str] | None = None,
    by: Acting,
    at: datetime,
    key: str | None = None,
) -> Done:
    """Decide a case.  The paper that gives the power is looked up for the day and kept with the decision.

    `result`: number of the paper issued.  `deferred`: papers that come later, for `granted_deferred`.
    `conditions`: of a staged permit, each with its evidence.  A denial needs `reason` and `basis`; one before
    acceptance is written as 不予受理 (5).  Raises `Refusal` for everything that forbids it.
    """
    held = hold(case, seq, key)
    document = document_of_power(held, by, day_of(at))
    if outcome == "denied":
        return _deny(held, document, reason, basis, by, at, key)
    state = OUTCOMES[outcome]
    papers = _papers(held, state, deferred)
    evidence = {name: written.text(said, "evidence") for name, said in (conditions or {}).items() if said.strip()}
    _check_grant(held, evidence, at)
    details: dict[str, Json] = {"document": document, "result": written.line(result, "result", empty=True)}
    if evidence:
        details["conditions"] = evidence
    why = written.text(reason, "reason", empty=True)
    strokes = held.strokes(state, at, reason=why, basis=written.line(basis, "basis", empty=True), details=details)
    take_over(held, by, at)
    done = carry_out(held, strokes, by=by, at=at, key=key, cause=_timing(held, at), news=lambda: _decided(held))
    quotas.use_up(held, by, at, result)
    if papers:
        owe_papers(held, papers, by, at)
    return done


@once
def commit(
    *,
    case: int,
    seq: int,
    text: str,
    due: date,
    standard: str = "",
    checker: str = "",
    result: str = "",
    by: Acting,
    at: datetime,
    key: str | None = None,
) -> Done:
    """Grant a matter on a written commitment (承诺制): accepted and granted at once, checked by `due`.

    `text`: the words that were signed; `standard`: what they are measured by (default: what the catalogue checks);
    `checker`: code of the organisation that checks (default: who decides).
    Raises `Refusal`: `no_commitment_here`, `commitment_lost`, and those of a decision.
    """
    held = hold(case, seq, key)
    rule = held.matter.commitment
    if rule is None or held.matter.hard_gate:
        raise Refusal("no_commitment_here", matter=held.matter.name)
    if commitment_lost(held.subject.id, held.subject.applicant):
        raise Refusal("commitment_lost", project=held.subject.name)
    document = document_of_power(held, by, day_of(at))
    signed = written.text(text, "text")
    _check_grant(held, {}, at, committed=True)
    details: dict[str, Json] = {"document": document, "result": written.line(result, "result", empty=True),
                                "commitment": True}  # fmt: skip
    first: tuple[Stroke, ...] = ()
    if held.course.accepted is None:
        first = held.strokes(State.ACCEPTED, at, one_office=True)
        first = tuple(Stroke(one.kind, one.at, main=False) for one in first)
    strokes = (*first, *held.strokes(State.GRANTED, at, details=details, first=first))
    take_over(held, by, at)
    held.row.mode = COMMITMENT
    done = carry_out(held, strokes, by=by, at=at, key=key, cause=_timing(held, at), news=lambda: _decided(held))
    quotas.use_up(held, by, at, result)
    owe(
        project=held.subject.id, zone=held.row.zone, matter=held.row.matter, kind="commitment", text=signed,
        standard=standard or rule.check.zh, due=due, checker=checker or by.organisation_code, by=by, at=at,
    )  # fmt: skip
    return done


@once
def withdraw(*, case: int, seq: int, reason: str, by: Acting, at: datetime, key: str | None = None) -> Done:
    """The applicant takes the application back: 撤件 before acceptance, 撤回 after it; the time measured is dropped."""
    held = hold(case, seq, key)
    why = written.text(reason, "reason")
    state = State.WITHDRAWN if held.course.accepted is None else State.TAKEN_BACK
    strokes = held.strokes(state, at, reason=why)
    done = carry_out(
        held, strokes, by=by, at=at, key=key, cause="withdrawn",
        news=lambda: to_unit(held, "case_withdrawn", reason=why[:200]),
    )  # fmt: skip
    quotas.free(held, why, by, at)
    return done


@once
def revoke(*, case: int, seq: int, reason: str, basis: str, by: Acting, at: datetime, key: str | None = None) -> Done:
    """Revoke a decision that granted a matter (撤销), by the power to decide it; the matter must be applied for again."""
    held = hold(case, seq, key)
    document = document_of_power(held, by, day_of(at))
    why, ground = written.text(reason, "reason"), written.line(basis, "basis")
    strokes = held.strokes(State.REVOKED, at, reason=why, basis=ground, details={"document": document})
    done = carry_out(
        held, strokes, by=by, at=at, key=key, cause="revoked",
        news=lambda: to_applicant(held, "case_revoked", reason=why[:200]),
    )  # fmt: skip
    quotas.give_back(held, why, by, at)
    return done


def _deny(held: Held, document: str, reason: str, basis: str, by: Acting, at: datetime, key: str | None) -> Done:
    why, ground = written.text(reason, "reason"), written.line(basis, "basis")
    strokes = held.strokes(State.DENIED, at, reason=why, basis=ground, details={"document": document})
    take_over(held, by, at)
    return carry_out(held, strokes, by=by, at=at, key=key, cause="denied", news=lambda: _decided(held))


def _papers(held: Held, state: State, deferred: Sequence[str]) -> tuple[Text, ...]:
    """The papers newly deferred; what is still owed and the outcome must agree."""
    papers = check_deferral(held.matter, deferred) if deferred else ()
    if not papers and held.matter.deferral is None and state is State.GRANTED:
        return ()
    owed = papers_owed(held.subject.id, held.row.matter, held.row.opened_at)
    if "returned" in owed:
        raise Refusal("papers_given_back", matter=held.matter.name)
    if state is State.GRANTED and (owed or papers):
        raise Refusal("papers_still_owed", matter=held.matter.name)
    if state is State.GRANTED_DEFERRED and not owed and not papers:
        raise Refusal("nothing_deferred", matter=held.matter.name)
    return papers


def _check_grant(held: Held, evidence: Mapping[str, str], at: datetime, committed: bool = False) -> None:
    check_halts(held)
    check_letter(held, day_of(at))
    if missing := unmet(held.row.matter, evidence):
        named = Text("；".join(one.name.zh for one in missing), "; ".join(one.name.en for one in missing))
        raise Refusal("conditions_unmet", conditions=named)
    accepted = held.course.accepted
    minimum = held.limits(accepted).minimum if accepted and not committed else None
    if accepted and minimum is not None and day_of(at) < (end := end_of_minimum(accepted, minimum, held.days)):
        raise Refusal("minimum_period_runs", until=end, matter=held.matter.name)
    if Asking.objects.filter(case=held.row.pk, answered_at=None, kind__in=TOGETHER).exists():
        raise Refusal("answers_outstanding")


def _timing(held: Held, at: datetime) -> str:
    expected = held.row.expected
    return "late_decision" if expected is not None and day_of(at) > expected else "early_decision"


def _decided(held: Held) -> News:
    return to_applicant(held, "case_decided", outcome=state_rules()[State(held.row.state)].name)
