"""At the window: the application is accepted, with or without papers that may come later, or it is not."""

from collections.abc import Sequence
from datetime import datetime

from luodi.accounts.acting import Acting
from luodi.cases.actions.once import once
from luodi.cases.held import Held, hold
from luodi.cases.models import Part
from luodi.cases.recording import Done, carry_out
from luodi.cases.telling import due_words, to_applicant
from luodi.cases.waiting import check_halts, check_letter
from luodi.debts.actions import owe
from luodi.domain import written
from luodi.domain.clock.deferral import deferral_due
from luodi.domain.clock.expecting import deemed_accepted
from luodi.domain.clock.office import day_of
from luodi.domain.handling.deferring import check_deferral
from luodi.domain.handling.states import State
from luodi.domain.vocabulary import Text


@once
def accept(
    *, case: int, seq: int, deferred: Sequence[str] = (), by: Acting, at: datetime, key: str | None = None
) -> Done:
    """Accept an application (受理): the clock starts.  One who accepts and handles writes 8 a second later.

    `deferred`: papers of the matter's own list that come later (容缺); they are owed from now on.
    Raises `Refusal` for what may not be missing, a letter that has expired, an open halt, or a rule of handling.
    """
    held = hold(case, seq, key)
    check_halts(held)
    check_letter(held, day_of(at))
    papers = check_deferral(held.matter, deferred) if deferred else ()
    ours = by.organisation == held.row.organisation_id
    details = {"deferred": [one.zh for one in papers]} if papers else {}
    strokes = held.strokes(State.ACCEPTED, at, one_office=ours, details=details)
    take_over(held, by, at)
    done = carry_out(
        held, strokes, by=by, at=at, key=key, cause=_late(held, at),
        news=lambda: to_applicant(held, "case_accepted", due=due_words(held)),
    )  # fmt: skip
    if papers:
        owe_papers(held, papers, by, at)
    return done


@once
def refuse(
    *,
    case: int,
    seq: int,
    outside: bool,
    reason: str,
    basis: str = "",
    by: Acting,
    at: datetime,
    key: str | None = None,
) -> Done:
    """Do not accept an application: no licence is needed (不受理), or it lies `outside` the unit's authority (不予受理)."""
    held = hold(case, seq, key)
    why = written.text(reason, "reason")
    ground = written.line(basis, "basis", empty=True) or (
        "行政许可法 第32条（二）" if outside else "行政许可法 第32条（一）"
    )
    state = State.REFUSED if outside else State.NOT_NEEDED
    strokes = held.strokes(state, at, reason=why, basis=ground)
    return carry_out(
        held, strokes, by=by, at=at, key=key, cause="returned" if outside else "other",
        news=lambda: to_applicant(held, "case_refused", reason=why[:200]),
    )  # fmt: skip


@once
def start_handling(*, case: int, seq: int, by: Acting, at: datetime, key: str | None = None) -> Done:
    """The unit begins (部门开始办理) what a window accepted for it."""
    held = hold(case, seq, key)
    check_halts(held)
    check_letter(held, day_of(at))
    strokes = held.strokes(State.HANDLING, at)
    take_over(held, by, at)
    return carry_out(held, strokes, by=by, at=at, key=key, cause="other")


def take_over(held: Held, by: Acting, at: datetime) -> None:
    """A case nobody owns belongs to the officer of its unit who takes it up."""
    row = held.row
    if row.handler_id is None and by.post and by.organisation == row.organisation_id:
        row.handler_id = by.post
        Part.objects.create(case_id=row.pk, post_id=by.post, role="owner", since=at)


def owe_papers(held: Held, papers: Sequence[Text], by: Acting, at: datetime) -> int:
    """The papers that come later, as a debt with its day; its id."""
    named = "、".join(one.zh for one in papers)
    since = held.course.accepted or at
    return owe(
        project=held.subject.id, zone=held.row.zone, matter=held.row.matter, kind="deferral", text=f"后补：{named}",
        due=max(day_of(at), deferral_due(day_of(since), held.terms, held.days)), papers=[one.zh for one in papers],
        checker=held.row.organisation.code, by=by, at=at,
    )  # fmt: skip


def _late(held: Held, at: datetime) -> str:
    """Acceptance after the day it counted as accepted by law is the unit's delay."""
    asked = next((one.at for one in held.told if one.kind == "case.correction_asked"), None)
    return "late_acceptance" if deemed_accepted(held.row.opened_at, asked or at, held.days) else "other"
