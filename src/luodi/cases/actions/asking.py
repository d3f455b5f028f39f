"""Other units are asked within a case, and answer: consultation, expert review, hearing, joint review and acceptance."""

from datetime import date, datetime

from luodi.accounts.acting import Acting
from luodi.accounts.readers import Unit
from luodi.accounts.readers import organisation as organisation_of
from luodi.cases.actions.once import once
from luodi.cases.actions.pausing import paused, rule_of
from luodi.cases.held import Held, Stroke, hold
from luodi.cases.kinds import ANSWERED, ASKED
from luodi.cases.models import Asking, Case
from luodi.cases.recording import Done, carry_out
from luodi.cases.telling import to_others, to_unit
from luodi.domain import written
from luodi.domain.clock.office import day_of
from luodi.domain.events.canonical import Json
from luodi.domain.handling.askings import answer_due, asking_kinds
from luodi.domain.handling.following import standing
from luodi.domain.handling.states import State
from luodi.domain.source.faults import hint
from luodi.domain.vocabulary import Refusal


@once
def ask(
    *,
    case: int,
    seq: int,
    organisation: int,
    kind: str,
    question: str,
    due: date | None = None,
    by: Acting,
    at: datetime,
    key: str | None = None,
) -> Done:
    """Ask another unit, with a day for its answer.  A kind that opens a special procedure opens it.

    Raises `Refusal`: `no_asking_kind`, `case_is_closed`, `asked_unknown`, `asked_itself`, `asked_already`, and
    those of `domain.handling.askings`.
    """
    held = hold(case, seq, key)
    asked, pause = _asked(held, organisation, kind, by)
    said, day = written.text(question, "question"), answer_due(kind, day_of(at), held.days, due)
    row = Asking.objects.create(
        case_id=case, organisation_id=organisation, kind=kind, question=said, asked_at=at, due=day
    )
    details: dict[str, Json] = {"asking": row.pk, "kind": kind, "organisation": asked.code, "due": day}
    strokes = [Stroke(ASKED, held.moment(at), said, details=details)]
    strokes += _pausing(held, pause, said, day, at)
    news = to_others(
        held, "consultation_asked", organisations=frozenset({organisation}), who=by.label, what=said[:200], due=day
    )
    return carry_out(held, strokes, by=by, at=at, key=key, cause=pause or "consultation", news=lambda: news)


@once
def answer(*, asking: int, opinion: str, answer: str, by: Acting, at: datetime, key: str | None = None) -> Done:
    """Answer what one's unit was asked; the special procedure that the question opened ends with its last answer.

    Raises `Refusal`: `no_such_asking`, `asking_of_another_unit`, `answered_already`, `no_such_opinion`.
    """
    found = Asking.objects.filter(pk=asking).values_list("case_id", flat=True).first()
    if found is None:
        raise Refusal("no_such_asking")
    newest = Case.objects.select_for_update(of=("self",)).filter(pk=found).values_list("seq", flat=True).get()
    held = hold(found, newest, key)
    row = Asking.objects.get(pk=asking)
    if row.organisation_id != by.organisation:
        raise Refusal("asking_of_another_unit")
    if row.answered_at is not None:
        raise Refusal("answered_already")
    if opinion not in asking_kinds()[row.kind].opinions:
        raise Refusal("no_such_opinion", opinion=opinion[:40])
    row.answered_at, row.opinion, row.answer = at, opinion, written.text(answer, "answer")
    row.save(update_fields=("answered_at", "opinion", "answer"))
    details: dict[str, Json] = {
        "asking": asking,
        "kind": row.kind,
        "opinion": opinion,
        "organisation": by.organisation_code,
    }
    strokes = [Stroke(ANSWERED, held.moment(at), row.answer, details=details)]
    pause = asking_kinds()[row.kind].pause
    if pause is not None and held.course.waiting == pause and not _others_asked(row):
        strokes += [Stroke(one.kind, one.at, main=False) for one in held.strokes(State.SPECIAL_ENDED, at)]
    cause = "silence" if day_of(at) > row.due else pause or "consultation"
    news = to_unit(held, "consultation_answered", who=by.label)
    return carry_out(held, strokes, by=by, at=at, key=key, cause=cause, news=lambda: news)


def _asked(held: Held, organisation: int, kind: str, by: Acting) -> tuple[Unit, str | None]:
    """The unit that may be asked in this way now, and the kind of pause that the question opens."""
    kinds = asking_kinds()
    if kind not in kinds:
        raise Refusal("no_asking_kind", key=kind[:80], hint=hint(kind, kinds))
    if not held.row.open:
        raise Refusal("case_is_closed")
    asked = organisation_of(organisation)
    if asked is None:
        raise Refusal("asked_unknown")
    if organisation == by.organisation:
        raise Refusal("asked_itself")
    if Asking.objects.filter(case=held.row.pk, organisation=organisation, kind=kind, answered_at=None).exists():
        raise Refusal("asked_already", unit=asked.name)
    return asked, kinds[kind].pause


def _pausing(held: Held, pause: str | None, reason: str, until: date, at: datetime) -> list[Stroke]:
    """The events of the special procedure that a question opens, where it opens one and none is open."""
    if pause is None or not _may_pause(held):
        return []
    found = paused(held, rule_of(held, pause), reason, until, at)
    return [Stroke(one.kind, one.at, one.reason, one.basis, one.details, main=False) for one in found]


def _may_pause(held: Held) -> bool:
    stand = standing(held.course.happened)
    return stand.phase == "handling" and not stand.special and not stand.correcting


def _others_asked(row: Asking) -> bool:
    return Asking.objects.filter(case=row.case_id, kind=row.kind, answered_at=None).exclude(pk=row.pk).exists()
