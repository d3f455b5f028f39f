"""The projects of an enterprise and of those who serve it: nobody finds others'."""

from django.utils import timezone

from luodi.accounts.gate import SignedIn, require
from luodi.desk.charting.answers import live_project
from luodi.projects import readers as projects


def own_project(request: SignedIn, slug: str, function: str = "request.write") -> projects.Recorded:
    """The project, where the acting post is its applicant's or on its team.  Three queries.

    Raises 404 where there is none, or it lies elsewhere; `Refusal` (`not_allowed`) for a post that may not.
    """
    project = live_project(slug)
    posts = {one.post for one in projects.team(slug, timezone.localdate(request.now))}
    if project.applicant == request.acting.organisation:
        posts.add(request.acting.post)
    require(request.acting, function, zone=project.zone, project_posts=posts)
    return project
