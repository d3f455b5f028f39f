"""What the three administrators read: posts, locks and sessions, rights, and the whole record."""

from datetime import date, datetime
from typing import Annotated

from django.utils import timezone
from ninja import Query
from pydantic import Field

from luodi.accounts import audit_views, readers
from luodi.accounts.access import Scope, access
from luodi.accounts.gate import SignedIn
from luodi.accounts.offices import offices
from luodi.accounts.policy import policy
from luodi.api.doors import reads
from luodi.api.problems import Words
from luodi.api.reads.projects import Entry, entry_of
from luodi.api.shapes import Few, Page, Said, Shape, Short
from luodi.domain.vocabulary import Refusal
from luodi.journal import actions as journal
from luodi.journal import readers as record

TAG = "people"
AfterNumber = Annotated[int | None, Query(ge=1, le=2**53 - 1, description="`next` of the page before")]


class PostRow(Shape):
    """A post with its person and organisation."""

    id: int
    person: int
    username: str
    name: str
    kind: str
    organisation: int
    organisation_name: Words
    zone: str
    starts: date
    ends: date | None
    term: int
    contract_until: date | None
    sample: bool


class Expiring(Shape):
    """A post whose term or contract runs out.  `days`: left, negative when over; `last`: no further term is allowed."""

    post: PostRow
    until: date
    days: int
    last: bool


class Lock(Shape):
    """Somebody who may not sign in until a moment."""

    person: int
    username: str
    name: str
    failures: int
    until: datetime


class Session(Shape):
    """A session that is open."""

    id: int
    person: int
    username: str
    name: str
    since: datetime
    ip: str
    browser: str


class Security(Shape):
    """Who is locked out, which sessions are open, and the rule: so many wrong passwords within so many minutes."""

    locked: list[Lock]
    sessions: list[Session]
    failures: int
    within_minutes: int
    locked_minutes: int
    session_hours: int
    source: str


class Function(Shape):
    """A function and the kinds of post that have it, with how far it reaches."""

    function: str
    name: Words
    why: Words
    holders: dict[str, str] = Field(description="Kind of post -> own, project, organisation, zone or province")


@reads(TAG, "/people", "people.read", Page[PostRow], dated=False)
def people(
    request: SignedIn,
    q: Said = None,
    kind: Short = None,
    ended: bool = False,
    after: AfterNumber = None,
    limit: Few = 50,
) -> dict[str, object]:
    """Who holds which post within reach; with `ended` those of the past too.  One query."""
    on = None if ended else timezone.localdate(request.now)
    rows = readers.posts(
        on=on, zones=request.acting.reach, words=(q or "").strip(), kind=kind or "", after=after or 0, limit=limit + 1
    )
    return {"rows": rows[:limit], "next": str(rows[limit - 1].id) if len(rows) > limit else None}


@reads(TAG, "/people/expiring", "people.read", list[Expiring], dated=False)
def expiring(request: SignedIn) -> object:
    """Terms and contracts within reach that run out soon, or have.  One query."""
    return readers.expiring(timezone.localdate(request.now), request.acting.reach)


@reads(TAG, "/security", "security.read", Security, dated=False)
def security(request: SignedIn) -> dict[str, object]:
    """Who is locked out, which sessions are open, and the policy.  Two queries."""
    rule = policy()
    return {
        "locked": readers.locked(request.now), "sessions": readers.sessions(), "failures": rule.failures,
        "within_minutes": rule.within.seconds // 60, "locked_minutes": rule.locked.seconds // 60,
        "session_hours": rule.session.seconds // 3600, "source": str(rule.source),
    }  # fmt: skip


@reads(TAG, "/security/rights", "security.read", list[Function], dated=False)
def rights(request: SignedIn) -> list[dict[str, object]]:
    """The table of rights as it is in force.  No query."""
    table, kinds = access(), tuple(offices().posts)
    return [
        {
            "function": one.id, "name": one.name, "why": one.why,
            "holders": {
                kind: scope.value for kind in kinds if (scope := table.scope(one.id, kind)) is not Scope.NONE
            },
        }
        for one in table.functions.values()
    ]  # fmt: skip


@reads(TAG, "/audit", "audit.read", Page[Entry])
def audit(
    request: SignedIn, zone: Short = None, project: Short = None, kind: Short = None, username: Short = None,
    after: Said = None, limit: Few = 50,
) -> dict[str, object]:  # fmt: skip
    """The whole record, newest first, every entry with all its particulars.  That it was read is recorded.  Four queries."""
    before = audit_views.cursor(after) if after else None
    if after and before is None:
        raise Refusal("cursor_unknown")
    person = readers.person(username) if username else None
    listed = record.entries(
        zone=zone, project=project, person=person if person is not None or not username else -1,
        kinds=(kind,) if kind else (), until=request.as_of, before=before, limit=limit,
    )  # fmt: skip
    asked = {"zone": zone, "project": project, "kind": kind, "username": username}
    subject = " ".join(f"{name}={value}" for name, value in asked.items() if value)
    journal.append_reading(by=request.acting, at=request.now, zone="", page="audit", subject=subject)
    more = f"{listed.more.at.isoformat()}~{listed.more.id}" if listed.more else None
    return {"rows": [entry_of(one, whole=True) for one in listed.records], "next": more}
