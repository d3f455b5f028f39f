"""Promises of both sides: of one project, and of all projects in reach; those of former officials are a view of the same."""

from collections.abc import Mapping
from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs, verdict
from luodi.dealings import readers
from luodi.dealings.readers import PAGE, Wanted
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
    rows = readers.clauses(project=project.id, today=timezone.localdate(request.now), limit=500)
    context = {
        "project": project,
        "rows": rows,
        "sides": {side: [one for one in rows if one.side == side] for side in telling.SIDES},
        "signed": next((one for one in readers.ended(project.id).values() if one.signed), None),
        "about": about,
        **common(request, refused),
    }
    return render(request, "dealing/promises.html", context, status=status(refused))


@require_GET
@needs("dealing.read")
def all_promises(request: SignedIn) -> HttpResponse:
    """Promises of all projects in reach, by their day; filters stand in the address.  Three queries."""
    today = timezone.localdate(request.now)
    asked_for = {name: request.GET.get(name, "").strip()[:16] for name in ("side", "state", "show")}
    wanted = Wanted(
        side=asked_for["side"] if asked_for["side"] in telling.SIDES else "",
        state=asked_for["state"] if asked_for["state"] in telling.STATES else "",
        former=asked_for["show"] == "former", late=asked_for["show"] == "late",
        due=today + SOON if asked_for["show"] == "soon" else None,
    )  # fmt: skip
    rows = readers.clauses(zones=request.acting.reach, wanted=wanted, today=today, limit=PAGE + 1)
    context = {
        "rows": rows[:PAGE],
        "more": len(rows) > PAGE,
        "counts": readers.counts(zones=request.acting.reach, today=today, soon=today + SOON),
        "asked_for": asked_for,
        "about": 0,
        **common(request, None),
    }
    return render(request, "dealing/all_promises.html", context)


def common(request: SignedIn, refused: Refusal | None) -> Mapping[str, object]:
    """What both pages of promises need to show a row and the form under it."""
    return {
        "today": timezone.localdate(request.now),
        "may": verdict(request.acting, "dealing.write"),
        "may_find": lambda row: verdict(
            request.acting, "dealing.write", zone=row.zone, organisation=row.owner
        ).allowed,
        "named": lambda row: row.official
        if verdict(request.acting, "dealing.approve", zone=row.zone).allowed
        else telling.masked(row.official),
        "refused": refused,
        "typed": request.POST if refused else {},
        "key": new_key(),
        "telling": telling,
        "place": "promises",
    }  # fmt: skip
