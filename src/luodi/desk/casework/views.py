"""The page of one case, the same case beside a list, and the acts on it."""

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts import gate
from luodi.accounts.gate import SignedIn
from luodi.cases import readers
from luodi.cases.readers import CasePage
from luodi.desk import asked
from luodi.desk.casework import acts as case_acts
from luodi.desk.casework import offering, telling
from luodi.desk.tongue import language
from luodi.domain.clock.office import day_of
from luodi.domain.vocabulary import Refusal
from luodi.entry.readers import reusable
from luodi.entry.standing import made_for
from luodi.projects.readers import team

STATUS, UNUSABLE = {"case_changed": 409, "not_allowed": 403}, 422
"""Statuses of a form that comes back: somebody was faster; the post may not do it; something in it cannot be used."""


@require_GET
@gate.needs("case.read")
def case(request: SignedIn, number: str) -> HttpResponse:
    """One case, whole, today or as of a moment."""
    return render(request, "casework/case.html", whole(request, number))


def found(request: SignedIn, number: str) -> CasePage:
    """The case at an address, if the post may see it.  Raises 404 where there is none or it lies elsewhere."""
    page = readers.case(number, now=request.as_of or request.now, as_of=request.as_of)
    if page is None:
        raise Http404(_("No such case"))
    require(request, "case.read", page)
    return page


def acts_of(request: SignedIn, page: CasePage) -> tuple[readers.Act, ...]:
    """What the post may do with the case now, and why not the rest.  Two queries."""
    posts = [one.post for one in team(page.row.project, day_of(request.now))]
    return readers.next_acts(page, request.acting, now=request.now, project_posts=posts)


def require(request: SignedIn, function: str, page: CasePage) -> None:
    """Ask the gate about this very case.  Raises its refusals."""
    gate.require(
        request.acting,
        function,
        zone=page.row.zone,
        organisation=page.row.organisation,
        project_posts=[one.post for one in team(page.row.project, day_of(request.now))],
        case_posts=[part.post for part in page.parts if part.until is None],
    )


def beside(request: SignedIn, number: str) -> dict[str, object]:
    """What the detail beside a list shows."""
    page = found(request, number)
    return told(request, page) | {"back": back_to(parse_qsl(request.GET.urlencode()))}


def back_to(pairs: Iterable[tuple[str, str]]) -> str:
    """The list a case stood beside, as the part of its address after `?`."""
    return "?" + urlencode([(key, value) for key, value in pairs if key not in ("case", "done")])


def whole(request: SignedIn, number: str) -> dict[str, object]:
    """What the page of a case shows."""
    page = found(request, number)
    return (
        told(request, page)
        | telling.more(page, request.acting)
        | {
            "place": "inbox",
            "back": "",
            "done": "done" in request.GET,
            "as_of_value": request.GET.get("as_of", "")[:16],
        }
    )


def told(request: SignedIn, page: CasePage) -> dict[str, object]:
    """What both show: the case, its clock as a picture, and what can be done next."""
    acts = acts_of(request, page) if request.as_of is None else ()
    inside = gate.verdict(request.acting, "entry.read").allowed
    return {
        **telling.about(page, day_of(request.now), language()),
        **offering.of(page, acts, request.acting, day_of(request.now)),
        "entry": reusable(page.project_id, page.row.matter, as_of=request.as_of) if inside else (),
        "made": made_for(page.project_id, page.row.matter, as_of=request.as_of) if inside else (),
        "refusal": None,
        "refused_verb": "",
        "sent": QueryDict(),
        "nothing": QueryDict(),
    }


@require_POST
@gate.needs("case.read")
def act(request: SignedIn, number: str, verb: str) -> HttpResponse:
    """Do one thing with a case; a refusal comes back beside the form, with what was typed."""
    known = case_acts.VERBS.get(verb)
    if known is None:
        raise Http404
    page = found(request, number)
    try:
        if verb != "answer":
            require(request, known.function, page)
        known.do(request.POST, mark(request, page))
    except Refusal as refusal:
        if refusal.code == "already_done":
            return HttpResponseRedirect(after(request, number))
        return again(request, number, verb, refusal)
    return HttpResponseRedirect(after(request, number))


def mark(request: SignedIn, page: CasePage) -> case_acts.Mark:
    """Which case, as the form showed it, who and when."""
    return {
        "case": page.row.id,
        "seq": asked.number(request.POST, "seq"),
        "by": request.acting,
        "at": request.now,
        "key": asked.key(request.POST),
    }


def after(request: HttpRequest, number: str) -> str:
    """Where a person stands after an act: back in the list with the case beside it, or on its page."""
    back = request.POST.get("back", "")
    if back.startswith("?"):
        joint = "" if back == "?" else "&"
        return f"{reverse('inbox')}{back}{joint}case={number}&done=1"
    if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return back
    return f"{reverse('case', args=[number])}?done=1"


def again(request: SignedIn, number: str, verb: str, refusal: Refusal) -> HttpResponse:
    """The page of the case as it stands now, the form open, the words typed still in it."""
    context = whole(request, number) | {"refusal": refusal, "refused_verb": verb, "sent": request.POST}
    context["back"] = request.POST.get("back", "")
    return render(request, "casework/case.html", context, status=STATUS.get(refusal.code, UNUSABLE))
