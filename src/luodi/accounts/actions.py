"""Recording organisations and people, appointing them to posts and ending that."""

import calendar
import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.accounts.models import Organisation, Person, Post
from luodi.accounts.offices import PostKind, kind_name, offices
from luodi.accounts.sealing import seal
from luodi.domain import written
from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal, Text
from luodi.journal import actions as journal

CHAIN = "accounts"


@dataclass(frozen=True, slots=True)
class Appointed:
    """A post as it was given."""

    post: int
    term: int
    contract_until: date | None


@transaction.atomic
def record_organisation(
    *,
    code: str,
    kind: str,
    name: Text,
    starts: date,
    by: Acting,
    at: datetime,
    parent: str | None = None,
    zone: str = "",
    unit: str = "",
    uscc: str = "",
    ends: date | None = None,
    sample: bool = False,
) -> int:
    """Record an organisation; its id.  Raises `Refusal`: unknown kind, code taken, a task force without an end."""
    if kind not in offices().organisations:
        raise Refusal("no_such_kind", kind=kind[:80])
    if kind == "task_force" and ends is None:
        raise Refusal("task_force_needs_end")
    if Organisation.objects.filter(code=code).exists():
        raise Refusal("organisation_code_taken", organisation=code)
    above = Organisation.objects.get(code=parent).pk if parent else None
    row = Organisation.objects.create(
        code=code, kind=kind, zh=written.line(name.zh, "zh"), en=written.line(name.en, "en"), parent_id=above,
        zone=zone, unit=unit, uscc=uscc, starts=starts, ends=ends, sample=sample,
    )  # fmt: skip
    journal.append(
        chain=CHAIN, kind="organisation.recorded", by=by, at=at, zone=zone,
        payload={"code": code, "kind": kind, "zh": row.zh, "en": row.en, "zone": zone, "unit": unit,
                 "starts": starts.isoformat(), "ends": ends and ends.isoformat()},
    )  # fmt: skip
    return row.pk


@transaction.atomic
def end_organisation(*, code: str, ends: date, reason: str, by: Acting, at: datetime) -> None:
    """End an organisation on a day: whoever has a post there no longer acts for it after that day."""
    row = Organisation.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise Refusal("no_such_organisation", organisation=code[:80])
    if ends < row.starts:
        raise Refusal("ends_before_start", starts=row.starts, ends=ends)
    row.ends = ends
    row.save(update_fields=["ends"])
    payload = {"code": code, "ends": ends.isoformat(), "reason": written.text(reason, "reason")}
    journal.append(chain=CHAIN, kind="organisation.ended", by=by, at=at, zone=row.zone, payload=payload)


@transaction.atomic
def record_person(
    *,
    username: str,
    name: str,
    by: Acting,
    at: datetime,
    email: str = "",
    telephone: str = "",
    hashed: str = "",
    sample: bool = False,
) -> int:
    """Record somebody who can sign in; their id.  Without a (hashed) password they cannot yet, except by single sign-on."""
    username = written.line(username, "username").lower()
    if Person.objects.filter(username=username).exists():
        raise Refusal("username_taken", username=username)
    row = Person.objects.create(
        username=username, name=written.line(name, "name"), email=email.strip().lower(), telephone=seal(telephone),
        password=hashed or make_password(None), sample=sample,
    )  # fmt: skip
    payload = {"username": username, "name": row.name}
    journal.append(chain=CHAIN, kind="person.recorded", by=by, at=at, payload=payload)
    return row.pk


@transaction.atomic
def give_password(*, person: int, reason: str, by: Acting, at: datetime) -> str:
    """A starting password, told once and to be changed at the first sign-in; ends every session of the person."""
    row = locked_person(person)
    password = secrets.token_urlsafe(9)
    row.password, row.must_change = make_password(password), True
    row.save(update_fields=["password", "must_change"])
    payload = {"username": row.username, "reason": written.text(reason, "reason")}
    journal.append(chain=CHAIN, kind="password.given", by=by, at=at, payload=payload)
    return password


