"""The audit administrator's pages: browsing and exporting the record, and nothing else."""

import json
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts import readers
from luodi.accounts.gate import SignedIn, needs
from luodi.accounts.typed import day_or_none
from luodi.domain import written
from luodi.domain.events.canonical import Json
from luodi.domain.events.kinds import kinds
from luodi.journal import actions as journal
from luodi.journal import readers as record
from luodi.journal.readers import Cursor

CHINA = ZoneInfo("Asia/Shanghai")


@require_GET
@needs("audit.read")
def audit(request: SignedIn) -> HttpResponse:
    """The record, newest first, by zone, project, kind, person and day.  Three queries; the reading itself is recorded."""
    asked = {name: request.GET.get(name, "").strip()[:64] for name in ("zone", "project", "kind", "username", "until")}
    until = day_or_none(asked["until"])
    person = readers.person(asked["username"]) if asked["username"] else None
    listed = record.entries(
        zone=asked["zone"] or None,
        project=asked["project"] or None,
        person=person if person is not None or not asked["username"] else -1,
        kinds=(asked["kind"],) if asked["kind"] else (),
        until=datetime.combine(until, time.max, CHINA) if until else request.as_of,
        before=cursor(request.GET.get("before", "")),
    )
    subject = " ".join(f"{name}={value}" for name, value in asked.items() if value)
    journal.append_reading(by=request.acting, at=request.now, zone="", page="audit", subject=subject)
    context = {
        "rows": [(one, kinds().get(one.kind), json.loads(one.payload)) for one in listed.records],
        "more": f"{listed.more.at.isoformat()}~{listed.more.id}" if listed.more else "",
        "asked_of": asked,
        "kinds": kinds(),
        "counts": record.counts(),
        "place": "audit",
    }
    return render(request, "accounts/audit.html", context)


def cursor(written_: str) -> Cursor | None:
    """Where the page before ended, as its link says it; anything else starts at the newest."""
    at, _, number = written_.partition("~")
    moment = parse_datetime(at) if number.isdigit() and len(number) < 19 else None
    return Cursor(moment, int(number)) if moment and moment.tzinfo else None


@require_POST
@needs("journal.export")
def export(request: SignedIn) -> StreamingHttpResponse:
    """The whole record (or a zone's) as JSON lines, for `luodi journal verify`; the export itself is recorded."""
    zone = request.POST.get("zone", "").strip()[:64]
    reason = written.text(request.POST.get("reason", ""), "reason")
    with transaction.atomic():
        payload: dict[str, Json] = {
            "scope": zone or "*",
            "entries": record.counts(zone or None).entries,
            "reason": reason,
        }
        journal.append(chain=f"reads:{zone}", kind="record.exported", by=request.acting, at=request.now, zone=zone,
                       payload=payload)  # fmt: skip
    answer = StreamingHttpResponse(record.lines(zone=zone or None), content_type="application/x-ndjson; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="record-{request.now:%Y%m%d-%H%M}.jsonl"'
    return answer
