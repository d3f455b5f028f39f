"""Acts of a task force: founded, joined, rostered, asked for support and answered, its log written and obstacles closed."""

from datetime import date, timedelta

from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from luodi.accounts.gate import SignedIn, needs
from luodi.desk.asked import attempt, day, given, key, number
from luodi.desk.entering.entry_acts import project_of
from luodi.desk.entering.force_views import page
from luodi.desk.views import found
from luodi.domain.vocabulary import Refusal
from luodi.projects.readers import Recorded
from luodi.taskforces import actions, days, readers


@require_POST
@needs("force.write")
def found_force(request: SignedIn, slug: str) -> HttpResponseBase:
    """Found a task force for the project."""
    project, sent = found(request, slug, "force.write"), request.POST
    refused = attempt(
        lambda: actions.found_force(
            project=project, name=sent.get("name", ""), document=sent.get("document", ""), starts=day(sent, "starts"),
            ends=day(sent, "ends"), by=request.acting, at=request.now, key=key(sent),
        )
    )  # fmt: skip
    return _done(request, project, refused, "found")


@require_POST
@needs("force.write")
def join(request: SignedIn, force: int) -> HttpResponseBase:
    """Lend somebody to the force."""
    project, sent = project_of(request, readers.place_of(force=force), "force.write"), request.POST
    refused = attempt(
        lambda: actions.join(
            force=force, post=number(sent, "post"), role=sent.get("role", ""), starts=day(sent, "starts"),
            ends=day(sent, "ends"), by=request.acting, at=request.now, key=key(sent),
        )
    )  # fmt: skip
    return _done(request, project, refused, "join")


@require_POST
@needs("force.write")
def roster(request: SignedIn, force: int) -> HttpResponseBase:
    """Put a member on duty from a day to a day."""
    project, sent = project_of(request, readers.place_of(force=force), "force.write"), request.POST
    refused = attempt(
        lambda: actions.roster(
            force=force, post=number(sent, "post"), days=_span(sent), by=request.acting, at=request.now, key=key(sent)
        )
    )
    return _done(request, project, refused, "duty")


@require_POST
@needs("force.ask")
def ask_service(request: SignedIn, force: int) -> HttpResponseBase:
    """Ask for life support."""
    project, sent = project_of(request, readers.place_of(force=force), "force.ask"), request.POST
    refused = attempt(
        lambda: days.ask_service(
            force=force, kind=sent.get("service", ""), text=sent.get("text", ""),
            people=number(sent, "people") if given(sent, "people") else None, wanted=day(sent, "wanted"),
            by=request.acting, at=request.now, key=key(sent),
        )
    )  # fmt: skip
    return _done(request, project, refused, "service")


@require_POST
@needs("force.write")
def answer_service(request: SignedIn, service: int) -> HttpResponseBase:
    """Say what was arranged."""
    project, sent = project_of(request, readers.place_of(service=service), "force.write"), request.POST
    refused = attempt(
        lambda: days.answer_service(
            service=service, answer=sent.get("answer", ""), by=request.acting, at=request.now, key=key(sent)
        )
    )
    return _done(request, project, refused, f"service-{service}")


@require_POST
@needs("force.write")
def write_log(request: SignedIn, force: int) -> HttpResponseBase:
    """Write down a day on site."""
    project, sent = project_of(request, readers.place_of(force=force), "force.write"), request.POST
    refused = attempt(
        lambda: days.write_log(
            force=force, on=day(sent, "on"), done=sent.get("done", ""), obstacle=sent.get("obstacle", ""),
            solver=number(sent, "solver") if given(sent, "solver") else None,
            due=day(sent, "due") if given(sent, "due") else None, by=request.acting, at=request.now, key=key(sent),
        )
    )  # fmt: skip
    return _done(request, project, refused, "log")


@require_POST
@needs("force.read")
def close_log(request: SignedIn, log: int) -> HttpResponseBase:
    """The unit that solves an obstacle, or a member, says how it was solved."""
    project, sent = project_of(request, readers.place_of(log=log), "force.read"), request.POST
    refused = attempt(
        lambda: days.close_log(
            log=log, result=sent.get("result", ""), on=timezone.localdate(request.now), by=request.acting,
            at=request.now, key=key(sent),
        )
    )  # fmt: skip
    return _done(request, project, refused, f"log-{log}")


def _span(sent: QueryDict) -> list[date]:
    """The days from one to another, both counted.  Raises `Refusal` for more than a year of them."""
    first = day(sent, "since")
    last = day(sent, "until") if given(sent, "until") else first
    if not 0 <= (last - first).days < actions.LONGEST:
        raise Refusal("date_unreadable", field="until", value=last)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _done(request: SignedIn, project: Recorded, refused: Refusal | None, about: str) -> HttpResponseBase:
    return page(request, project, refused, about) if refused else redirect("force", slug=project.slug)
