"""The five fronts of a project: shadow tasks, what turns a shadow into the real file, the proof, and what the plan reads."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts.gate import SignedIn, needs, verdict
from luodi.desk import asked
from luodi.desk.asked import attempt, day, new_key, status
from luodi.desk.entering.files import kept
from luodi.desk.views import found
from luodi.domain.vocabulary import Refusal
from luodi.entry import shadowing, standing
from luodi.plans import readers as plans
from luodi.projects import readers as projects
from luodi.projects.readers import Recorded

VERBS = ("begin", "finish")


@require_GET
@needs("entry.read")
def fronts(request: SignedIn, slug: str) -> HttpResponse:
    """The five fronts.  At most ten queries."""
    return page(request, found(request, slug, "entry.read"))


def page(request: SignedIn, project: Recorded, refused: Refusal | None = None, about: str = "") -> HttpResponse:
    """The page, with what was refused beside the task it belongs to."""
    as_of = request.as_of
    today = timezone.localdate(as_of or request.now)
    posts = [one.post for one in projects.team(project.slug, timezone.localdate(request.now))]
    shown = standing.standing(project, request.now, as_of)
    won = [one for one in plans.delays(slug=project.slug, as_of=as_of, limit=200) if one.cause == shadowing.CAUSE]
    may = verdict(request.acting, "front.write", zone=project.zone, project_posts=posts)
    context = {
        "project": project,
        "fronts": shown,
        "done": sum(one.done for one in shown.rows),
        "all": sum(len(one.tasks) for one in shown.rows),
        "real": sum(one.triggered is not None for one in shown.rows),
        "early": sum(len(one.early) for one in shown.rows),
        "looked": shown.rows[0].looked if shown.rows else 0,
        "won": -sum(one.days for one in won),
        "moves": won,
        "names": standing.name_of,
        "may_write": may.allowed and as_of is None,
        "today": today,
        "refused": refused,
        "about": about,
        "typed": request.POST if refused else {"on": today.isoformat()},
        "key": new_key(),
        "place": "projects",
    }
    return render(request, "entering/fronts.html", context, status=status(refused))


@require_POST
@needs("front.write")
def step(request: SignedIn, slug: str, key: str, verb: str) -> HttpResponseBase:
    """A shadow task (`key`) is begun or done."""
    project, sent = found(request, slug, "front.write"), request.POST
    if verb not in VERBS:
        raise Http404(_("No such page"))

    def act() -> None:
        on, note = day(sent, "on"), sent.get("note", "")
        by, at, once = request.acting, request.now, asked.key(sent)
        if verb == "begin":
            shadowing.begin_task(project=project, task=key, on=on, note=note, by=by, at=at, key=once)
        else:
            paper = sent.get("paper", "")
            shadowing.finish_task(
                project=project, task=key, on=on, paper=paper, note=note, files=kept(request), by=by, at=at, key=once
            )

    refused = attempt(act)
    return page(request, project, refused, key) if refused else redirect("fronts", slug=slug)
