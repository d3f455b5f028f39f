"""Three batches: the rounds with their follow-up rates, one round with its projects, and the acts on both."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts.gate import SignedIn, needs, require, verdict
from luodi.desk.asked import attempt, day, given, key, new_key, number, status
from luodi.desk.results.acts import amount, known_zone
from luodi.desk.results.asking import asked, today_of
from luodi.desk.results.views import about
from luodi.domain.vocabulary import Refusal, Text
from luodi.indicators import batched, batching
from luodi.indicators.batched import Round
from luodi.indicators.batching import Entry


@require_GET
@needs("indicator.read")
def rounds(request: SignedIn) -> HttpResponse:
    """The rounds in reach with the follow-up rates of all their projects, beside published rates.  Six queries."""
    return rounds_page(request)


def rounds_page(request: SignedIn, refused: Refusal | None = None) -> HttpResponse:
    """The rounds, with what was typed where opening one was refused."""
    where, today = asked(request), today_of(request)
    entered = batched.rows(where.within, today, as_of=request.as_of)
    context = {
        "where": where,
        "rounds": batched.rounds(where.within, request.as_of),
        "rates": batched.followed(entered, today),
        "may": verdict(request.acting, "batch.write"),
        "refused": refused,
        "typed": request.POST if refused else {"zone": request.acting.zone, "on": today.isoformat()},
        "key": new_key(),
        **about(request),
    }
    return render(request, "results/batches.html", context, status=status(refused))


@require_GET
@needs("indicator.read")
def batch(request: SignedIn, batch: int) -> HttpResponse:
    """One round: its projects by class, what became of them, and what could enter.  Eight queries."""
    return batch_page(request, batch)


def batch_page(request: SignedIn, number_: int, refused: Refusal | None = None, on: str = "") -> HttpResponse:
    """The page of a round, with what was typed where an act was refused; `on`: which form that was."""
    round_, where = seen(request, number_), asked(request, "group")
    today = today_of(request)
    rows = batched.rows(where.within, today, batch=number_, as_of=request.as_of)
    may = verdict(request.acting, "batch.write", zone=round_.zone or None)
    may_enter = may.allowed and request.as_of is None and (bool(round_.zone) or request.acting.reach is None)
    context = {
        "where": where,
        "round": round_,
        "rows": rows,
        "rates": batched.followed(rows, today),
        "proposed": batched.proposed(round_, where.within, today) if may_enter else {},
        "may_enter": may_enter,
        "refused": refused,
        "about_form": on,
        "typed": request.POST if refused else {},
        "key": new_key(),
        **about(request),
    }
    return render(request, "results/batch.html", context, status=status(refused))


def seen(request: SignedIn, number_: int, function: str = "indicator.read") -> Round:
    """The round, if the post may see it.  Raises 404.  One query."""
    found = batched.round_(number_, request.as_of)
    if found is None:
        raise Http404(_("No such round"))
    if found.zone:
        require(request.acting, function, zone=found.zone)
    return found


@require_POST
@needs("batch.write")
def open_round(request: SignedIn) -> HttpResponseBase:
    """Open a round of a zone, or of the province where the post is the province's."""

    def act() -> int:
        sent = request.POST
        zone = sent.get("zone", "")
        if zone or request.acting.reach is not None:
            zone = known_zone(request, zone, "batch.write")
        name = sent.get("name", "")
        return batching.open_batch(
            zone=zone, name=Text(name, ""), on=day(sent, "on"), by=request.acting, at=request.now, key=key(sent)
        )

    refused = attempt(act)
    return rounds_page(request, refused) if refused else redirect("batches")


@require_POST
@needs("batch.write")
def enter(request: SignedIn, batch: int) -> HttpResponseBase:
    """Enter one project by hand, or those chosen among the proposed."""
    round_ = _writable(request, batch)
    sent = request.POST

    def act() -> None:
        chosen = [one.partition(":") for one in sent.getlist("chosen")[:500]]
        if not chosen and not given(sent, "project"):
            raise Refusal("batch_nothing_chosen", field="project")
        entries = [Entry(slug, group, sent.get("evidence", "")) for group, _sign, slug in chosen]
        if given(sent, "project"):
            entries = [
                Entry(
                    sent.get("project", "").strip(),
                    sent.get("group", ""),
                    sent.get("evidence", ""),
                    amount(sent, "expected"),
                )
            ]
        batching.enter(batch=round_.id, entries=entries, by=request.acting, at=request.now, key=key(sent))

    refused = attempt(act)
    if refused is None:
        return redirect("batch", batch=batch)
    return batch_page(request, batch, refused, "proposed" if sent.getlist("chosen") else "hand")


@require_POST
@needs("batch.write")
def withdraw(request: SignedIn, batch: int) -> HttpResponseBase:
    """Take a project out of its class."""
    _writable(request, batch)

    def act() -> None:
        entered = number(request.POST, "entered")
        zone = batched.zone_of(entered)
        require(request.acting, "batch.write", zone=zone or None)
        batching.withdraw(
            entered=entered, why=request.POST.get("why", ""), by=request.acting, at=request.now, key=key(request.POST)
        )

    refused = attempt(act)
    return batch_page(request, batch, refused, "withdraw") if refused else redirect("batch", batch=batch)


def _writable(request: SignedIn, number_: int) -> Round:
    """The round, if the post may enter projects: one of the province only the province may."""
    found = seen(request, number_, "batch.write")
    if not found.zone and request.acting.reach is not None:
        raise Refusal("batch_of_province")
    return found
