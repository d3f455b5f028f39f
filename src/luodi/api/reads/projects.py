"""Projects: the list, one whole, its board, its cases and its record."""

import json
from datetime import date, datetime
from typing import Annotated

from django.utils import timezone
from ninja import Path
from pydantic import Field

from luodi.accounts import readers as people
from luodi.accounts.gate import SignedIn
from luodi.api.doors import reads
from luodi.api.problems import Words
from luodi.api.reads.cases import CaseRow
from luodi.api.reads.owed import Debt, Halt, halt_of
from luodi.api.shapes import After, Few, Page, Said, Shape, Slug
from luodi.cases import readers as cases
from luodi.desk.reach import reach
from luodi.desk.recorded import telling, views
from luodi.desk.views import found
from luodi.domain.events.kinds import kinds
from luodi.domain.events.record import Record
from luodi.domain.vocabulary import Refusal
from luodi.journal import readers as journal
from luodi.plans import readers as plans
from luodi.projects import readers

TAG = "projects"


class ProjectRow(Shape):
    """A project in a list.  `days`: calendar days late against the announced day, null where nothing was announced."""

    id: int
    slug: str
    name: Words
    zone: str
    live: bool
    sample: bool
    changed: datetime
    target: str | None
    announced: date | None
    forecast: date | None
    days: int | None


class Member(Shape):
    """A post on a project's team."""

    post: int
    name: str
    organisation_name: Words
    role: str
    starts: date
    ends: date | None


class Project(Shape):
    """A project with its document (YAML, as `luodi` reads it) and its team."""

    id: int
    slug: str
    name: Words
    zone: str
    live: bool
    sample: bool
    applicant: int | None
    created: datetime
    changed: datetime
    document: str
    digest: str = Field(description="SHA-256 over slug and document")
    milestones: dict[str, date]
    team: list[Member]


class Needed(Shape):
    """A matter still needed, and whose turn it is."""

    matter: str
    name: Words
    case: CaseRow | None
    needs: list[str] = Field(description="Matters it waits for")
    why: Words
    start: date | None = Field(description="Where the forecast has it")
    finish: date | None
    critical: bool | None


class Board(Shape):
    """Everything a project still needs, by whose turn it is: applicant, window, unit, other, waiting, nobody."""

    turns: dict[str, list[Needed]]
    done: list[CaseRow]
    debts: list[Debt]
    halts: list[Halt]
    critical: list[str]
    finish: date | None


class Entry(Shape):
    """An entry of the record; `payload` is null for kinds that speak of a person."""

    chain: str
    seq: int
    kind: str
    name: Words
    zone: str
    project: str
    who: str
    at: datetime
    payload: dict[str, object] | None
    previous: str
    hash: str


@reads(TAG, "/projects", "project.read", Page[ProjectRow], dated=False)
def projects(
    request: SignedIn, q: Said = None, live: bool | None = None, after: After = None, limit: Few = 50
) -> dict[str, object]:
    """The projects within reach, newest first.  Two queries; three for a post that sees only its own."""
    within = reach(request, "project.read")
    if after is not None and not (after.isascii() and after.isdigit() and len(after) <= 15):
        raise Refusal("cursor_unknown")
    rows = readers.named(
        q or "", zones=within.zones, slugs=within.slugs, live=live, before=int(after) if after else None,
        limit=limit + 1,
    )  # fmt: skip
    shown = rows[:limit]
    late = {one.project: one for one in plans.lateness(slugs=[one.slug for one in shown], limit=None)}
    return {
        "rows": [_row(one, late.get(one.slug)) for one in shown],
        "next": str(shown[-1].id) if len(rows) > limit else None,
    }


def _row(one: readers.Listed, late: plans.Lateness | None) -> dict[str, object]:
    names = ("id", "slug", "name", "zone", "live", "sample", "changed")
    held = ("target", "announced", "forecast", "days")
    return {name: getattr(one, name) for name in names} | {name: getattr(late, name, None) for name in held}


