"""The navigator's board: one project, everything still needed by whose turn it is; and the dispatch of all that is ready."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.accounts import gate
from luodi.accounts.gate import SignedIn
from luodi.cases import actions, readers
from luodi.cases.readers import Needed
from luodi.desk import asked, live, painting
from luodi.desk.casework import spoken
from luodi.desk.charting import answers
from luodi.desk.views import found
from luodi.domain.vocabulary import Refusal, Text
from luodi.plans import readers as plans
from luodi.projects import readers as projects
from luodi.projects.readers import Recorded
from luodi.zones import readers as zones

GROUPS = {
    "window": Text("可以分发：轮到窗口", "Ready: the window's turn"),
    "unit": Text("轮到承办单位", "The unit's turn"),
    "applicant": Text("轮到企业", "The enterprise's turn"),
    "other": Text("轮到其他单位", "Another unit's turn"),
    "waiting": Text("等待前置事项", "Waiting for other matters"),
    "nobody": Text("无单位可办", "Nobody may decide it"),
}
"""The groups of the board in the order a navigator works through them."""


@require_GET
@gate.needs("case.open")
def boards(request: SignedIn) -> HttpResponse:
    """The projects somebody is on the team of, the latest first.  Two queries."""
    mine = projects.mine(
        post=request.acting.post, organisation=request.acting.organisation, on=timezone.localdate(request.now)
    )
    late = {one.project: one for one in plans.lateness(slugs=[one.slug for one in mine], limit=100)}
    return render(request, "casework/boards.html", {"place": "board", "mine": mine, "late": late})


@require_GET
@gate.needs("case.read")
def board(request: SignedIn, slug: str) -> HttpResponse:
    """One project's board, painted once until something is recorded.  At most fifteen queries, however many matters."""
    key = ("board", slug, request.as_of, live.everything(request, project=slug))

    def made() -> dict[str, object]:
        return context(request, found(request, slug, "case.read"))

    return painting.whole(request, "casework/board.html", key, made, etag=live.mark(request, project=slug))


@require_GET
@gate.needs("case.read")
def board_now(request: SignedIn, slug: str) -> HttpResponse:
    """The same for a page that stays open: 304 until something happens to the project."""
    etag = live.mark(request, project=slug)

    def make() -> str:
        return painting.page(request, "casework/board_part.html", context(request, found(request, slug, "case.read")))

    return live.answer(request, etag, make)


def context(request: SignedIn, project: Recorded) -> dict[str, object]:
    """What the board shows."""
    etag = live.mark(request, project=project.slug)
    seen = readers.board(project.slug, now=request.now) if project.live else None
    posts = [one.post for one in projects.team(project.slug, timezone.localdate(request.now))]
    turns = seen.turns if seen else {}
    return {
        "place": "board",
        "project": project,
        "board": seen,
        "groups": {key: (name, turns[key]) for key, name in GROUPS.items() if turns.get(key)},
        "needed": sum(len(turns.get(key, ())) for key in GROUPS),
        "ready": [one for one in turns.get("window", ()) if one.row is None],
        "may_dispatch": gate.verdict(request.acting, "case.dispatch", zone=project.zone, project_posts=posts),
        "may_open": gate.verdict(request.acting, "case.open", zone=project.zone, project_posts=posts),
        "spoken": spoken,
        "rules": answers.catalogue(),
        "cost": cost,
        "today": timezone.localdate(request.now),
        "etag": etag,
        "new_key": asked.new_key,
        "refusal": None,
        "refused": "",
        "sent": {},
    }


def cost(one: Needed) -> int | None:
    """Days of float of a matter: 0 on the critical path, None where the forecast does not have it."""
    if one.step is None:
        return None
    return 0 if one.step.critical else one.step.float_days


@require_http_methods(["GET", "POST"])
@gate.needs("case.dispatch")
def dispatch(request: SignedIn, slug: str) -> HttpResponse:
    """What would be dispatched and to whom; on sending, all of it in one act."""
    project = found(request, slug, "case.dispatch")
    done, refusal = None, None
    if request.method == "POST":
        try:
            done = actions.dispatch(
                project=slug,
                matters=request.POST.getlist("matter"),
                by=request.acting,
                at=request.now,
                key=asked.key(request.POST),
            )
        except Refusal as said:
            refusal = said
    if done and done.repeated:
        return HttpResponseRedirect(reverse("project_board", args=[slug]))
    extra = {"done": done, "refusal": refusal, "goes_to": {} if done else goes_to(request, project)}
    status = 422 if refusal else 200
    return render(request, "casework/dispatch.html", {**context(request, project), **extra}, status=status)


def goes_to(request: SignedIn, project: Recorded) -> dict[str, Text]:
    """Who would get each matter that is ready.  Two queries on top of the board's."""
    ready = readers.board(project.slug, now=request.now).turns.get("window", ())
    matters = [one.matter.id for one in ready if one.row is None]
    found_ = zones.deciders(project.zone, timezone.localdate(request.now), matters) if matters else {}
    return {matter: decider.name for matter, decider in found_.items()}


@require_POST
@gate.needs("case.open")
def own_done(request: SignedIn, slug: str, matter: str) -> HttpResponse:
    """The enterprise's own matter (a contract, a payment) is recorded as done; a refusal comes back beside its form."""
    project = found(request, slug, "case.open")
    refusal = asked.attempt(
        lambda: actions.record_done(
            project=slug,
            matter=matter,
            on=asked.day(request.POST, "on"),
            note=request.POST.get("note", ""),
            by=request.acting,
            at=request.now,
            key=asked.key(request.POST),
        )
    )
    if refusal is None:
        return HttpResponseRedirect(reverse("project_board", args=[slug]))
    typed = {"refusal": refusal, "refused": matter, "sent": request.POST}
    return render(request, "casework/board.html", {**context(request, project), **typed}, status=422)
