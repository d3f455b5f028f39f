"""What the three administrators do: people and posts, locks and sessions, and taking the record away."""

from datetime import date
from typing import Annotated

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from pydantic import BaseModel, Field

from luodi.accounts import actions, locking, readers
from luodi.accounts.gate import SignedIn
from luodi.api import doors
from luodi.api.acts.cases import Day, Line, Word
from luodi.api.acts.projects import Happened, Made
from luodi.api.shapes import Number, Numbered, Shape, Slug
from luodi.desk.recorded import views
from luodi.desk.views import found
from luodi.domain.vocabulary import Text
from luodi.domain.written import text
from luodi.journal import actions as journal
from luodi.journal import readers as record

TAG = "people"
DONE = {"done": True}
LINES = "application/x-ndjson"


class NewPerson(BaseModel, extra="forbid"):
    """Somebody who is to sign in."""

    username: Word
    name: Annotated[str, Field(max_length=120)]
    email: Line = ""
    telephone: Annotated[str, Field(max_length=30)] = ""
    document: Line = ""


class Password(Shape):
    """The person, and the starting password: told once, here, and to be changed at the first sign-in."""

    person: int
    password: str


class Appointment(BaseModel, extra="forbid"):
    """Whom (user name) to appoint to what kind of post in which organisation (its number), by which paper."""

    username: Word
    organisation: Number
    kind: Word
    starts: Day
    contract_until: Day | None = None
    document: Line


class Appointed(Shape):
    """A post as it was given."""

    post: int
    term: int
    contract_until: date | None


class Ending(BaseModel, extra="forbid"):
    """The last day, and why."""

    ends: Day
    reason: Line


class NewOrganisation(BaseModel, extra="forbid"):
    """An organisation; a task force has an end."""

    code: Annotated[str, Field(pattern="^[A-Za-z0-9_-]{1,64}$")]
    kind: Word
    zh: Annotated[str, Field(max_length=120)]
    en: Annotated[str, Field(max_length=160)] = ""
    zone: Annotated[str, Field(max_length=64)] = ""
    starts: Day
    ends: Day | None = None


class Why(BaseModel, extra="forbid"):
    """Why."""

    reason: Line


class EndSession(Why):
    """Whose session (number of the person) ends, and why."""

    person: Number


class Renewed(Why):
    """Who gets a new starting password, and why."""

    username: Word


class Taken(Why):
    """What is taken away: a project's chain, a zone's chains, or with neither everything."""

    project: Annotated[str, Field(pattern="^[A-Za-z0-9_-]{0,64}$")] = ""
    zone: Annotated[str, Field(max_length=64)] = ""


@doors.acts(TAG, "/people", "people.write", Password)
def record_person(request: SignedIn, sent: NewPerson) -> dict[str, object]:
    """Record somebody and give a starting password; both or neither."""
    with doors.once(request), transaction.atomic():
        person = actions.record_person(
            username=sent.username, name=sent.name, email=sent.email,
            telephone=sent.telephone.strip() if settings.SEALING_KEY else "", by=request.acting, at=request.now,
        )  # fmt: skip
        reason = sent.document or "new"
        password = actions.give_password(person=person, reason=reason, by=request.acting, at=request.now)
    return {"person": person, "password": password}


@doors.acts(TAG, "/people/posts", "people.write", Appointed)
def appoint(request: SignedIn, sent: Appointment) -> object:
    """Appoint somebody to a post."""
    with doors.once(request):
        return actions.appoint(
            person=readers.named(sent.username), organisation=sent.organisation, kind=sent.kind, starts=sent.starts,
            contract_until=sent.contract_until, document=sent.document, by=request.acting, at=request.now,
        )  # fmt: skip


@doors.acts(TAG, "/people/posts/{int:post}/end", "people.write", Happened)
def end_post(request: SignedIn, post: Numbered, sent: Ending) -> dict[str, bool]:
    """End a post with a day."""
    with doors.once(request):
        actions.end_post(post=post, ends=sent.ends, reason=sent.reason, by=request.acting, at=request.now)
    return DONE


