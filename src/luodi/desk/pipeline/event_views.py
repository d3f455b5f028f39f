"""A visit or event typed in: its list grows row by row, is pasted from a sheet, or comes as a file; all faults at once."""

from collections.abc import Mapping

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from luodi.accounts.gate import SignedIn, needs, require
from luodi.desk.asked import attempt, key, new_key, status
from luodi.desk.dealing.asked import day_noted
from luodi.desk.pipeline import event_lists
from luodi.desk.pipeline.event_lists import FIELDS, Raw
from luodi.desk.pipeline.views import shared
from luodi.domain.leads.announced import MEASURES, Announced, Measure
from luodi.domain.leads.money import yuan
from luodi.domain.vocabulary import Refusal
from luodi.leads import meeting as acts
from luodi.leads import readers as leads
from luodi.leads.meeting import KINDS, About, Line

FIRST, MORE = 6, 10
"""Rows the form begins with, and rows it grows by."""
WORDS = ("place", "ours", "theirs", "said", "source")


@require_http_methods(["GET", "POST"])
@needs("lead.write")
def new_meeting(request: SignedIn) -> HttpResponseBase:
    """Record a visit or an event, past or planned.  `more`: the list is read into the table, which grows, nothing is kept."""
    if request.method == "GET":
        typed = {"on": timezone.localdate(request.now).isoformat(), "lead": request.GET.get("lead", "")}
        return _form(request, {}, typed, ())
    sent, wrong, made = request.POST, dict[str, Refusal](), list[int]()
    rows = _rows(request, wrong)
    if "more" in sent:
        return _form(request, wrong, sent, rows, MORE)
    on = day_noted(sent, "on", wrong)
    for name, known in (("kind", sent.get("kind", "") in KINDS), ("title", bool(sent.get("title", "").strip()))):
        if not known:
            wrong[name] = Refusal("choice_missing" if name == "kind" else "text_missing", field=name)
    lines = [*_leads(request, wrong), *_lines(rows, wrong)]
    announced = _announced(sent, wrong)
    if not wrong:
        words = {name: sent.get(name, "") for name in WORDS}
        about = About(sent.get("kind", ""), sent.get("title", ""), on, exact=True, **words)

        def act() -> None:
            require(request.acting, "lead.write", zone=request.acting.zone)
            made.append(acts.record_meeting(
                zone=request.acting.zone or None, about=about, lines=lines, announced=announced, by=request.acting,
                at=request.now, key=key(sent),
            ))  # fmt: skip

        refused = attempt(act)
        if refused is None:
            return redirect("lead_meeting", meeting=made[0]) if made else redirect("lead_meetings")
        wrong[str(refused.facts.get("field", "whole"))] = refused
    return _form(request, wrong, sent, rows)


def _rows(request: SignedIn, wrong: dict[str, Refusal]) -> tuple[Raw, ...]:
    """The list as it was typed, pasted and uploaded; () where it could not be read, which is noted."""
    file = request.FILES.get("list")
    try:
        return event_lists.sent(request.POST, file if isinstance(file, UploadedFile) else None)
    except Refusal as refused:
        wrong["list"] = refused
        return event_lists.typed(request.POST)


def _sum(written: str, field: str, wrong: dict[str, Refusal]) -> int | None:
    """An amount in whole yuan; what is none is noted beside its field."""
    try:
        return yuan(written, field)
    except Refusal as refused:
        wrong[field] = refused
        return None


def _leads(request: SignedIn, wrong: dict[str, Refusal]) -> list[Line]:
    """The leads that were seen."""
    found = []
    for one in filter(None, request.POST.getlist("lead")):
        row = leads.lead(int(one)) if one.isascii() and one.isdigit() and len(one) < 19 else None
        if row is None:
            wrong["lead"] = Refusal("no_such_lead", field="lead")
        else:
            require(request.acting, "lead.read", zone=row.zone)
            found.append(Line(lead=row.id))
    return found


def _lines(rows: tuple[Raw, ...], wrong: dict[str, Refusal]) -> list[Line]:
    """The rows of the list as lines; every amount that is none is noted beside it."""
    found = []
    for place, row in enumerate(rows, start=1):
        amount = _sum(row.amount, f"amount{place}", wrong)
        found.append(Line(project=row.project, firm=row.firm, place=row.place, amount=amount))
    return found


def _announced(sent: Mapping[str, str], wrong: dict[str, Refusal]) -> list[Announced]:
    found = []
    for measure in Measure:
        field = f"told_{measure}"
        written, figure = sent.get(field, "").strip(), None
        if measure is Measure.AMOUNT:
            figure = _sum(written, field, wrong)
        elif written.isascii() and written.isdigit() and len(written) < 7:
            figure = int(written)
        elif written:
            wrong[field] = Refusal("meeting_figure_wrong", field=field, value=written[:40])
        if figure is not None:
            found.append(Announced("", measure, figure))
    return found


def _form(
    request: SignedIn, wrong: Mapping[str, Refusal], sent: Mapping[str, str], rows: tuple[Raw, ...], more: int = 0
) -> HttpResponse:
    """The form with everything that was typed, pasted and read from a file as rows of its table."""
    known = leads.listed(leads.Sift(zones=request.acting.reach), limit=300)
    cells = {f"{name}{place}": getattr(row, name) for place, row in enumerate(rows, start=1) for name in FIELDS}
    typed = {name: value for name, value in sent.items() if name.rstrip("0123456789") not in FIELDS or name in WORDS}
    if "list" not in wrong:
        typed["pasted"] = ""
    before = sent.get("seq", "")[:3]
    if request.method == "POST":  # so that the draft the browser kept does not come back into what was read of it
        typed["seq"] = str(int(before) + 1 if before.isascii() and before.isdigit() else 1)
    context = {
        "wrong": wrong, "typed": typed | cells, "kinds": list(KINDS.items()), "measures": MEASURES, "key": new_key(),
        "rows": range(1, max(FIRST, len(rows) + more) + 1), "most": event_lists.MOST,
        "leads": [(one.id, f"{one.company} · {one.title}") for one in known], **shared(request, None),
    }  # fmt: skip
    return render(request, "pipeline/new_meeting.html", context, status=status(next(iter(wrong.values()), None)))
