"""An application comes in: one matter, or every matter of a project whose turn it is, in one act (并联分发)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.cases import tallying
from luodi.cases.held import Held, Stroke, Subject, catalogue
from luodi.cases.kinds import WRITES
from luodi.cases.limits import OWNER, limits_of
from luodi.cases.models import Case
from luodi.cases.progress import GONE, SATISFIED
from luodi.cases.recording import Done, act, payload_of
from luodi.cases.telling import News, link
from luodi.cases.waiting import Ground, ground, names, needs
from luodi.domain.clock.office import day_of
from luodi.domain.events.canonical import Json
from luodi.domain.handling.states import State
from luodi.domain.vocabulary import Refusal, Text
from luodi.journal.readers import recorded
from luodi.plans.actions import Cause
from luodi.projects.readers import project as project_of
from luodi.zones.readers import Decider, deciders


@dataclass(frozen=True, slots=True)
class Opened:
    """A case that was opened, and with whom."""

    case: int
    matter: str
    number: str
    organisation: Text


@dataclass(frozen=True, slots=True)
class Waiting:
    """A matter that was not opened: what it waits for, or why nobody can take it."""

    matter: str
    needs: tuple[str, ...]
    why: Text


@dataclass(frozen=True, slots=True)
class Dispatched:
    """What one act of dispatching did."""

    opened: tuple[Opened, ...]
    waiting: tuple[Waiting, ...]
    entry: str
    moved_days: int
    repeated: bool = False


NOBODY = Text("授权表中没有单位可以决定这件事项", "the table of powers names nobody who may decide it")
ITS_OWN = Text("由建设单位自行办理，办妥后登记", "the enterprise's own; recorded when done")


def open_case(*, project: str, matter: str, by: Acting, at: datetime, key: str | None = None) -> Done:
    """Take in the application for one matter (接件) and hand it to whoever may decide it.

    Raises `Refusal`: `matter_not_applicable`, `case_open_already`, `matter_granted_already`, `not_its_turn` (what it
    waits for), `nobody_may_decide`, `matter_owners_own`.
    """
    with transaction.atomic():
        found = recorded(key) if key else None
        if found:
            return _again(project, matter, found.hash)
        subject = subject_named(project)
        known = ground(subject, day_of(at))
        if matter not in known.matters:
            raise Refusal("matter_not_applicable", matter=named(matter))
        if known.matters[matter].unit == OWNER:
            raise Refusal("matter_owners_own", matter=known.matters[matter].name)
        rounds = rounds_of(subject.id)
        _check_open(matter, rounds)
        if missing := needs(known.matters[matter], known):
            raise Refusal("not_its_turn", matter=known.matters[matter].name, needs=names(missing))
        decider = deciders(subject.zone, known.today, (matter,)).get(matter)
        if decider is None:
            raise Refusal("nobody_may_decide", matter=known.matters[matter].name, on=known.today)
        (held,) = drafts(known, [matter], {matter: decider}, rounds, by, at)
        strokes = (Stroke(WRITES[State.RECEIVED], held.moment(at), details={"document": decider.document}),)
        begun = act(subject, "case.opened", payload_of(held, strokes), by=by, at=at, key=key)
        begun.write(held, strokes)
        moved = begun.settle(Cause("other", matter, held.matter.unit, decider.code, begun.entry), _news([held]))
        return Done(held.row.pk, held.row.number, held.row.seq, held.row.state, begun.entry, moved)


def dispatch(
    *, project: str, matters: Collection[str] | None = None, by: Acting, at: datetime, key: str | None = None
) -> Dispatched:
    """Open, in one act, every matter of a project that may begin now, each with whoever may decide it.

    With the lever of parallel handling that is every matter whose legal prerequisites are met; without it only those
    of the first stage that is not finished.  `matters`: only these.  The number of queries does not grow with them.
    Raises `Refusal("nothing_to_dispatch")`.
    """
    with transaction.atomic():
        if key and (found := recorded(key)):
            return Dispatched((), (), found.hash, 0, repeated=True)
        subject = subject_named(project)
        known = ground(subject, day_of(at))
        rounds = rounds_of(subject.id)
        still = [one for one in known.matters if _is_open_to(one, rounds, known)]
        wanted = [one for one in still if matters is None or one in matters]
        held_by = deciders(subject.zone, known.today, wanted)
        ready, waiting = _sorted(wanted, known, held_by, still)
        if not ready:
            raise Refusal("nothing_to_dispatch", waiting=len(waiting))
        held = drafts(known, ready, held_by, rounds, by, at)
        payload: Mapping[str, Json] = {
            "cases": [{"case": one.row.number, "matter": one.row.matter} for one in held],
            "waiting": [one.matter for one in waiting],
        }
        begun = act(subject, "case.dispatched", payload, by=by, at=at, key=key)
        for one in held:
            document = held_by[one.row.matter].document
            begun.write(one, (Stroke(WRITES[State.RECEIVED], one.moment(at), details={"document": document}),))
        moved = begun.settle(Cause("other", entry=begun.entry), _news(held))
    opened = tuple(Opened(one.row.pk, one.row.matter, one.row.number, held_by[one.row.matter].name) for one in held)
    return Dispatched(opened, waiting, begun.entry, moved)


def subject_named(project: str) -> Subject:
    """A project as a case needs it.  One query.  Raises `Refusal`: `case_project_unknown`, `project_not_live`."""
    found = project_of(project)
    if found is None:
        raise Refusal("case_project_unknown", project=project[:64])
    if not found.live or not found.zone:
        raise Refusal("project_not_live", project=found.name)
    return Subject(found.id, found.slug, found.name, found.zone, found.applicant, found.file)


def drafts(
    known: Ground,
    matters: Sequence[str],
    held_by: Mapping[str, Decider],
    rounds: Mapping[str, tuple[int, int]],
    by: Acting,
    at: datetime,
) -> list[Held]:
    """Cases not yet written, with the next numbers of the zone's series.  One query."""
    year = known.today.year
    numbers = tallying.numbers(known.subject.zone, year, len(matters))
    found = []
    for matter, number in zip(matters, numbers, strict=True):
        limits = limits_of(known.matters[matter], known.subject.file, known.today)
        row = Case(
            project_id=known.subject.id, matter=matter, organisation_id=held_by[matter].organisation,
            zone=known.subject.zone, number=numbered(known.subject.zone, year, number), opened_at=at.replace(microsecond=0),
            changed_at=at, seq=0, state=0, open=True, turn="window", mode=known.modes[matter],
            unit=limits.terms.unit, promise_unit=limits.terms.promise_unit or limits.terms.unit,
            round=rounds.get(matter, (0, 0))[0] + 1,
        )  # fmt: skip
        found.append(Held(row, known.subject, []))
    return found


