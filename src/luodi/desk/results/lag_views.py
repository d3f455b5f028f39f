"""The lag board, and the enrolment radar."""

from collections import Counter
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs, verdict
from luodi.desk.asked import new_key, status
from luodi.desk.casework import spoken
from luodi.desk.charting import answers
from luodi.desk.results import telling
from luodi.desk.results.asking import Asked, asked, today_of
from luodi.desk.results.views import about
from luodi.domain.vocabulary import Refusal
from luodi.indicators import enrolled, lagging
from luodi.indicators.lagging import Waiting
from luodi.projects.readers import ROLES

SIZE = 50


@require_GET
@needs("indicator.read")
def lags(request: SignedIn) -> HttpResponse:
    """Which projects stop where, since when, and who holds them.  Seven queries."""
    return lag_page(request)


def lag_page(request: SignedIn, refused: Refusal | None = None) -> HttpResponse:
    """The board, with what was typed where an event was refused."""
    where = asked(request, "wait", "show")
    today, as_of = today_of(request), request.as_of
    every = lagging.waiting(where.within, today, as_of)
    sifted = sift(where, every)
    first = start(request)
    context = {
        "where": where,
        "every": every,
        "counts": Counter(one.lag.wait.id for one in every),
        "over": Counter(one.lag.wait.id for one in every if one.lag.over),
        "rows": lagging.told(sifted[first : first + SIZE], today, as_of),
        "total": len(sifted),
        "following": first + SIZE if len(sifted) > first + SIZE else None,
        "may": verdict(request.acting, "indicator.write"),
        "refused": refused,
        "typed": request.POST if refused else {},
        "key": new_key(),
        "matters": answers.catalogue().matters,
        "turns": spoken.TURNS,
        "roles": ROLES,
        **about(request),
    }
    return render(request, "results/lags.html", context, status=status(refused))


def sift(where: Asked, every: tuple[Waiting, ...]) -> list[Waiting]:
    """The rows of the address: of one wait (`wait`), only those past the usual (`show=over`)."""
    wait, over = where.parameters.get("wait", ""), where.parameters.get("show") == "over"
    return [one for one in every if (not wait or one.lag.wait.id == wait) and (one.lag.over or not over)]


def start(request: SignedIn) -> int:
    """Where the page begins (`from`)."""
    written = request.GET.get("from", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 8 else 0


@require_GET
@needs("indicator.read")
def enrolment(request: SignedIn) -> HttpResponse:
    """Projects and firms that could be enrolled, the paper that blocks each, and the rewards.  Five queries."""
    return enrolment_page(request)


def enrolment_page(request: SignedIn, refused: Refusal | None = None, on: str = "") -> HttpResponse:
    """The radar, with what was typed where an entry was refused; `on`: which form that was."""
    where = asked(request, "show")
    today, as_of = today_of(request), request.as_of
    projects, firms = enrolled.started(where.within, today, as_of), enrolled.firms(where.within, today, as_of)
    first = start(request)
    context = {
        "where": where,
        "projects": enrolled.with_papers(projects[first : first + SIZE], as_of),
        "total": len(projects),
        "following": first + SIZE if len(projects) > first + SIZE else None,
        "firms": firms,
        "counts": Counter(one.state for one in firms),
        "money": sum((one.invested for one in projects), Decimal(0)),
        "earned": sum((one.reward.together for one in firms if one.enrolled), Decimal(0)),
        "rules": telling.enrolment(),
        "may": verdict(request.acting, "indicator.write"),
        "refused": refused,
        "about_form": on,
        "typed": request.POST if refused else {},
        "key": new_key(),
        **about(request),
    }
    return render(request, "results/enrolment.html", context, status=status(refused))
