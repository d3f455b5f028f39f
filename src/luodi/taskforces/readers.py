"""Questions about task forces: who is in it until when, who is on duty, what was asked for, what happened on site."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from luodi.domain.clock.office import day_of
from luodi.domain.entry.forces import Role, forces, holes
from luodi.domain.vocabulary import Text
from luodi.taskforces.models import Duty, Force, LogEntry, Member, Moved, Service
from luodi.workcalendar.readers import in_force

SPAN = 14
"""Days of the roster that are shown ahead."""


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member.  `current`: in power on the day asked about; `left`: calendar days to the last one, negative once over.

    `ends` before `starts`: taken back before it began.
    """

    id: int
    post: int
    name: str
    organisation: Text
    role: Role
    starts: date
    ends: date
    current: bool
    left: int


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A last day moved.  `name`: the member whose it was; "" for the force itself."""

    name: str
    was: date
    ends: date
    why: str
    document: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A post on duty on a day.  `off_at`: when it was taken off, None while it stands; `to`: who took it over, or ""."""

    id: int
    on: date
    post: int
    name: str
    off_at: datetime | None
    off_by: str
    off_why: str
    to: str


@dataclass(frozen=True, slots=True)
class DutyDay:
    """A day of the roster; nobody on it is a hole."""

    on: date
    held: tuple[DutyRow, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Who is on duty."""
        return tuple(one.name for one in self.held)


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """Life support asked for.  `left`: calendar days to the day wanted, None once answered."""

    id: int
    kind: Text
    text: str
    people: int | None
    wanted: date
    at: datetime
    who: str
    answer: str
    answered_by: str
    answered_at: datetime | None
    left: int | None


@dataclass(frozen=True, slots=True)
class LogRow:
    """A day on site.  `left`: calendar days to the day by which the obstacle is to be solved; None without, or once solved."""

    id: int
    on: date
    done: str
    obstacle: str
    solver: Text | None
    solver_id: int | None
    due: date | None
    who: str
    closed_on: date | None
    result: str
    left: int | None


@dataclass(frozen=True, slots=True)
class ForceRow:
    """A task force as it stands on a day.  `over`: its last day has passed; `left`: calendar days to it.

    `holes`: days from today on, as far as the roster is shown, on which nobody is on duty; `taken_off`: what was changed
    in these days.  `moves`: last days that were moved, newest first.  `unwritten`: working days of the last two weeks,
    before today, on which nothing was written down.
    """

    id: int
    name: str
    document: str
    starts: date
    ends: date
    sample: bool
    over: bool
    left: int
    warn: bool
    members: tuple[MemberRow, ...]
    duty: tuple[DutyDay, ...]
    holes: tuple[date, ...]
    services: tuple[ServiceRow, ...]
    log: tuple[LogRow, ...]
    taken_off: tuple[DutyRow, ...]
    moves: tuple[MoveRow, ...]
    unwritten: tuple[date, ...]


def force(project: int, today: date, *, as_of: datetime | None = None, limit: int = 60) -> ForceRow | None:
    """The newest task force of a project, whole, as it was known at a moment; None where none was founded.  Six queries."""
    row = Force.objects.filter(_known(as_of), project=project).order_by("-starts").first()
    if row is None:
        return None
    moves = tuple(Moved.objects.filter(force=row).select_related("member__post__person").order_by("pk"))
    ends = _then(row.ends, (one for one in moves if one.member_id is None), as_of)
    first = max(today, row.starts)
    last = min(first + timedelta(days=SPAN - 1), ends)
    rostered = _rostered(row, first, last, as_of)
    duty = _duty([one for one in rostered if one.off_at is None], first, last)
    left, log = (ends - today).days, _log(row, today, limit, as_of)
    return ForceRow(
        row.pk, row.name, row.document, row.starts, ends, row.sample, left < 0, left,
        0 <= left <= forces().before_end, _members(row, today, moves, as_of), duty,
        holes(first, last, [one.on for one in duty if one.held]) if first <= last else (),
        _services(row, today, limit, as_of), log, tuple(one for one in rostered if one.off_at is not None),
        tuple(_moved(one) for one in reversed(moves) if as_of is None or one.at <= as_of),
        _unwritten(max(row.starts, today - timedelta(days=SPAN)), min(ends, today - timedelta(days=1)), log),
    )  # fmt: skip


def place_of(
    *, force: int = 0, service: int = 0, log: int = 0, member: int = 0, duty: int = 0
) -> tuple[str, str] | None:  # fmt: skip
    """Slug and zone of the project of a force or of one of its rows; None where there is none.  One query."""
    rows = Force.objects.filter(
        Q(pk=force)
        | Q(pk__in=Service.objects.filter(pk=service).values("force"))
        | Q(pk__in=LogEntry.objects.filter(pk=log).values("force"))
        | Q(pk__in=Member.objects.filter(pk=member).values("force"))
        | Q(pk__in=Duty.objects.filter(pk=duty).values("force"))
    )
    return rows.values_list("project__slug", "zone").first()


def in_power(post: int, project: int, on: date) -> tuple[Role, ...]:
    """The roles a post has in a project's task force on a day: none once the force, or the part in it, is over.  One query."""
    rows = Member.objects.filter(post=post, force__project=project, starts__lte=on, ends__gte=on, force__ends__gte=on)
    return tuple(forces().roles[role] for role in rows.order_by("pk").values_list("role", flat=True))


def _known(as_of: datetime | None) -> Q:
    """Recorded by a moment; what was recorded before moments were kept (null) always was."""
    return Q() if as_of is None else Q(at__lte=as_of) | Q(at=None)


def _then(ends: date, moves: Iterable[Moved], as_of: datetime | None) -> date:
    """A last day as it was known at a moment: what the first later move says that it was."""
    return next((one.was for one in moves if as_of is not None and one.at > as_of), ends)


def _moved(one: Moved) -> MoveRow:
    name = one.member.post.person.name if one.member else ""
    return MoveRow(name, one.was, one.ends, one.why, one.document, one.who, one.at)


def _members(row: Force, today: date, moves: Iterable[Moved], as_of: datetime | None) -> tuple[MemberRow, ...]:
    by_member: dict[int | None, list[Moved]] = {}
    for one in moves:
        by_member.setdefault(one.member_id, []).append(one)
    rows = Member.objects.filter(_known(as_of), force=row).order_by("starts", "pk")
    person, unit = "post__person__name", "post__organisation"
    found = []
    for pk, post, name, zh, en, role, starts, kept in rows.values_list(
        "pk", "post", person, f"{unit}__zh", f"{unit}__en", "role", "starts", "ends"
    ):
        ends = _then(kept, by_member.get(pk, ()), as_of)
        current = starts <= today <= ends
        rule, left = forces().roles[role], (ends - today).days
        found.append(MemberRow(pk, post, name, Text(zh, en), rule, starts, ends, current, left))
    return tuple(found)


def _rostered(row: Force, first: date, last: date, as_of: datetime | None) -> tuple[DutyRow, ...]:
    """Who is on duty from a day to a day, and who was taken off: as it was known at a moment."""
    rows = Duty.objects.filter(_known(as_of), force=row, on__gte=first, on__lte=last).order_by("on", "pk")
    columns = ("pk", "on", "post", "post__person__name", "off_at", "off_by", "off_why", "to__person__name")
    found = []
    for pk, on, post, name, off_at, off_by, why, to in rows.values_list(*columns):
        off = off_at is not None and (as_of is None or off_at <= as_of)
        said = (off_at, off_by, why, to or "") if off else (None, "", "", "")
        found.append(DutyRow(pk, on, post, name, *said))
    return tuple(found)


def _duty(rows: Iterable[DutyRow], first: date, last: date) -> tuple[DutyDay, ...]:
    held: dict[date, list[DutyRow]] = {}
    for one in rows:
        held.setdefault(one.on, []).append(one)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(DutyDay(day, tuple(held.get(day, ()))) for day in days)


def _services(row: Force, today: date, limit: int, as_of: datetime | None) -> tuple[ServiceRow, ...]:
    found = []
    for one in Service.objects.filter(_known(as_of), force=row).order_by("-wanted", "-pk")[:limit]:
        said = (one.answer, one.answered_by, one.answered_at)
        if one.answered_at is None or (as_of is not None and one.answered_at > as_of):
            said = ("", "", None)
        left = None if said[2] else (one.wanted - today).days
        kind = forces().services[one.kind]
        found.append(ServiceRow(one.pk, kind, one.text, one.people, one.wanted, one.at, one.who, *said, left))
    return tuple(sorted(found, key=lambda one: one.left is None))


def _log(row: Force, today: date, limit: int, as_of: datetime | None) -> tuple[LogRow, ...]:
    found = []
    rows = LogEntry.objects.filter(_known(as_of), force=row).select_related("solver").order_by("-on", "-pk")
    for one in rows[:limit]:
        closed, result = (one.closed_on, one.result) if _solved(one, as_of) else (None, "")
        solver = Text(one.solver.zh, one.solver.en) if one.solver else None
        left = (one.due - today).days if one.due and not closed else None
        said = (one.pk, one.on, one.done, one.obstacle, solver, one.solver_id, one.due, one.who, closed, result, left)
        found.append(LogRow(*said))
    return tuple(found)


def _solved(one: LogEntry, as_of: datetime | None) -> bool:
    """Whether an obstacle was known to be solved at a moment; where only the day was kept, on that day."""
    if one.closed_on is None or as_of is None:
        return one.closed_on is not None
    return one.closed_at <= as_of if one.closed_at else one.closed_on <= day_of(as_of)


def _unwritten(first: date, last: date, log: Iterable[LogRow]) -> tuple[date, ...]:
    written, calendar = {one.on for one in log}, in_force()
    if first > last:
        return ()
    return tuple(day for day in holes(first, last, written) if calendar.is_workday(day))
