"""Questions about people, posts and organisations."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from allauth.usersessions.models import UserSession
from django.db.models import Q, QuerySet

from luodi.accounts.models import Lock, Organisation, Person, Post
from luodi.accounts.offices import offices
from luodi.domain.vocabulary import Refusal, Text


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisation."""

    id: int
    code: str
    kind: str
    name: Text
    zone: str
    unit: str
    uscc: str
    starts: date
    ends: date | None
    sample: bool


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post with its person and organisation, as lists show it."""

    id: int
    person: int
    username: str
    name: str
    kind: str
    organisation: int
    organisation_name: Text
    zone: str
    starts: date
    ends: date | None
    term: int
    contract_until: date | None
    sample: bool


@dataclass(frozen=True, slots=True)
class Expiring:
    """A post whose contract runs out soon, or has; `last`: no further term is allowed after it."""

    post: PostRow
    until: date
    days: int
    last: bool


@dataclass(frozen=True, slots=True)
class Locked:
    """Somebody who may not sign in until a moment."""

    person: int
    username: str
    name: str
    failures: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """A session that is open."""

    id: int
    person: int
    username: str
    name: str
    since: datetime
    ip: str
    browser: str


POST = (
    "id", "person_id", "person__username", "person__name", "kind", "organisation_id", "organisation__zh",
    "organisation__en", "organisation__zone", "starts", "ends", "term", "contract_until", "person__sample",
)  # fmt: skip


def organisations(
    *, kind: str | None = None, zones: Collection[str] | None = None, unit: str | None = None, on: date | None = None
) -> tuple[Unit, ...]:
    """Organisations by kind, zones and catalogue unit, those that exist on a day where one is given.  One query."""
    found = Organisation.objects.order_by("zone", "kind", "code")
    if kind is not None:
        found = found.filter(kind=kind)
    if zones is not None:
        found = found.filter(zone__in=zones)
    if unit is not None:
        found = found.filter(unit=unit)
    if on is not None:
        found = found.filter(current(on))
    return units(found)


def organisation(code_or_id: str | int) -> Unit | None:
    """One organisation by its code or number.  One query."""
    key = {"code": code_or_id} if isinstance(code_or_id, str) else {"pk": code_or_id}
    return next(iter(units(Organisation.objects.filter(**key))), None)


def units(found: QuerySet[Organisation]) -> tuple[Unit, ...]:
    """Rows as values."""
    columns = ("id", "code", "kind", "zh", "en", "zone", "unit", "uscc", "starts", "ends", "sample")
    return tuple(
        Unit(pk, code, kind, Text(zh, en), *rest) for pk, code, kind, zh, en, *rest in found.values_list(*columns)
    )


def posts(
    *,
    on: date | None = None,
    zones: Collection[str] | None = None,
    organisation: int | None = None,
    kind: str | None = None,
    words: str = "",
    after: int = 0,
    limit: int = 50,
) -> tuple[PostRow, ...]:
    """Posts by number, those held on a day where one is given, after a number, at most `limit`.  One query."""
    found = Post.objects.filter(pk__gt=after).order_by("pk")
    if on is not None:
        found = found.filter(current(on))
    if zones is not None:
        found = found.filter(organisation__zone__in=zones)
    if organisation is not None:
        found = found.filter(organisation_id=organisation)
    if kind:
        found = found.filter(kind=kind)
    if words:
        found = found.filter(
            Q(person__name__icontains=words)
            | Q(person__username__icontains=words)
            | Q(organisation__zh__icontains=words)
        )
    return rows(found[:limit])


def rows(found: QuerySet[Post]) -> tuple[PostRow, ...]:
    """Rows as values."""
    return tuple(
        PostRow(pk, person, username, name, kind, organisation, Text(zh, en), *rest)
        for pk, person, username, name, kind, organisation, zh, en, *rest in found.values_list(*POST)
    )


def posts_of(organisation: int, on: date, kind: str | None = None) -> tuple[PostRow, ...]:
    """Who works at an organisation on a day.  One query."""
    return posts(on=on, organisation=organisation, kind=kind, limit=1000)


def post(number: int) -> PostRow | None:
    """One post.  One query."""
    return next(iter(rows(Post.objects.filter(pk=number))), None)


def people(numbers: Iterable[int]) -> dict[int, str]:
    """Names of people by number.  One query."""
    return dict(Person.objects.filter(pk__in=set(numbers)).values_list("pk", "name"))


def person(username: str) -> int | None:
    """The number of a person by user name.  One query."""
    return Person.objects.filter(username=username.lower()).values_list("pk", flat=True).first()


def named(username: str) -> int:
    """The number of a person by user name, as somebody typed it.  Raises `Refusal` where there is none.  One query."""
    found = person(username.strip())
    if found is None:
        raise Refusal("no_such_person")
    return found


def person_by_claims(username: str, email: str) -> Person | None:
    """Who a single sign-on server means: by user name, else by an e-mail address only one person has.  Two queries."""
    found = Person.objects.filter(username=username.lower(), is_active=True).first() if username else None
    if found is None and email:
        same = list(Person.objects.filter(email=email.lower(), is_active=True)[:2])
        found = same[0] if len(same) == 1 else None
    return found


def expiring(on: date, zones: Collection[str] | None = None) -> tuple[Expiring, ...]:
    """Posts held on a day whose contract ends within the warning days, the nearest first.  One query."""
    terms = offices().terms
    held = Post.objects.filter(current(on), contract_until__lte=on + timedelta(days=terms.warning_days))
    if zones is not None:
        held = held.filter(organisation__zone__in=zones)
    return tuple(
        Expiring(row, row.contract_until, (row.contract_until - on).days, row.term >= terms.times)
        for row in rows(held.order_by("contract_until", "pk"))
        if row.contract_until is not None
    )


def locked(at: datetime) -> tuple[Locked, ...]:
    """Who is locked out at a moment, the newest first.  One query."""
    found = Lock.objects.filter(until__gt=at).order_by("-until")
    columns = ("person_id", "person__username", "person__name", "failures", "until")
    return tuple(
        Locked(number, username, name, failures, until)
        for number, username, name, failures, until in found.values_list(*columns)
        if until is not None
    )


def sessions(*, person: int | None = None, limit: int = 200) -> tuple[Session, ...]:
    """Open sessions, the newest first.  One query."""
    found = UserSession.objects.order_by("-created_at")
    if person is not None:
        found = found.filter(user_id=person)
    columns = ("id", "user_id", "user__username", "user__name", "created_at", "ip", "user_agent")
    return tuple(Session(*row) for row in found.values_list(*columns)[:limit])


def sample_posts(on: date) -> tuple[PostRow, ...]:
    """The posts of the invented people, one row per post, in the order they were recorded.  One query."""
    return rows(Post.objects.filter(current(on), person__sample=True).order_by("pk"))


def current(on: date) -> Q:
    """Holds on a day."""
    return Q(starts__lte=on) & (Q(ends__isnull=True) | Q(ends__gte=on))


def posts_by_number(numbers: Iterable[int]) -> dict[int, PostRow]:
    """Posts by their numbers, whether still held or not.  One query."""
    return {one.id: one for one in rows(Post.objects.filter(pk__in=list(numbers)))}