@reads(TAG, "/projects/{slug:slug}", "project.read", Project)
def project(request: SignedIn, slug: Slug) -> dict[str, object]:
    """One project whole.  Five queries at most."""
    one = found(request, slug)
    members = readers.team(slug, timezone.localdate(request.as_of or request.now))
    posts = people.posts_by_number(member.post for member in members)
    names = (
        "id", "slug", "name", "zone", "live", "sample", "applicant", "created", "changed", "document", "digest",
    )  # fmt: skip
    return {name: getattr(one, name) for name in names} | {
        "milestones": one.file.milestones,
        "team": [
            {
                "post": member.post, "name": posts[member.post].name, "role": member.role, "starts": member.starts,
                "organisation_name": posts[member.post].organisation_name, "ends": member.ends,
            }
            for member in members if member.post in posts
        ],
    }  # fmt: skip


@reads(TAG, "/projects/{slug:slug}/cases", "case.read", list[CaseRow])
def project_cases(request: SignedIn, slug: Slug) -> object:
    """Every case of a project, open and closed.  Three queries."""
    found(request, slug, "case.read")
    return cases.of_project(slug, now=request.now, as_of=request.as_of)


@reads(TAG, "/projects/{slug:slug}/board", "case.read", Board, dated=False)
def board(request: SignedIn, slug: Slug) -> dict[str, object]:
    """What a live project still needs.  Fourteen queries at most."""
    found(request, slug, "case.read")
    seen = cases.board(slug, now=request.now)
    return {
        "turns": {turn: [_needed(one) for one in needed] for turn, needed in seen.turns.items()},
        "done": seen.done,
        "debts": seen.debts,
        "halts": [halt_of(one) for one in seen.halts],
        "critical": seen.critical,
        "finish": seen.finish,
    }


def _needed(one: cases.Needed) -> dict[str, object]:
    step = one.step
    return {
        "matter": one.matter.id, "name": one.matter.name, "case": one.row, "needs": one.needs, "why": one.why,
        "start": step.start if step else None, "finish": step.finish if step else None,
        "critical": step.critical if step else None,
    }  # fmt: skip


@reads(TAG, "/projects/{slug:slug}/record", "journal.read", Page[Entry])
def record(request: SignedIn, slug: Slug, group: Said = None, after: After = None, limit: Few = 50) -> object:
    """The record of a project, newest first, of one group of kinds where it is given.  Three queries."""
    found(request, slug, "journal.read")
    return _entries(request, group, after, limit, project=slug)


@reads(TAG, "/projects/{slug:slug}/record/{int:seq}", "journal.read", Entry)
def record_entry(request: SignedIn, slug: Slug, seq: Annotated[int, Path(ge=1, le=2**31 - 1)]) -> dict[str, object]:
    """One entry of a project's record.  Three queries."""
    found(request, slug, "journal.read")
    one = journal.at_place(journal.chain_of(slug), seq)
    if one is None or (request.as_of and one.at > request.as_of):
        raise Refusal("api_not_found")
    return entry_of(one)


@reads(TAG, "/zones/{slug:zone}/record", "journal.read", Page[Entry])
def zone_record(request: SignedIn, zone: Slug, group: Said = None, after: After = None, limit: Few = 50) -> object:
    """The record of a zone, newest first.  Two queries."""
    views.readable_zone(request, zone)
    return _entries(request, group, after, limit, zone=zone)


def _entries(request: SignedIn, group: str | None, after: str | None, limit: int, **where: str) -> dict[str, object]:
    before = views.cursor(after) if after else None
    if after and before is None:
        raise Refusal("cursor_unknown")
    page = journal.entries(
        kinds=telling.kinds_of(group or ""), until=request.as_of, before=before, limit=limit, **where,  # type: ignore[arg-type]
    )  # fmt: skip
    more = f"{page.more.at.isoformat()}~{page.more.id}" if page.more else None
    return {"rows": [entry_of(one) for one in page.records], "next": more}


def entry_of(one: Record, *, whole: bool = False) -> dict[str, object]:
    """An entry as the interface has it: of a sensitive kind without its particulars, unless the auditor asks (`whole`)."""
    rule = kinds().get(one.kind)
    hidden = not whole and (rule is None or rule.sensitive)
    name = rule.name if rule else Words(zh=one.kind, en=one.kind)
    names = ("chain", "seq", "kind", "zone", "project", "who", "at", "previous", "hash")
    return {field: getattr(one, field) for field in names} | {
        "name": name, "payload": None if hidden else json.loads(one.payload),
    }  # fmt: skip
