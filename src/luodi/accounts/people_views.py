"""The system administrator's pages: people, posts, organisations."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.accounts import actions, readers
from luodi.accounts.gate import SignedIn, needs, require, verdict
from luodi.accounts.offices import offices
from luodi.accounts.typed import day, day_or_none, whole
from luodi.domain.vocabulary import Refusal, Text

PAGE = 50


@require_GET
@needs("people.read")
def people(request: SignedIn) -> HttpResponse:
    """Who holds which post, and whose term or contract runs out.  Two queries."""
    return page(request)


def page(request: SignedIn, refused: Refusal | None = None, told: tuple[str, str] | None = None) -> HttpResponse:
    """The list with what was refused, or a starting password to be told once."""
    zones = request.acting.reach
    asked = request.GET.get("q", "").strip()[:80]
    after = request.GET.get("after", "")
    today = timezone.localdate(request.now)
    rows = readers.posts(
        on=today if request.GET.get("all") != "1" else None, zones=zones, words=asked,
        kind=request.GET.get("kind", "")[:32], after=int(after) if after.isdigit() and len(after) < 19 else 0, limit=PAGE + 1,
    )  # fmt: skip
    context = {
        "rows": rows[:PAGE],
        "more": rows[PAGE - 1].id if len(rows) > PAGE else None,
        "asked_people": asked,
        "kinds": offices().posts,
        "expiring": readers.expiring(today, zones),
        "terms": offices().terms,
        "may_write": verdict(request.acting, "people.write").allowed,
        "today": today,
        "refused": refused,
        "told": told,
        "typed": request.POST,
        "units": readers.organisations(zones=zones, on=today),
        "place": "people",
    }
    return render(request, "accounts/people.html", context, status=400 if refused else 200)


@require_POST
@needs("people.write")
def new_person(request: SignedIn) -> HttpResponse:
    """Record somebody and give a starting password, shown once."""
    typed = request.POST
    try:
        person = actions.record_person(
            username=typed.get("username", ""), name=typed.get("name", ""), email=typed.get("email", ""),
            telephone=typed.get("telephone", "").strip() if settings.SEALING_KEY else "", by=request.acting, at=request.now,
        )  # fmt: skip
        password = actions.give_password(
            person=person, reason=typed.get("document", "") or "new", by=request.acting, at=request.now
        )
    except Refusal as refusal:
        return page(request, refusal)
    return page(request, told=(typed.get("username", "").strip().lower(), password))


@require_POST
@needs("people.write")
def appoint(request: SignedIn) -> HttpResponse:
    """Appoint somebody to a post."""
    typed = request.POST
    try:
        person = readers.named(typed.get("username", ""))
        actions.appoint(
            person=person,
            organisation=whole(typed.get("organisation", "")),
            kind=typed.get("kind", ""),
            starts=day(typed.get("starts", "")),
            contract_until=day_or_none(typed.get("contract_until", "")),
            document=typed.get("document", ""),
            by=request.acting,
            at=request.now,
        )
    except Refusal as refusal:
        return page(request, refusal)
    return HttpResponseRedirect(reverse("people"))


@require_POST
@needs("people.write")
def end_post(request: SignedIn, post: int) -> HttpResponse:
    """End a post with a day."""
    try:
        actions.end_post(
            post=post,
            ends=day(request.POST.get("ends", "")),
            reason=request.POST.get("reason", ""),
            by=request.acting,
            at=request.now,
        )
    except Refusal as refusal:
        return page(request, refusal)
    return HttpResponseRedirect(reverse("people"))


@require_http_methods(["GET", "POST"])
@needs("people.read")
def organisations(request: SignedIn) -> HttpResponse:
    """The organisations; the system administrator records new ones.  One query."""
    refused = None
    if request.method == "POST":
        try:
            return recorded(request)
        except Refusal as refusal:
            refused = refusal
    context = {
        "units": readers.organisations(zones=request.acting.reach),
        "kinds": offices().organisations,
        "may_write": verdict(request.acting, "people.write").allowed,
        "today": timezone.localdate(request.now),
        "refused": refused,
        "typed": request.POST,
        "place": "people",
    }
    return render(request, "accounts/organisations.html", context, status=400 if refused else 200)


def recorded(request: SignedIn) -> HttpResponseRedirect:
    """Record an organisation from the form.  Raises `Refusal`."""
    require(request.acting, "people.write")
    typed = request.POST
    actions.record_organisation(
        code=typed.get("code", "").strip()[:64],
        kind=typed.get("kind", ""),
        name=Text(typed.get("zh", ""), typed.get("en", "") or typed.get("zh", "")),
        zone=typed.get("zone", "").strip()[:64],
        starts=day(typed.get("starts", "")),
        ends=day_or_none(typed.get("ends", "")),
        by=request.acting,
        at=request.now,
    )
    return HttpResponseRedirect(reverse("organisations"))
