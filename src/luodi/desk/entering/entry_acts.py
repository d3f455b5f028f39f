"""Acts of an entry review: opened, an expert asked, a link taken back or renewed, an opinion given."""

from collections.abc import Callable

from django.http import Http404, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luodi.accounts.gate import SignedIn, needs, require
from luodi.desk.asked import attempt, day, given, key, number
from luodi.desk.entering.entry_views import page
from luodi.desk.entering.files import kept
from luodi.desk.views import found
from luodi.domain.entry.checks import sound
from luodi.entry import experts, readers, reviewing
from luodi.entry.experts import Issued
from luodi.entry.reviewing import Said
from luodi.projects import readers as projects
from luodi.projects.readers import Recorded


@require_POST
@needs("entry.write")
def open_review(request: SignedIn, slug: str) -> HttpResponseBase:
    """Put the project before every unit at once."""
    project = found(request, slug, "entry.write")
    sent = request.POST
    refused = attempt(
        lambda: reviewing.open_review(
            project=project, subject=sent.get("subject", ""), due=day(sent, "due") if given(sent, "due") else None,
            by=request.acting, at=request.now, key=key(sent),
        )
    )  # fmt: skip
    return page(request, project, refused, "open") if refused else redirect("entry", slug=slug)


@require_POST
@needs("entry.write")
def ask_expert(request: SignedIn, slug: str) -> HttpResponseBase:
    """Ask an expert from outside; the link is shown once."""
    project, sent = found(request, slug, "entry.write"), request.POST

    def act() -> Issued:
        review = number(sent, "review")
        if (readers.place_of_review(review) or ("",))[0] != project.slug:
            raise Http404(_("No such project"))
        return experts.ask_expert(
            review=review, check=sent.get("check", ""), expert=sent.get("expert", ""), office=sent.get("office", ""),
            due=day(sent, "due"), by=request.acting, at=request.now, key=key(sent),
        )  # fmt: skip

    return _issued(request, project, act, "expert")


@require_POST
@needs("entry.write")
def renew_link(request: SignedIn, asked: int) -> HttpResponseBase:
    """A new link to the same question; the old one no longer opens."""
    project = project_of(request, readers.place_of_asked(asked), "entry.write")
    return _issued(
        request,
        project,
        lambda: experts.renew_link(asked=asked, due=day(request.POST, "due"), by=request.acting, at=request.now),
        f"link-{asked}",
    )


def _issued(request: SignedIn, project: Recorded, act: Callable[[], Issued], about: str) -> HttpResponseBase:
    """The page with the link just made: nobody can show it again."""
    made: list[Issued] = []
    refused = attempt(lambda: made.append(act()))
    if refused is None and not made:  # the same form sent twice
        return redirect("entry", slug=project.slug)
    return page(request, project, refused, about, made[0] if made else None)


@require_POST
@needs("entry.write")
def revoke_link(request: SignedIn, link: int) -> HttpResponseBase:
    """Take a link back."""
    project = project_of(request, readers.place_of_link(link), "entry.write")
    refused = attempt(
        lambda: experts.revoke_link(link=link, why=request.POST.get("why", ""), by=request.acting, at=request.now)
    )
    return page(request, project, refused, f"revoke-{link}") if refused else redirect("entry", slug=project.slug)


@require_POST
@needs("entry.opine")
def give_opinion(request: SignedIn, asked: int) -> HttpResponseBase:
    """One's own unit says what it thinks, with the files that show it."""
    place = readers.place_of_asked(asked)
    project = project_of(request, place, "entry.read")
    require(request.acting, "entry.opine", organisation=request.acting.organisation)
    sent = request.POST
    refused = attempt(
        lambda: reviewing.give_opinion(
            asked=asked, **said(sent), files=kept(request), by=request.acting, at=request.now, key=key(sent)
        )
    )
    return page(request, project, refused, f"asked-{asked}") if refused else redirect("entry", slug=project.slug)


def said(sent: QueryDict) -> Said:
    """The words of an opinion as a form sent them.  Raises `Refusal` where they do not hold: before any file is kept."""
    view, conditions, blocking = (sent.get(name, "") for name in ("view", "conditions", "blocking"))
    sound(view, conditions, blocking)
    papers, note = sent.get("papers", ""), sent.get("note", "")
    return {"view": view, "conditions": conditions, "blocking": blocking, "papers": papers, "note": note}


def project_of(request: SignedIn, place: tuple[str, str] | None, function: str) -> Recorded:
    """The project of a row, if the post may act on it.  Raises 404 where there is none."""
    project = projects.project(place[0]) if place else None
    if project is None:
        raise Http404(_("No such project"))
    posts = [one.post for one in projects.team(project.slug, timezone.localdate(request.now))]
    require(request.acting, function, zone=project.zone, project_posts=posts)
    return project
