"""Acts of a task force, each on one of its rows: every one finds its project, does it, and shows its page again."""

from collections.abc import Callable
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
from luodi.taskforces import actions, changing, days, readers

View = Callable[..., HttpResponseBase]
Do = Callable[[SignedIn, QueryDict, int], object]
"""What is done with the row of a number, as a form asked for it."""


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


def _done(request: SignedIn, project: Recorded, refused: Refusal | None, about: str) -> HttpResponseBase:
    return page(request, project, refused, about) if refused else redirect("force", slug=project.slug)


def act(function: str, about: str, do: Do) -> View:
    """A view of one act: it needs a function; what is refused is shown beside the form `about` (`{}`: the number)."""

    @require_POST
    @needs(function)
    def view(request: SignedIn, /, **row: int) -> HttpResponseBase:
        project, (of,) = project_of(request, readers.place_of(**row), function), row.values()
        refused = attempt(lambda: do(request, request.POST, of))
        return _done(request, project, refused, about.format(of))

    return view


def _join(request: SignedIn, sent: QueryDict, force: int) -> None:
    actions.join(
        force=force, post=number(sent, "post"), role=sent.get("role", ""), starts=day(sent, "starts"),
        ends=day(sent, "ends"), by=request.acting, at=request.now, key=key(sent),
    )  # fmt: skip


def _move_end(request: SignedIn, sent: QueryDict, force: int) -> None:
    changing.move_end(
        force=force, ends=day(sent, "ends"), why=sent.get("why", ""), document=sent.get("document", ""),
        by=request.acting, at=request.now, key=key(sent),
    )  # fmt: skip


def _leave(request: SignedIn, sent: QueryDict, member: int) -> None:
    changing.leave(
        member=member, ends=day(sent, "ends"), why=sent.get("why", ""), by=request.acting, at=request.now, key=key(sent)
    )


def _roster(request: SignedIn, sent: QueryDict, force: int) -> None:
    actions.roster(
        force=force, post=number(sent, "post"), days=_span(sent), by=request.acting, at=request.now, key=key(sent)
    )


def _change_duty(request: SignedIn, sent: QueryDict, force: int) -> None:
    duty, to = number(sent, "duty"), number(sent, "to") if given(sent, "to") else None
    if readers.place_of(duty=duty) != readers.place_of(force=force):
        raise Refusal("force_no_such_duty", field="duty")
    changing.change_duty(duty=duty, to=to, why=sent.get("why", ""), by=request.acting, at=request.now, key=key(sent))


def _ask_service(request: SignedIn, sent: QueryDict, force: int) -> None:
    days.ask_service(
        force=force, kind=sent.get("service", ""), text=sent.get("text", ""),
        people=number(sent, "people") if given(sent, "people") else None, wanted=day(sent, "wanted"),
        by=request.acting, at=request.now, key=key(sent),
    )  # fmt: skip


def _answer_service(request: SignedIn, sent: QueryDict, service: int) -> None:
    days.answer_service(
        service=service, answer=sent.get("answer", ""), by=request.acting, at=request.now, key=key(sent)
    )  # fmt: skip


def _write_log(request: SignedIn, sent: QueryDict, force: int) -> None:
    days.write_log(
        force=force, on=day(sent, "on"), done=sent.get("done", ""), obstacle=sent.get("obstacle", ""),
        solver=number(sent, "solver") if given(sent, "solver") else None,
        due=day(sent, "due") if given(sent, "due") else None, by=request.acting, at=request.now, key=key(sent),
    )  # fmt: skip


def _close_log(request: SignedIn, sent: QueryDict, log: int) -> None:
    on = timezone.localdate(request.now)
    days.close_log(log=log, result=sent.get("result", ""), on=on, by=request.acting, at=request.now, key=key(sent))


def _span(sent: QueryDict) -> list[date]:
    """The days from one to another, both counted.  Raises `Refusal` for more than a year of them."""
    first = day(sent, "since")
    last = day(sent, "until") if given(sent, "until") else first
    if not 0 <= (last - first).days < actions.LONGEST:
        raise Refusal("date_unreadable", field="until", value=last)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


join = act("force.write", "join", _join)
move_end = act("force.write", "end", _move_end)
leave = act("force.write", "leave-{}", _leave)
roster = act("force.write", "duty", _roster)
change_duty = act("force.write", "change", _change_duty)
ask_service = act("force.ask", "service", _ask_service)
answer_service = act("force.write", "service-{}", _answer_service)
write_log = act("force.write", "log", _write_log)
close_log = act("force.read", "log-{}", _close_log)
