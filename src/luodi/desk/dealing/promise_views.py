"""Promises of both sides: of one project, and of all projects in reach; those of former officials are a view of the same."""

from collections.abc import Mapping
from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs, verdict
from luodi.dealings import readers
from luodi.dealings.readers import PAGE, ClauseRow, Wanted
from luodi.desk.asked import new_key, status
from luodi.desk.dealing import telling
from luodi.desk.views import found
from luodi.domain.vocabulary import Refusal
from luodi.projects.readers import Recorded

SOON = timedelta(days=30)
"""So long before its day a promise is shown as due soon.  A choice of ours, no rule."""


@require_GET
@needs("dealing.read")
def promises(request: SignedIn, slug: str) -> HttpResponse:
    """The promises of a project, both ways.  Five queries."""
    return page(request, found(request, slug, "dealing.read"))


def page(request: SignedIn, project: Recorded, refused: Refusal | None = None, about: int = 0) -> HttpResponse:
    """The page, with what was typed where a finding was refused; `about`: of which promise."""
    rows = readers.clauses(project=project.id, today=telling.today(request), limit=500, as_of=request.as_of)
    context = {
        "project": project,
        "rows": rows,
        "sides": {side: [one for one in rows if one.side == side] for side in telling.SIDES},
        "signed": next((one for one in readers.ended(project.id, request.as_of).values() if one.signed), None),
        "about": about,
        **common(request, refused),
    }
    return render(request, "dealing/promises.html", context, status=status(refused))


@require_GET
@needs("dealing.read")
def all_promises(request: SignedIn) -> HttpResponse:
    """Promises of all projects in reach, by their day; filters stand in the address.  Three queries."""
    today, reach, as_of = telling.today(request), request.acting.reach, request.as_of
    asked_for, wanted = asked(request)
    rows = readers.clauses(zones=reach, wanted=wanted, today=today, limit=PAGE + 1, as_of=as_of)
    context = {
        "rows": rows[:PAGE],
        "more": len(rows) > PAGE,
        "counts": readers.counts(zones=reach, today=today, soon=today + SOON, as_of=as_of),
        "asked_for": asked_for,
        "about": 0,
        **common(request, None),
    }
    return render(request, "dealing/all_promises.html", context)


def asked(request: SignedIn) -> tuple[dict[str, str], Wanted]:
    """What the address asks for, as it was written and as promises are sifted by it."""
    written = {name: request.GET.get(name, "").strip()[:16] for name in ("side", "state", "show")}
    wanted = Wanted(
        side=written["side"] if written["side"] in telling.SIDES else "",
        state=written["state"] if written["state"] in telling.STATES else "",
        former=written["show"] == "former", late=written["show"] == "late",
        due=telling.today(request) + SOON if written["show"] == "soon" else None,
        kinds=telling.DATED if written["show"] == "dates" else (),
    )  # fmt: skip
    return written | {"as_of": request.GET.get("as_of", "")[:40] if request.as_of else ""}, wanted


def named(request: SignedIn, row: ClauseRow) -> str:
    """Whose word it was, as the post may know it: the name, or its first character."""
    return (
        row.official
        if verdict(request.acting, "dealing.approve", zone=row.zone).allowed
        else telling.masked(row.official)
    )


def common(request: SignedIn, refused: Refusal | None) -> Mapping[str, object]:
    """What both pages of promises need to show a row and the form under it."""
    return {
        "today": telling.today(request),
        "then": telling.then(request),
        "may": verdict(request.acting, "dealing.write"),
        "may_find": lambda row: request.as_of is None
        and verdict(request.acting, "dealing.write", zone=row.zone, organisation=row.owner).allowed,
        "named": lambda row: named(request, row),
        "refused": refused,
        "typed": request.POST if refused else {},
        "key": new_key(),
        "telling": telling,
        "place": "promises",
    }  # fmt: skip
