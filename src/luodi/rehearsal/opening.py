"""Whose turn it is: matters are opened when what they wait for is done, about when the plan says, often several at once."""

from collections.abc import Mapping
from datetime import date, datetime

from luodi.cases.actions.opening import numbered
from luodi.cases.actions.owning import COURSE
from luodi.cases.held import Held, Stroke
from luodi.cases.kinds import WRITES
from luodi.cases.limits import OWNER
from luodi.cases.recording import payload_of
from luodi.cases.waiting import needs
from luodi.domain.clock.office import day_of
from luodi.domain.events.canonical import Json
from luodi.domain.handling.following import Happened, follow
from luodi.domain.handling.states import State
from luodi.plans.actions import Cause
from luodi.rehearsal.fates import drawn
from luodi.rehearsal.handling import Case
from luodi.rehearsal.story import Story
from luodi.rehearsal.taking import take


def look_round(story: Story, at: datetime) -> None:
    """Set a day for every matter that may begin now: the planned one or today, and some days later."""
    known, days = story.known(day_of(at)), story.calendar.days
    for id_, matter in story.matters.items():
        if id_ in story.begun or id_ in story.done or id_ in story.wanted or id_ in story.resting:
            continue
        if needs(matter, known):
            continue
        if not _its_stage(story, id_):
            continue
        own = matter.unit == OWNER
        chance = story.chance.of("open", id_, story.rounds[id_])
        planned = story.planned.get(id_, (known.today, known.today))[1 if own else 0]
        late = chance.later("opening")
        moment = chance.after(at, late, days) if planned <= known.today else chance.moment(days.add(planned, late))
        want(story, id_, moment)


def want(story: Story, matter: str, moment: datetime) -> None:
    """Open a matter at a moment, with whatever else is due that day."""
    story.wanted[matter] = day_of(moment)
    if story.matters[matter].unit == OWNER:
        story.calendar.at(moment, lambda now: record_done(story, matter, now))
    else:
        story.calendar.at(moment, lambda now: dispatch(story, now))


def dispatch(story: Story, at: datetime) -> None:
    """Open everything that is due: in one act, or singly where it is a single one."""
    today = day_of(at)
    known = story.known(today)
    due = [
        id_ for id_, matter in story.matters.items()
        if matter.unit != OWNER and story.wanted.get(id_, date.max) <= today and id_ in story.cast.deciders
    ]  # fmt: skip
    for id_ in due:
        del story.wanted[id_]
    ready = [id_ for id_ in due if not needs(story.matters[id_], known)]
    if not ready:
        return
    chance = story.chance.of("dispatch", str(at))
    by = chance.pick((story.cast.navigator, story.cast.clerk))(today, chance)
    held = [draft(story, id_, story.cast.deciders[id_].organisation, at) for id_ in ready]
    writing = [(one, _opening(story, one, at)) for one in held]
    if len(held) == 1:
        entry = story.tie("case.opened", by, at, payload_of(*writing[0]))
        cause = Cause("other", ready[0], held[0].matter.unit, story.code(held[0]), entry)
    else:
        entry = story.tie("case.dispatched", by, at, _dispatched(held))
        cause = Cause("other", entry=entry)
    passed = story.passed()
    story.ledger.write(story.subject, by, at, entry, writing)
    story.tell(cause, at, passed=passed)
    for one in held:
        begin_case(story, one, at)
    if any(one.starts_with for one in story.matters.values() if one.id not in story.begun):
        look_round(story, at)


def begin_case(story: Story, held: Held, at: datetime) -> None:
    """What becomes of a case that has just been opened."""
    story.begun.add(held.row.matter)
    chance = story.chance.of("case", held.row.matter, held.row.round)
    case = Case(story, held, chance, drawn(chance, held.matter, held.row.round))
    case.later(chance.later("accepting"), take)


def record_done(story: Story, matter: str, at: datetime) -> None:
    """What the enterprise looks after itself is recorded when it is done, as `actions.record_done`."""
    story.wanted.pop(matter, None)
    if needs(story.matters[matter], story.known(day_of(at))):
        return
    applicant = story.agent.organisation
    held = draft(story, matter, applicant, at)
    told: tuple[Happened, ...] = ()
    for state in COURSE:
        told += follow(told, state, held.moment(at), one_office=True)
    said: dict[str, Json] = {"on": day_of(at), "note": "示例：建设单位登记"}
    strokes = tuple(
        Stroke(WRITES[one.state], one.at, details=said if one is told[-1] else {}, main=one is told[-1]) for one in told
    )
    entry = story.tie("case.granted", story.agent, at, payload_of(held, strokes))
    passed = story.passed()
    story.ledger.write(story.subject, story.agent, at, entry, [(held, strokes)])
    story.tell(Cause("other", matter, OWNER, story.agent.organisation_code, entry), at, passed=passed)
    story.begun.add(matter)
    story.done[matter] = day_of(at)
    story.look(story, at)


def draft(story: Story, matter: str, organisation: int, at: datetime) -> Held:
    """A case not yet opened, with its number."""
    story.rounds[matter] += 1
    year = day_of(at).year
    number = numbered(story.subject.zone, year, story.calendar.number(story.subject.zone, year))
    return story.ledger.draft(
        story.subject, story.matters[matter], story.modes[matter], organisation=organisation, number=number,
        round_=story.rounds[matter], at=at,
    )  # fmt: skip


def _opening(story: Story, held: Held, at: datetime) -> tuple[Stroke, ...]:
    document = story.cast.deciders[held.row.matter].document
    return (Stroke(WRITES[State.RECEIVED], held.moment(at), details={"document": document}),)


def _dispatched(held: list[Held]) -> Mapping[str, Json]:
    """As of `actions.dispatch` with just these matters."""
    return {"cases": [{"case": one.row.number, "matter": one.row.matter} for one in held], "waiting": []}


def _its_stage(story: Story, matter: str) -> bool:
    """Without parallel handling only matters of the first stage that is not finished."""
    if "parallel" in story.levers:
        return True
    running = [one.stage for id_, one in story.matters.items() if id_ not in story.done]
    return story.matters[matter].stage <= min(running, default=0)
