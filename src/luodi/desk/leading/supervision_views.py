"""Orders, visits and requests: what leaders settle, what they saw on site, what enterprises ask for."""

from collections.abc import Callable, Mapping

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts import readers as people
from luodi.accounts.gate import SignedIn, needs, require, verdict
from luodi.desk.asked import attempt, day, given, key, new_key, number
from luodi.desk.charting import answers
from luodi.domain.vocabulary import Refusal
from luodi.projects import readers as projects
from luodi.supervision import actions, readers
from luodi.supervision.kinds import REQUESTS


@require_GET
@needs("supervision.read")
def orders(request: SignedIn) -> HttpResponse:
    """Orders of the zones in reach (督办), by their day; with a form for those who may give one.  Four queries."""
    return _orders(request)


def _orders(request: SignedIn, refused: Refusal | None = None, about: int | None = None) -> HttpResponse:
    today = timezone.localdate(request.now)
    context = {
        "open": readers.orders(request.acting.reach, today),
        "done": readers.orders(request.acting.reach, today, done=True, limit=20),
        "may": verdict(request.acting, "supervision.write"),
        "about": about,
        "place": "orders",
        **_form(request, refused),
    }
    return render(request, "leading/orders.html", context, status=400 if refused else 200)


@require_POST
@needs("supervision.write")
def give_order(request: SignedIn) -> HttpResponseBase:
    """A leader gives an order."""

    def act() -> None:
        sent = request.POST
        project = _project(sent.get("project", "")) if given(sent, "project") else None
        zone = project.zone if project else request.acting.zone
        require(request.acting, "supervision.write", zone=zone)
        actions.give_order(
            zone=zone, project=project.id if project else None, slug=project.slug if project else "",
            meeting=sent.get("meeting", ""), decision=sent.get("decision", ""), owner=number(sent, "owner"),
            due=day(sent, "due"), by=request.acting, at=request.now, key=key(sent),
        )  # fmt: skip

    return _done(attempt(act), "orders", lambda refused: _orders(request, refused))


@require_POST
@needs("supervision.read")
def prove_order(request: SignedIn, order: int) -> HttpResponseBase:
    """The unit that owes an order says what was done."""
    refused = attempt(
        lambda: actions.prove_order(
            order=order, evidence=request.POST.get("evidence", ""), by=request.acting, at=request.now
        )
    )
    return _done(refused, "orders", lambda why: _orders(request, why, order))


@require_POST
@needs("supervision.write")
def close_order(request: SignedIn, order: int) -> HttpResponseBase:
    """The chair closes an order."""
    refused = attempt(lambda: actions.close_order(order=order, by=request.acting, at=request.now))
    return _done(refused, "orders", lambda why: _orders(request, why, order))


@require_GET
@needs("supervision.read")
def visits(request: SignedIn) -> HttpResponse:
    """Visits on site: open problems first.  Four queries."""
    return _visits(request)


def _visits(request: SignedIn, refused: Refusal | None = None, about: int | None = None) -> HttpResponse:
    context = {
        "open": readers.visits(request.acting.reach, open_only=True),
        "all": readers.visits(request.acting.reach),
        "may": verdict(request.acting, "visit.write"),
        "about": about,
        "today": timezone.localdate(request.now),
        "place": "visits",
        **_form(request, refused),
    }
    return render(request, "leading/visits.html", context, status=400 if refused else 200)


@require_POST
@needs("visit.write")
def note_visit(request: SignedIn) -> HttpResponseBase:
    """A leader was on site."""

    def act() -> None:
        sent = request.POST
        project = _project(sent.get("project", ""))
        require(request.acting, "visit.write", zone=project.zone)
        actions.note_visit(
            project=project.id, slug=project.slug, zone=project.zone, on=day(sent, "on"),
            problem=sent.get("problem", ""), solver=number(sent, "solver") if given(sent, "solver") else None,
            due=day(sent, "due") if given(sent, "due") else None, by=request.acting, at=request.now, key=key(sent),
        )  # fmt: skip

    return _done(attempt(act), "visits", lambda refused: _visits(request, refused))


@require_POST
@needs("supervision.read")
def solve_visit(request: SignedIn, visit: int) -> HttpResponseBase:
    """The unit solved the problem of a visit."""
    refused = attempt(
        lambda: actions.solve_visit(
            visit=visit, result=request.POST.get("result", ""), on=timezone.localdate(request.now),
            by=request.acting, at=request.now,
        )
    )  # fmt: skip
    return _done(refused, "visits", lambda why: _visits(request, why, visit))


@require_GET
@needs("request.answer")
def requests(request: SignedIn) -> HttpResponse:
    """What enterprises ask for, those without an answer first.  Two queries."""
    return _requests(request)


def _requests(request: SignedIn, refused: Refusal | None = None, about: int | None = None) -> HttpResponse:
    context = {
        "rows": readers.requests(request.acting.reach, request.now),
        "ratings": readers.ratings(request.acting.reach),
        "kinds": REQUESTS,
        "units": answers.catalogue().units,
        "about": about,
        "place": "requests",
        "refused": refused,
        "typed": request.POST,
        "key": new_key(),
    }
    return render(request, "leading/requests.html", context, status=400 if refused else 200)


@require_POST
@needs("request.answer")
def answer_request(request: SignedIn, asked: int) -> HttpResponseBase:
    """Somebody answers a request."""

    def act() -> None:
        zone = readers.zone_of_request(asked)
        require(request.acting, "request.answer", zone=zone)
        actions.answer(
            request=asked, text=request.POST.get("text", ""), close="close" in request.POST, by=request.acting,
            at=request.now, key=key(request.POST),
        )  # fmt: skip

    return _done(attempt(act), "requests", lambda why: _requests(request, why, asked))


def _project(slug: str) -> projects.Recorded:
    found = projects.project(slug.strip())
    if found is None:
        raise Refusal("project_unknown", field="project", slug=slug[:64])
    return found


def _form(request: SignedIn, refused: Refusal | None) -> Mapping[str, object]:
    reach = request.acting.reach
    return {
        "refused": refused,
        "typed": request.POST if refused else {},
        "key": new_key(),
        "organisations": [(one.id, one.name) for one in people.organisations(zones=reach)],
        "projects": projects.listed(zones=reach, limit=200),
    }


def _done(refused: Refusal | None, page: str, again: Callable[[Refusal], HttpResponse]) -> HttpResponseBase:
    return again(refused) if refused else redirect(page)
