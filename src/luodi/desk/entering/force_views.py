"""The task force of a project: members until their last day, who is on duty, life support, the site log."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from luodi.accounts import readers as people
from luodi.accounts.gate import SignedIn, needs, verdict
from luodi.desk.asked import new_key, status
from luodi.desk.views import found
from luodi.domain.entry.forces import forces
from luodi.domain.vocabulary import Refusal, Text
from luodi.projects import readers as projects
from luodi.projects.readers import Recorded
from luodi.taskforces import readers


@require_GET
@needs("force.read")
def force(request: SignedIn, slug: str) -> HttpResponse:
    """The task force.  At most twelve queries."""
    return page(request, found(request, slug, "force.read"))


def page(request: SignedIn, project: Recorded, refused: Refusal | None = None, about: str = "") -> HttpResponse:
    """The page, with what was refused beside the form it belongs to."""
    as_of = request.as_of
    today = timezone.localdate(as_of or request.now)
    posts = [one.post for one in projects.team(project.slug, timezone.localdate(request.now))]
    shown = readers.force(project.id, today, as_of=as_of)
    may = verdict(request.acting, "force.write", zone=project.zone, project_posts=posts).allowed and as_of is None
    may_ask = verdict(request.acting, "force.ask", zone=project.zone, project_posts=posts)
    context = {
        "project": project,
        "force": shown,
        "rules": forces(),
        "roles": [(one.id, one.name) for one in forces().roles.values()],
        "kinds": list(forces().services.items()),
        "may_write": may,
        "may_ask": may_ask.allowed and as_of is None,
        "may_solve": request.acting.organisation if as_of is None else None,
        "people": _people(project, today) if may else (),
        "members": _members(shown),
        "rostered": [(one.id, Text(words := f"{one.on} {one.name}", words)) for day in shown.duty for one in day.held]
        if shown
        else [],
        "organisations": [(one.id, one.name) for one in people.organisations(zones=request.acting.reach, on=today)]
        if may
        else (),
        "open_services": [one for one in shown.services if one.left is not None] if shown else [],
        "obstacles": [one for one in shown.log if one.left is not None] if shown else [],
        "on_duty": next((one.names for one in shown.duty if one.on == today), ()) if shown else (),
        "today": today,
        "refused": refused,
        "about": about,
        "typed": request.POST if refused else {},
        "key": new_key(),
        "place": "projects",
    }
    return render(request, "entering/force.html", context, status=status(refused))


def _people(project: Recorded, today: object) -> list[tuple[int, Text]]:
    """Posts of the project's zone that may be lent."""
    zones = (project.zone,) if project.zone else ()
    rows = people.posts(on=today, zones=zones, limit=300)  # type: ignore[arg-type]
    return [
        (one.id, Text(f"{one.name} · {one.organisation_name.zh}", f"{one.name} · {one.organisation_name.en}"))
        for one in rows
    ]


def _members(shown: readers.ForceRow | None) -> list[tuple[int, Text]]:
    held = [one for one in shown.members if one.left >= 0 and one.ends >= one.starts] if shown else []
    found = {one.post: one.name for one in held}
    return [(post, Text(name, name)) for post, name in found.items()]
