"""The one form confirmed and handed in: everything that is wrong at once, and every application a change touches."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from luodi.accounts import readers as accounts
from luodi.accounts.gate import SignedIn, needs, verdict
from luodi.cases import readers as cases
from luodi.desk.asked import attempt, key, new_key, number, status
from luodi.desk.charting import answers
from luodi.desk.tongue import language
from luodi.domain.facts.fields import the_form
from luodi.domain.vocabulary import Refusal
from luodi.papers import drafting, drafts
from luodi.papers.submitting import review, submit
from luodi.portal import form_fields
from luodi.portal.form_reach import found, ours, posts


@require_http_methods(["GET", "POST"])
@needs("form.write")
def form_check(request: SignedIn, slug: str) -> HttpResponseBase:
    """What is still to do, what handing in does to the applications, and the button; handed in by the enterprise."""
    found(request, slug)
    if request.method != "POST":
        return _check(request, slug)
    found(request, slug, "form.confirm")
    seen = request.POST.get("seen", "")
    seq = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else -1
    refused = attempt(lambda: submit(slug=slug, seq=seq, by=request.acting, at=request.now, key=key(request.POST)))
    if refused is not None and refused.code != "form_sent_already":
        return _check(request, slug, refused)
    return redirect("form_papers", slug=slug)


@require_POST
@needs("form.confirm")
def form_confirm(request: SignedIn, slug: str) -> HttpResponseBase:
    """The enterprise stands for what was typed for it: one field, or all."""
    found(request, slug, "form.confirm")
    field = request.POST.get("field", "")
    draft = drafts.draft(slug)
    waiting = draft.waiting if draft else ()
    places = [one for one in waiting if one.partition(".")[0] == field] if field else None
    refused = attempt(lambda: drafting.confirm(slug=slug, places=places, by=request.acting, at=request.now))
    if refused:
        return _check(request, slug, refused)
    page = the_form().fields[field].page if field in the_form().fields else None
    return redirect("form_page", slug=slug, page=page) if page else redirect("form_check", slug=slug)


@require_POST
@needs("form.confirm")
def form_mandate(request: SignedIn, slug: str) -> HttpResponseBase:
    """The enterprise gives a navigator its mandate, or takes it back."""
    found(request, slug, "form.confirm")

    def act() -> None:
        if "end" in request.POST:
            drafting.end_mandate(slug=slug, by=request.acting, at=request.now)
        else:
            drafting.give_mandate(slug=slug, post=number(request.POST, "post"), by=request.acting, at=request.now)

    refused = attempt(act)
    return _check(request, slug, refused) if refused else redirect("form_check", slug=slug)


@require_POST
@needs("form.write")
def form_phase(request: SignedIn, slug: str) -> HttpResponseBase:
    """Begin the next phase."""
    found(request, slug)
    made: list[str] = []
    refused = attempt(lambda: made.append(drafting.begin_phase(slug=slug, by=request.acting, at=request.now)))
    return _check(request, slug, refused) if refused else redirect("form", slug=made[0])


def _check(request: SignedIn, slug: str, refused: Refusal | None = None) -> HttpResponse:
    found_review = review(slug, at=request.now)
    draft = found_review.draft
    may = verdict(request.acting, "form.confirm", zone=draft.zone, project_posts=posts(request, draft)).allowed
    navigators = accounts.posts(zones=[draft.zone], kind="navigator", on=request.now.date(), limit=50)
    affected = found_review.affected
    context = {
        "draft": draft, "review": found_review, "affected": affected, "rules": answers.catalogue(), "refused": refused,
        "steps": form_fields.steps(draft, found_review.checked.wrong, language()), "phases": drafts.phases(draft.first),
        "form": the_form(), "ours": ours(request, draft), "may": may and ours(request, draft), "key": new_key(),
        "cases": {one.matter: one for one in cases.of_project(slug, now=request.now)} if draft.sent_at else {},
        "navigators": [(one.id, f"{one.name} · {one.organisation_name[language()]}") for one in navigators],
        "changed": _names(draft.changed_places), "typed": {}, "page": 0, "place": "forms", "seq": draft.seq,
    }  # fmt: skip
    return render(request, "portal/form_check.html", context, status=status(refused))


def _names(places: tuple[str, ...]) -> list[str]:
    """The fields that these places belong to, each once."""
    fields = the_form().fields
    return [fields[one].name[language()] for one in dict.fromkeys(place.partition(".")[0] for place in places)]
