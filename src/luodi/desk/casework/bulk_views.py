"""One act on several cases: first what it would do to each, then the doing, each case for itself."""

from dataclasses import dataclass, replace
from datetime import date

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts import gate
from luodi.accounts.gate import SignedIn
from luodi.cases.readers import CasePage
from luodi.desk import asked
from luodi.desk.casework import acts, spoken, views
from luodi.domain.clock.ledger import read
from luodi.domain.handling.states import State
from luodi.domain.vocabulary import Refusal, Text
from luodi.workcalendar.readers import in_force

BULK = {
    "accept": State.ACCEPTED,
    "start_handling": State.HANDLING,
    "resume": State.SPECIAL_ENDED,
    "decide": State.GRANTED,
}
"""What may be done to many at once, and the state it leads to."""
MOST = 50


@dataclass(frozen=True, slots=True)
class Effect:
    """What an act would do to one case: the state it leads to and the new days, or why it cannot be done."""

    page: CasePage
    matter: Text
    able: bool
    why: Text | Refusal | None
    to: int
    promise_due: date | None
    due: date | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case: done, or refused and why."""

    number: str
    matter: Text
    refusal: Refusal | None


@require_GET
@gate.needs("case.read")
def preview(request: SignedIn) -> HttpResponse:
    """What the act would do to each chosen case.  A few queries for each, fifty cases at most."""
    verb = request.GET.get("verb", "")
    if verb not in BULK:
        raise Http404
    effects = [effect(request, number, verb) for number in chosen(request.GET)]
    context = {
        "place": "inbox",
        "verb": verb,
        "effects": effects,
        "able": sum(one.able for one in effects),
        "spoken": spoken,
        "back": reverse("inbox") + back(request.GET),
        "key": asked.new_key(),
    }
    return render(request, "casework/bulk.html", context)


def chosen(sent: QueryDict) -> list[str]:
    """The numbers of the chosen cases, fifty at most."""
    return list(dict.fromkeys(sent.getlist("case")))[:MOST]


def back(sent: QueryDict) -> str:
    """The filters of the list that the choice was made in."""
    said = sent.get("back", "")
    return said if said.startswith("?") else "?"


def effect(request: SignedIn, number: str, verb: str) -> Effect:
    """What the act would do to one case, worked out and not done."""
    page = views.found(request, number)
    act = next((one for one in views.acts_of(request, page) if one.verb == verb), None)
    able = act is not None and act.allowed
    due, promise_due = after(page, verb, request) if able else (None, None)
    return Effect(
        page=page,
        matter=page.matter.name,
        able=able,
        why=act.why if act else None,
        to=int(BULK[verb]),
        promise_due=promise_due,
        due=due,
    )


def after(page: CasePage, verb: str, request: SignedIn) -> tuple[date | None, date | None]:
    """The statutory and the promised day as they will stand: counted from now, pauses ended where the act ends them."""
    if verb == "decide":
        return None, None
    pauses = tuple(replace(one, until=one.until or request.now) for one in page.course.pauses)
    reading = read(
        accepted=page.row.accepted_at or request.now,
        terms=page.terms,
        pauses=pauses if verb == "resume" else page.course.pauses,
        extensions=page.course.extensions,
        closed=None,
        now=request.now,
        calendar=in_force(),
    )
    return reading.due, reading.promise_due


@require_POST
@gate.needs("case.read")
def do(request: SignedIn, verb: str) -> HttpResponse:
    """Do it to each chosen case; each stands for itself, and what was refused says why."""
    if verb not in BULK:
        raise Http404
    outcomes = [done(request, number, verb) for number in chosen(request.POST)]
    context = {
        "place": "inbox",
        "verb": verb,
        "outcomes": outcomes,
        "able": sum(one.refusal is None for one in outcomes),
        "spoken": spoken,
        "back": reverse("inbox") + back(request.POST),
    }
    return render(request, "casework/bulk_done.html", context)


def done(request: SignedIn, number: str, verb: str) -> Outcome:
    """One case of many."""
    page = views.found(request, number)
    key = asked.key(request.POST)

    def act() -> None:
        views.require(request, acts.VERBS[verb].function, page)
        acts.VERBS[verb].do(
            QueryDict(),
            {
                "case": page.row.id,
                "seq": asked.number(request.POST, f"seq-{number}"),
                "by": request.acting,
                "at": request.now,
                "key": f"{key[:32]}-{page.row.id}" if key else None,
            },
        )

    return Outcome(number, page.matter.name, asked.attempt(act))