@transaction.atomic
def appoint(
    *,
    person: int,
    organisation: int,
    kind: str,
    starts: date,
    document: str,
    by: Acting,
    at: datetime,
    ends: date | None = None,
    contract_until: date | None = None,
) -> Appointed:
    """Appoint a person to a post.

    A kind with terms gets its number of the term and a contract of at most the years of a term.  Raises `Refusal`: a kind
    the organisation does not have, an organisation that has ended, the same post twice, a fourth term, and whatever
    stands beside a post that must stand alone (the three administrators).
    """
    row, unit = locked_person(person), Organisation.objects.filter(pk=organisation).first()
    if unit is None:
        raise Refusal("no_such_organisation", organisation=organisation)
    rule = fitting(kind, unit, starts)
    beside(row, rule, starts, ends)
    term = term_of(row, unit, rule)
    limit = years_after(starts, offices().terms.years)
    until = (contract_until or limit) if rule.term else contract_until
    if rule.term and until and until > limit:
        raise Refusal("contract_too_long", years=offices().terms.years, limit=limit)
    if ends is not None and ends < starts:
        raise Refusal("ends_before_start", starts=starts, ends=ends)
    post = Post.objects.create(
        person=row, organisation=unit, kind=kind, starts=starts, ends=ends, term=term, contract_until=until
    )
    journal.append(
        chain=CHAIN, kind="post.appointed", by=by, at=at, zone=unit.zone,
        payload={"post": post.pk, "username": row.username, "kind": kind, "organisation": unit.code,
                 "starts": starts.isoformat(), "ends": ends and ends.isoformat(), "term": term,
                 "contract_until": until and until.isoformat(), "document": written.line(document, "document")},
    )  # fmt: skip
    return Appointed(post.pk, term, until)


@transaction.atomic
def end_post(*, post: int, ends: date, reason: str, by: Acting, at: datetime) -> None:
    """End a post with a day: from the next day on nobody acts as it.  Raises `Refusal` for one that has ended."""
    row = Post.objects.select_for_update(of=("self",)).select_related("person", "organisation").filter(pk=post).first()
    if row is None:
        raise Refusal("no_such_post")
    if row.ends is not None and row.ends <= ends:
        raise Refusal("post_has_ended", ends=row.ends)
    if ends < row.starts:
        raise Refusal("ends_before_start", starts=row.starts, ends=ends)
    row.ends = ends
    row.save(update_fields=["ends"])
    journal.append(
        chain=CHAIN, kind="post.ended", by=by, at=at, zone=row.organisation.zone,
        payload={"post": post, "username": row.person.username, "kind": row.kind,
                 "organisation": row.organisation.code, "ends": ends.isoformat(),
                 "reason": written.text(reason, "reason")},
    )  # fmt: skip


@transaction.atomic
def switch_post(*, to: Acting, by: Acting, at: datetime) -> None:
    """Record that somebody now acts as another of their posts; the session keeps which one."""
    payload: dict[str, Json] = {"post": to.post, "kind": to.kind, "organisation": to.organisation_code}
    journal.append(chain=CHAIN, kind="post.switched", by=by, at=at, zone=to.zone, payload=payload)


def locked_person(person: int) -> Person:
    """The row of a person, locked until the transaction ends, so that two appointments cannot overtake each other."""
    row = Person.objects.select_for_update().filter(pk=person).first()
    if row is None:
        raise Refusal("no_such_person")
    return row


def fitting(kind: str, unit: Organisation, starts: date) -> PostKind:
    """The kind, where an organisation of this kind may have it on that day."""
    rule = offices().posts.get(kind)
    if rule is None:
        raise Refusal("no_such_kind", kind=kind[:80])
    if unit.kind not in rule.organisations:
        raise Refusal("kind_not_here", kind=rule.name, organisation=Text(unit.zh, unit.en))
    if unit.ends is not None and unit.ends < starts:
        raise Refusal("organisation_has_ended", organisation=Text(unit.zh, unit.en), ends=unit.ends)
    return rule


def beside(row: Person, rule: PostKind, starts: date, ends: date | None) -> None:
    """Refuse what may not be held at the same time."""
    for post in Post.objects.select_related("organisation").filter(person=row).exclude(ends__lt=starts):
        if ends is not None and post.starts > ends:
            continue
        other = offices().posts.get(post.kind)
        if rule.alone or (other and other.alone):
            raise Refusal("post_stands_alone", kind=rule.name, other=kind_name(post.kind), name=row.name)


def term_of(row: Person, unit: Organisation, rule: PostKind) -> int:
    """Which term of this post at this organisation a new appointment would be.  Raises `Refusal` past the last one."""
    earlier = Post.objects.filter(person=row, organisation=unit, kind=rule.id)
    if earlier.filter(ends__isnull=True).exists():
        raise Refusal("already_in_post", name=row.name, kind=rule.name, organisation=Text(unit.zh, unit.en))
    term = earlier.count() + 1 if rule.term else 1
    if term > offices().terms.times:
        raise Refusal("too_many_terms", name=row.name, kind=rule.name, times=offices().terms.times)
    return term


def years_after(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes the 28th."""
    last = calendar.monthrange(day.year + years, day.month)[1]
    return day.replace(year=day.year + years, day=min(day.day, last))
