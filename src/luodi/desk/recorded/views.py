"""The record of a project or a zone: a list to read, and what is needed to prove it elsewhere.

Two doors lead to a project's record: the officers' (`journal.read`) and the auditor's (`audit.read`), who alone takes it away.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts.gate import SignedIn, needs, require, verdict
from luodi.desk.charting import answers
from luodi.desk.recorded import telling
from luodi.desk.views import found
from luodi.domain import written
from luodi.domain.events.canonical import moment_of
from luodi.domain.events.record import line
from luodi.domain.events.sealing import EVERYTHING, Checkpoint, checkpoint_text
from luodi.domain.vocabulary import Text
from luodi.journal import actions as journal
from luodi.journal import readers
from luodi.journal.readers import Cursor, Listed
from luodi.zones import readers as zones


@dataclass(frozen=True, slots=True)
class Door:
    """A way to a project's record: the function it needs, and the names of its addresses."""

    function: str
    page: str
    entry: str
    checkpoint: str


OFFICERS = Door("journal.read", "record", "record_entry", "record_checkpoint")
AUDITORS = Door("audit.read", "record_audited", "record_audited_entry", "record_audited_checkpoint")


@require_GET
@needs("journal.read")
def record(request: SignedIn, slug: str) -> HttpResponse:
    """The record of a project, newest first.  Six queries."""
    return _of_project(request, slug, OFFICERS)


@require_GET
@needs("audit.read")
def audited(request: SignedIn, slug: str) -> HttpResponse:
    """The same for the auditor, whose reading is recorded."""
    journal.append_reading(by=request.acting, at=request.now, zone="", page="audit", subject=slug)
    return _of_project(request, slug, AUDITORS)


@require_GET
@needs("journal.read")
def record_entry(request: SignedIn, slug: str, seq: int) -> HttpResponse:
    """One entry with all its facts, and the line that is hashed.  Three queries."""
    return _entry(request, slug, seq, OFFICERS)


@require_GET
@needs("audit.read")
def audited_entry(request: SignedIn, slug: str, seq: int) -> HttpResponse:
    """The same for the auditor."""
    return _entry(request, slug, seq, AUDITORS)


@require_GET
@needs("journal.read")
def record_checkpoint(request: SignedIn, slug: str) -> HttpResponse:
    """The last checkpoint over a project's chain, as a file to keep elsewhere.  Four queries."""
    return _file(_sealed(slug, found(request, slug, "journal.read").zone))


@require_GET
@needs("audit.read")
def audited_checkpoint(request: SignedIn, slug: str) -> HttpResponse:
    """The same for the auditor."""
    return _file(_sealed(slug, found(request, slug, "audit.read").zone))


@require_POST
@needs("journal.export")
def export(request: SignedIn, slug: str) -> HttpResponseBase:
    """A project's whole chain as JSON lines, for `luodi journal verify`; that it was taken is recorded."""
    project = found(request, slug, "journal.export")
    reason = written.text(request.POST.get("reason", ""), "reason")
    heads = readers.heads(project=slug)
    count, _hash = heads.get(readers.chain_of(slug), (0, ""))
    with transaction.atomic():
        journal.append(
            chain=f"reads:{project.zone}", kind="record.exported", by=request.acting, at=request.now, zone=project.zone,
            project=slug, payload={"scope": readers.chain_of(slug), "entries": count, "reason": reason},
        )  # fmt: skip
    answer = StreamingHttpResponse(readers.lines(project=slug), content_type="application/x-ndjson; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="record-{slug}.jsonl"'
    return answer


@require_GET
@needs("journal.read")
def zone_record(request: SignedIn, zone: str) -> HttpResponse:
    """The record of a zone, newest first.  Four queries."""
    place = readable_zone(request, zone)
    sealed = next(iter(readers.checkpoints(zone, limit=1)), None)
    shown = _listed(request, zone=zone) | {
        "zone": zone,
        "name": place,
        "counts": readers.counts(zone),
        "sealed": sealed,
    }
    return render(request, "recorded/record.html", shown)


@require_GET
@needs("journal.read")
def zone_checkpoint(request: SignedIn, zone: str) -> HttpResponse:
    """The last checkpoint of a zone.  Two queries."""
    readable_zone(request, zone)
    return _file(next(iter(readers.checkpoints(zone, limit=1)), None))


def _of_project(request: SignedIn, slug: str, door: Door) -> HttpResponse:
    project = found(request, slug, door.function)
    shown = _listed(request, slug=slug) | {
        "project": project,
        "name": project.name,
        "door": door,
        "head": readers.last(readers.chain_of(slug), until=request.as_of),
        "sealed": _sealed(slug, project.zone, request.as_of),
        "may_export": verdict(request.acting, "journal.export").allowed and request.as_of is None,
    }
    return render(request, "recorded/record.html", shown)


def _entry(request: SignedIn, slug: str, seq: int, door: Door) -> HttpResponse:
    project = found(request, slug, door.function)
    one = readers.at_place(readers.chain_of(slug), seq)
    if one is None or (request.as_of and one.at > request.as_of):
        raise Http404(_("No such entry"))
    context = {
        "project": project, "door": door, "one": one, "line": line(one), "telling": telling,
        "facts": telling.facts(one, whole=True), "rules": answers.catalogue(), "place": "zone_record",
    }  # fmt: skip
    return render(request, "recorded/record_entry.html", context)


def _listed(request: SignedIn, *, slug: str | None = None, zone: str | None = None) -> dict[str, object]:
    """A page of the list with its filter.  One query."""
    asked = {name: request.GET.get(name, "").strip()[:64] for name in ("group", "who")}
    person = int(asked["who"]) if re.fullmatch(r"[0-9]{1,18}", asked["who"]) else None
    page: Listed = readers.entries(
        project=slug, zone=zone, person=person, kinds=telling.kinds_of(asked["group"]),
        until=request.as_of, before=cursor(request.GET.get("before", "")),
    )  # fmt: skip
    return {
        "rows": page.records, "more": f"{page.more.at.isoformat()}~{page.more.id}" if page.more else "",
        "asked_for": asked, "telling": telling, "project": None, "place": "zone_record", "door": OFFICERS,
        "may_export": False, "whose": page.records[0].who if person is not None and page.records else "",
    }  # fmt: skip


def cursor(text: str) -> Cursor | None:
    """Where the page before ended, as its link says it; anything else starts at the newest."""
    at, _sep, number = text.partition("~")
    try:
        moment = parse_datetime(at) if number.isdigit() and len(number) < 19 else None
    except ValueError:
        return None
    return Cursor(moment, int(number)) if moment and moment.tzinfo else None


def _sealed(slug: str, zone: str, until: datetime | None = None) -> Checkpoint | None:
    """The newest checkpoint over a project's chain, of its zone or of everything.  Two queries."""
    chain = readers.chain_of(slug)
    made = [one for of in (zone, EVERYTHING) for one in readers.checkpoints(of, limit=3) if chain in one.heads]
    made = [one for one in made if until is None or moment_of(one.at) <= until]
    return max(made, key=lambda one: one.at, default=None)


def _file(sealed: Checkpoint | None) -> HttpResponse:
    if sealed is None:
        raise Http404(_("No checkpoint has been made yet"))
    answer = HttpResponse(checkpoint_text(sealed), content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="checkpoint-{sealed.at[:10]}.json"'
    return answer


def readable_zone(request: SignedIn, zone: str) -> Text:
    """The zone's name, if the post may read its record.  One query."""
    place = zones.zone(zone)
    if place is None:
        raise Http404(_("No such zone"))
    require(request.acting, "journal.read", zone=zone)
    return place.name