def numbered(zone: str, year: int, number: int) -> str:
    """A case number: zone, year, six digits.  Its length fits the column: zone ids have at most 28 characters."""
    return f"{zone[:28]}-{year}-{number:06d}"


def named(matter: str) -> Text:
    """A matter's name; of one nobody knows, its id."""
    known = catalogue().matters.get(matter)
    return known.name if known else Text(matter[:64], matter[:64])


def rounds_of(project: int) -> dict[str, tuple[int, int]]:
    """The newest round of every matter and the state it is in.  One query."""
    rows = Case.objects.filter(project=project).order_by("round").values_list("matter", "round", "state")
    return {matter: (round_, state) for matter, round_, state in rows}


def _check_open(matter: str, rounds: Mapping[str, tuple[int, int]]) -> None:
    state = rounds.get(matter, (0, 0))[1]
    if state and state in SATISFIED:
        raise Refusal("matter_granted_already", matter=names([matter]))
    if state and state not in GONE:
        raise Refusal("case_open_already", matter=names([matter]))


def _is_open_to(matter: str, rounds: Mapping[str, tuple[int, int]], known: Ground) -> bool:
    state = rounds.get(matter, (0, 0))[1]
    return (not state or state in GONE) and matter not in known.done


def _sorted(
    wanted: Sequence[str], known: Ground, held_by: Mapping[str, Decider], still: Sequence[str]
) -> tuple[list[str], tuple[Waiting, ...]]:
    """Which may be opened now, and what the others wait for."""
    ready, waiting = [], []
    running = [known.matters[one].stage for one in known.matters if one not in known.done]
    stage = min(running, default=0)
    for one in wanted:
        missing = needs(known.matters[one], known)
        if not missing and "parallel" not in known.levers and known.matters[one].stage > stage:
            missing = tuple(other for other in still if known.matters[other].stage == stage)
        if missing:
            said = names(missing)
            waiting.append(Waiting(one, missing, Text(f"等待：{said.zh}", f"waits for: {said.en}")))
        elif known.matters[one].unit == OWNER:
            waiting.append(Waiting(one, (), ITS_OWN))
        elif one not in held_by:
            waiting.append(Waiting(one, (), NOBODY))
        else:
            ready.append(one)
    return ready, tuple(waiting)


def _news(held: Sequence[Held]) -> list[News]:
    """Each unit is told once, of all its new cases in one notice where there are several."""
    units: dict[int, list[Held]] = {}
    for one in held:
        units.setdefault(one.row.organisation_id, []).append(one)
    found = []
    for organisation, cases in units.items():
        matters = names([one.row.matter for one in cases])
        facts = {"project": cases[0].subject.name, "matter": matters}
        page = link(cases[0]) if len(cases) == 1 else "/inbox/"
        found.append(News("case_opened", facts, page, organisations=frozenset({organisation})))
    return found


def _again(project: str, matter: str, entry: str) -> Done:
    row = Case.objects.filter(project__slug=project, matter=matter).order_by("-round").first()
    if row is None:
        raise Refusal("already_done_elsewhere")
    return Done(row.pk, row.number, row.seq, row.state, entry, repeated=True)
