"""What the enterprise looks after itself (contracts, its own acceptances) is recorded when it is done."""

from datetime import date, datetime

from luodi.accounts.acting import Acting
from luodi.cases import quotas
from luodi.cases.actions.once import once
from luodi.cases.actions.opening import drafts, named, rounds_of, subject_named
from luodi.cases.held import Repeated, Stroke
from luodi.cases.kinds import WRITES
from luodi.cases.limits import OWNER
from luodi.cases.models import Case
from luodi.cases.progress import GONE
from luodi.cases.recording import Done, act, payload_of
from luodi.cases.waiting import ground, names, needs
from luodi.domain import written
from luodi.domain.clock.office import day_of
from luodi.domain.events.canonical import Json
from luodi.domain.handling.following import Happened, follow
from luodi.domain.handling.states import State
from luodi.domain.vocabulary import Refusal, Text
from luodi.journal.readers import recorded
from luodi.plans.actions import Cause
from luodi.zones.readers import Decider

COURSE = (State.RECEIVED, State.ACCEPTED, State.GRANTED)


@once
def record_done(
    *, project: str, matter: str, on: date, note: str, by: Acting, at: datetime, key: str | None = None
) -> Done:
    """Record that a matter of the enterprise's own is done: a case from first to last state in one act.

    `on`: the day it was done, kept with the record; `note`: the evidence.  Raises `Refusal`: `matter_not_owners`,
    `done_ahead`, `done_already`, `not_its_turn`, `project_without_applicant`.
    """
    if key and (found := recorded(key)):
        row = Case.objects.filter(project__slug=project, matter=matter).order_by("-round").first()
        if row is not None:
            raise Repeated(row, found.hash)
    subject = subject_named(project)
    known = ground(subject, day_of(at))
    rule = known.matters.get(matter)
    if rule is None or rule.unit != OWNER:
        raise Refusal("matter_not_owners", matter=named(matter))
    if subject.applicant is None:
        raise Refusal("project_without_applicant", project=subject.name)
    if on > known.today:
        raise Refusal("done_ahead", on=on)
    rounds = rounds_of(subject.id)
    if matter in rounds and rounds[matter][1] not in GONE:
        raise Refusal("done_already", matter=rule.name)
    if missing := needs(rule, known):
        raise Refusal("not_its_turn", matter=rule.name, needs=names(missing))
    own = Decider(subject.applicant, by.organisation_code, Text("", ""), "", 0)
    (held,) = drafts(known, [matter], {matter: own}, rounds, by, at)
    told: tuple[Happened, ...] = ()
    for state in COURSE:
        told += follow(told, state, held.moment(at), one_office=True)
    said: dict[str, Json] = {"on": on, "note": written.text(note, "note")}
    strokes = tuple(
        Stroke(WRITES[one.state], one.at, details=said if one is told[-1] else {}, main=one is told[-1]) for one in told
    )
    begun = act(subject, "case.granted", payload_of(held, strokes), by=by, at=at, key=key)
    begun.write(held, strokes)
    moved = begun.settle(Cause("other", matter, OWNER, by.organisation_code, begun.entry))
    quotas.use_up(held, by, at)
    return Done(held.row.pk, held.row.number, held.row.seq, held.row.state, begun.entry, moved)
