"""Questions about task forces: who is in it until when, who is on duty, what was asked for, what happened on site."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from luodi.domain.entry.forces import Role, forces, holes
from luodi.domain.vocabulary import Text
from luodi.taskforces.models import Duty, Force, LogEntry, Member, Service

SPAN = 14
"""Days of the roster that are shown ahead."""


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member.  `current`: in power on the day asked about; `left`: calendar days to the last one, negative once over."""

    post: int
    name: str
    organisation: Text
    role: Role
    starts: date
    ends: date
    current: bool
    left: int


@dataclass(frozen=True, slots=True)
class DutyDay:
    """A day of the roster; nobody on it is a hole."""

    on: date
    names: tuple[str, ...]


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

    `holes`: days from today on, as far as the roster is shown, on which nobody is on duty.
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


def force(project: int, today: date, *, limit: int = 60) -> ForceRow | None:
    """The newest task force of a project, whole; None where none was founded.  Five queries."""
    row = Force.objects.filter(project=project).order_by("-starts").first()
    if row is None:
        return None
    first, last = max(today, row.starts), min(max(today, row.starts) + timedelta(days=SPAN - 1), row.ends)
    duty = _duty(row, first, last)
    left = (row.ends - today).days
    return ForceRow(
        row.pk, row.name, row.document, row.starts, row.ends, row.sample, left < 0, left,
        0 <= left <= forces().before_end, _members(row, today), duty,
        holes(first, last, [one.on for one in duty if one.names]) if first <= last else (),
        _services(row, today, limit), _log(row, today, limit),
    )  # fmt: skip


def place_of(*, force: int = 0, service: int = 0, log: int = 0) -> tuple[str, str] | None:
    """Slug and zone of the project of a force, a service or a day of the log; None where there is none.  One query."""
    rows = Force.objects.all()
    if service:
        rows = rows.filter(pk__in=Service.objects.filter(pk=service).values("force"))
    elif log:
        rows = rows.filter(pk__in=LogEntry.objects.filter(pk=log).values("force"))
    else:
        rows = rows.filter(pk=force)
    return rows.values_list("project__slug", "zone").first()


def in_power(post: int, project: int, on: date) -> tuple[Role, ...]:
    """The roles a post has in a project's task force on a day: none once the force, or the part in it, is over.  One query."""
    rows = Member.objects.filter(post=post, force__project=project, starts__lte=on, ends__gte=on, force__ends__gte=on)
    return tuple(forces().roles[role] for role in rows.order_by("pk").values_list("role", flat=True))


def _members(row: Force, today: date) -> tuple[MemberRow, ...]:
    rows = Member.objects.filter(force=row).order_by("starts", "pk")
    columns = (
        "post",
        "post__person__name",
        "post__organisation__zh",
        "post__organisation__en",
        "role",
        "starts",
        "ends",
    )
    return tuple(
        MemberRow(
            post, name, Text(zh, en), forces().roles[role], starts, ends, starts <= today <= ends, (ends - today).days
        )
        for post, name, zh, en, role, starts, ends in rows.values_list(*columns)
    )


def _duty(row: Force, first: date, last: date) -> tuple[DutyDay, ...]:
    names: dict[date, list[str]] = {}
    rows = Duty.objects.filter(force=row, on__gte=first, on__lte=last).order_by("on", "pk")
    for on, name in rows.values_list("on", "post__person__name"):
        names.setdefault(on, []).append(name)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(DutyDay(day, tuple(names.get(day, ()))) for day in days)


def _services(row: Force, today: date, limit: int) -> tuple[ServiceRow, ...]:
    rows = Service.objects.filter(force=row).order_by("-wanted", "-pk")[:limit]
    found = [
        ServiceRow(
            one.pk, forces().services[one.kind], one.text, one.people, one.wanted, one.at, one.who, one.answer,
            one.answered_by, one.answered_at, None if one.answered_at else (one.wanted - today).days,
        )
        for one in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.left is None))


def _log(row: Force, today: date, limit: int) -> tuple[LogRow, ...]:
    rows = LogEntry.objects.filter(force=row).select_related("solver").order_by("-on", "-pk")[:limit]
    return tuple(
        LogRow(
            one.pk, one.on, one.done, one.obstacle, Text(one.solver.zh, one.solver.en) if one.solver else None,
            one.solver_id, one.due, one.who, one.closed_on, one.result,
            (one.due - today).days if one.due and not one.closed_on else None,
        )
        for one in rows
    )  # fmt: skip
