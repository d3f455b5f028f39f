"""Visits and events: what was said with whom, and whether what was announced of an event agrees with its own list."""

from collections.abc import Mapping

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.accounts.gate import SignedIn, needs, require, verdict
from luodi.desk.asked import attempt, day, key, new_key, status
from luodi.desk.pipeline.views import shared
from luodi.domain.leads.announced import MEASURES, Announced, Measure
from luodi.domain.leads.money import yuan
from luodi.domain.vocabulary import Refusal
from luodi.leads import meeting as acts
from luodi.leads import meetings as readers
from luodi.leads import readers as leads
from luodi.leads.meeting import KINDS, About, Line
from luodi.leads.meetings import MeetingRow

PAGE = 50
ROWS = range(1, 7)
"""Lines of a list the form has room for; a longer list is taken in from Excel elsewhere or in several events."""


@require_GET
@needs("lead.read")
def meetings(request: SignedIn) -> HttpResponse:
    """Visits and events, the last first, with a mark where an event's figures do not hold.  Two queries."""
    kind, skipped = request.GET.get("kind", ""), request.GET.get("before", "")
    after = int(skipped) if skipped.isascii() and skipped.isdigit() and len(skipped) < 9 else 0
    kinds = (kind,) if kind in KINDS else ()
    rows = readers.meetings(request.acting.reach, kinds=kinds, before=after, limit=PAGE + 1)
    context = {
        "rows": rows[:PAGE], "following": after + PAGE if len(rows) > PAGE else None, "kinds": KINDS,
        "kind": kind if kinds else "", **shared(request, None),
    }  # fmt: skip
    return render(request, "pipeline/meetings.html", context)


@require_GET
@needs("lead.read")
def meeting(request: SignedIn, meeting: int) -> HttpResponse:
    """One visit or event with its list, and every announced figure beside what the list gives.  Two queries."""
    return _page(request, _seen(request, meeting))


@require_POST
@needs("lead.write")
def report(request: SignedIn, meeting: int) -> HttpResponseBase:
    """Say what was said at a visit that lay ahead."""
    row = _seen(request, meeting)
    require(request.acting, "lead.write", zone=row.zone)
    refused = attempt(
        lambda: acts.report_meeting(
            meeting=row.id, said=request.POST.get("said", ""), by=request.acting, at=request.now, key=key(request.POST)
        )
    )
    return _page(request, row, refused) if refused else redirect("lead_meeting", meeting=row.id)


@require_http_methods(["GET", "POST"])
@needs("lead.write")
def new_meeting(request: SignedIn) -> HttpResponseBase:
    """Record a visit or an event, past or planned."""
    if request.method == "GET":
        typed = {"on": timezone.localdate(request.now).isoformat(), "lead": request.GET.get("lead", "")}
        return _form(request, None, typed)
    sent, made = request.POST, list[int]()

    def act() -> None:
        require(request.acting, "lead.write", zone=request.acting.zone)
        words = {name: sent.get(name, "") for name in ("place", "ours", "theirs", "said", "source")}
        about = About(sent.get("kind", ""), sent.get("title", ""), day(sent, "on"), exact=True, **words)
        made.append(acts.record_meeting(
            zone=request.acting.zone or None, about=about, lines=_lines(request), announced=_announced(sent),
            by=request.acting, at=request.now, key=key(sent),
        ))  # fmt: skip

    refused = attempt(act)
    if refused is not None:
        return _form(request, refused, sent)
    return redirect("lead_meeting", meeting=made[0]) if made else redirect("lead_meetings")


def _lines(request: SignedIn) -> list[Line]:
    """The leads that were seen and the lines of the list that were filled in."""
    sent = request.POST
    found = []
    for one in sent.getlist("lead"):
        row = leads.lead(int(one)) if one.isascii() and one.isdigit() and len(one) < 19 else None
        if one and row is None:
            raise Refusal("no_such_lead", field="lead")
        if row is not None:
            require(request.acting, "lead.read", zone=row.zone)
            found.append(Line(lead=row.id))
    for place in ROWS:
        project, zone, firm = (sent.get(f"{name}{place}", "").strip() for name in ("project", "place", "firm"))
        amount = yuan(sent.get(f"amount{place}", ""), f"amount{place}")
        if project or zone or firm or amount is not None:
            found.append(Line(project=project, place=zone, firm=firm, amount=amount))
    return found


def _announced(sent: Mapping[str, str]) -> list[Announced]:
    found = []
    for measure in Measure:
        written = sent.get(f"told_{measure}", "").strip()
        if measure is Measure.AMOUNT:
            figure = yuan(written, f"told_{measure}")
        elif written and not (written.isascii() and written.isdigit() and len(written) < 7):
            raise Refusal("meeting_figure_wrong", field=f"told_{measure}", value=written[:40])
        else:
            figure = int(written) if written else None
        if figure is not None:
            found.append(Announced("", measure, figure))
    return found


def _seen(request: SignedIn, number: int) -> MeetingRow:
    row = readers.meeting(number)
    if row is None:
        raise Http404(_("No such visit or event"))
    if row.zone:
        require(request.acting, "lead.read", zone=row.zone)
    return row


def _page(request: SignedIn, row: MeetingRow, refused: Refusal | None = None) -> HttpResponse:
    reach = request.acting.reach
    common = shared(request, None)
    context = {
        **common, "row": row, "kinds": KINDS, "measures": MEASURES, "refused": refused, "key": new_key(),
        "typed": request.POST if refused else {}, "amounts": Measure.AMOUNT,
        "open_to": [one.lead for one in row.items if one.lead and (reach is None or one.zone in reach)],
        "may": verdict(request.acting, "lead.write", zone=row.zone),
    }  # fmt: skip
    return render(request, "pipeline/meeting.html", context, status=status(refused))


def _form(request: SignedIn, refused: Refusal | None, typed: Mapping[str, str]) -> HttpResponse:
    known = leads.listed(leads.Sift(zones=request.acting.reach), limit=300)
    context = {
        "refused": refused, "typed": typed, "kinds": list(KINDS.items()), "rows": ROWS, "measures": MEASURES,
        "leads": [(one.id, f"{one.company} · {one.title}") for one in known], "key": new_key(), **shared(request, None),
    }  # fmt: skip
    return render(request, "pipeline/new_meeting.html", context, status=status(refused))