@doors.acts(TAG, "/organisations", "people.write", Made)
def record_organisation(request: SignedIn, sent: NewOrganisation) -> dict[str, int]:
    """Record an organisation."""
    with doors.once(request):
        made = actions.record_organisation(
            code=sent.code, kind=sent.kind, name=Text(sent.zh, sent.en or sent.zh), zone=sent.zone.strip(),
            starts=sent.starts, ends=sent.ends, by=request.acting, at=request.now,
        )  # fmt: skip
    return {"id": made}


@doors.acts(TAG, "/security/locks/{int:person}/lift", "security.write", Happened)
def lift_lock(request: SignedIn, person: Numbered, sent: Why) -> dict[str, bool]:
    """Let somebody sign in again before the lock-out ends."""
    with doors.once(request):
        locking.lift(person=person, reason=sent.reason, by=request.acting, at=request.now)
    return DONE


@doors.acts(TAG, "/security/sessions/{int:session}/end", "security.write", Happened)
def end_session(request: SignedIn, session: Numbered, sent: EndSession) -> dict[str, bool]:
    """End one session of somebody; one that has ended stays so."""
    with doors.once(request):
        locking.end_sessions(
            person=sent.person, only=session, reason=text(sent.reason, "reason"), by=request.acting, at=request.now
        )
    return DONE


@doors.acts(TAG, "/security/passwords", "security.write", Password)
def give_password(request: SignedIn, sent: Renewed) -> dict[str, object]:
    """Give somebody a new starting password; every session of theirs ends."""
    with doors.once(request):
        person = readers.named(sent.username.strip().lower())
        password = actions.give_password(person=person, reason=sent.reason, by=request.acting, at=request.now)
    return {"person": person, "password": password}


@doors.files(TAG, "/audit/export", "journal.export", LINES, method="POST")
def export_record(request: SignedIn, sent: Taken) -> StreamingHttpResponse:
    """The record as JSON lines, for `luodi journal verify`; that it was taken is recorded."""
    project = found(request, sent.project, "journal.export") if sent.project else None
    zone, slug = (project.zone, sent.project) if project else (sent.zone, None)
    reason = text(sent.reason, "reason")
    if project:
        count, scope = (
            record.heads(project=sent.project).get(record.chain_of(sent.project), (0, ""))[0],
            record.chain_of(slug or ""),
        )
    else:
        count, scope = record.counts(zone or None).entries, zone or "*"
    with doors.once(request), transaction.atomic():
        journal.append(
            chain=f"reads:{zone}", kind="record.exported", by=request.acting, at=request.now, zone=zone,
            project=slug or "", payload={"scope": scope, "entries": count, "reason": reason},
        )  # fmt: skip
    taken = record.lines(project=slug) if project else record.lines(zone=zone or None)
    answer = StreamingHttpResponse(taken, content_type=LINES)
    answer.headers["Content-Disposition"] = f'attachment; filename="record-{slug or zone or "all"}.jsonl"'
    return answer


@doors.files(TAG, "/projects/{slug:slug}/checkpoint", "journal.read", "application/json")
def project_checkpoint(request: SignedIn, slug: Slug) -> HttpResponse:
    """The last checkpoint over a project's chain, as a file to keep elsewhere.  Four queries."""
    return views.record_checkpoint(request, slug)  # type: ignore[return-value]  # the page's own answer


@doors.files(TAG, "/zones/{slug:zone}/checkpoint", "journal.read", "application/json")
def zone_checkpoint(request: SignedIn, zone: Slug) -> HttpResponse:
    """The last checkpoint of a zone.  Two queries."""
    return views.zone_checkpoint(request, zone)  # type: ignore[return-value]  # the page's own answer


@doors.files(TAG, "/audit/projects/{slug:slug}/checkpoint", "audit.read", "application/json")
def audited_checkpoint(request: SignedIn, slug: Slug) -> HttpResponse:
    """The same checkpoint of a project for the auditor.  Four queries."""
    return views.audited_checkpoint(request, slug)  # type: ignore[return-value]  # the page's own answer
