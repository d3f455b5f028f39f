"""Who may open a form: the enterprise, the team of its project, whoever began it, and whoever holds its mandate."""

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from luodi.accounts.gate import SignedIn, require
from luodi.papers import drafts
from luodi.papers.drafts import Held
from luodi.projects import readers as projects


def found(request: SignedIn, slug: str, function: str = "form.write") -> Held:
    """The draft, where the acting post may do this with it.  Others' forms are not to be found.  Two queries."""
    draft = drafts.draft(slug)
    if draft is None:
        raise Http404(_("No such form"))
    require(request.acting, function, zone=draft.zone, project_posts=posts(request, draft))
    return draft


def posts(request: SignedIn, draft: Held) -> set[int]:
    """The posts that take part in the form.  One query."""
    team = {one.post for one in projects.team(draft.first, timezone.localdate(request.now))}
    team.add(draft.begun_by)
    if draft.mandate is not None:
        team.add(draft.mandate.post)
    if ours(request, draft):
        team.add(request.acting.post)
    return team


def ours(request: SignedIn, draft: Held) -> bool:
    """Whether who asks acts for the enterprise itself."""
    return draft.applicant == request.acting.organisation
