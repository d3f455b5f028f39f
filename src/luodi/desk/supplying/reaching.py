"""Whose factors a post sees: those of its zones, or for an enterprise those of its own projects."""

from datetime import date

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from luodi.accounts.access import Scope, access
from luodi.accounts.gate import SignedIn, Verdict, require, verdict
from luodi.desk.reach import Reach
from luodi.factors import readers
from luodi.factors.readers import RequestRow
from luodi.projects import readers as projects
from luodi.projects.readers import Recorded


def today_of(request: SignedIn) -> date:
    """Today, or the day of the moment that the address asks for, in Shanxi."""
    return timezone.localdate(request.as_of or request.now)


def reached(request: SignedIn) -> Reach:
    """The zones of the post, or the projects of an enterprise.  At most one query."""
    who = request.acting
    if access().scope("factor.read", who.kind) is Scope.PROJECT:
        mine = projects.mine(post=who.post, organisation=who.organisation, on=timezone.localdate(request.now))
        return Reach(None, tuple(one.slug for one in mine))
    return Reach(who.reach, None)


def project_of(request: SignedIn, slug: str, function: str = "factor.read") -> Recorded:
    """The project, where the post may do this to its factors.  Raises 404 where there is none.  Two queries."""
    project = projects.project(slug, request.as_of)
    if project is None:
        raise Http404(_("No such project"))
    require(request.acting, function, zone=project.zone, project_posts=_posts(request, project))
    return project


def may_write(request: SignedIn, project: Recorded) -> Verdict:
    """Whether the post may ask for factors of a project.  One query."""
    return verdict(request.acting, "factor.write", zone=project.zone, project_posts=_posts(request, project))


def seen(request: SignedIn, number: int) -> tuple[RequestRow, Recorded]:
    """A request and its project, where the post may see them, or answers for it.  Five queries."""
    row = readers.request(number, today_of(request), request.as_of)
    project = projects.project(row.project, request.as_of) if row else None
    if row is None or project is None:
        raise Http404(_("No such request"))
    require(
        request.acting, "factor.read", zone=row.zone, organisation=row.organisation,
        project_posts=_posts(request, project),
    )  # fmt: skip
    return row, project


def _posts(request: SignedIn, project: Recorded) -> set[int]:
    """The team of a project, and the acting post where it is the applicant's."""
    found = {one.post for one in projects.team(project.slug, timezone.localdate(request.now))}
    return found | ({request.acting.post} if project.applicant == request.acting.organisation else set())
