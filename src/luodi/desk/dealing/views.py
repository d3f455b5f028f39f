"""Rounds of talks: the last against the one before, term by term, and who moved; all rounds; what was approved."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs, verdict
from luodi.dealings import readers
from luodi.dealings.readers import RoundRow
from luodi.desk.asked import new_key, status
from luodi.desk.dealing import telling
from luodi.desk.views import found
from luodi.domain.dealings.terms import differ
from luodi.domain.vocabulary import Refusal
from luodi.ledgers import readers as ledgers
from luodi.projects.readers import Recorded


@require_GET
@needs("dealing.read")
def rounds(request: SignedIn, slug: str) -> HttpResponse:
    """The rounds of a project: two of them side by side (`?round=23&against=22`), then all.  Seven queries."""
    return page(request, found(request, slug, "dealing.read"))


def page(request: SignedIn, project: Recorded, refused: Refusal | None = None, about: str = "") -> HttpResponse:
    """The page, with what was typed where an act was refused; `about`: which form that was."""
    rows = readers.rounds(project.id)
    ended = readers.ended(project.id)
    shown = _asked(request, rows, "round") or (rows[0] if rows else None)
    against = _asked(request, rows, "against") or _before(rows, shown)
    over = shown is not None and against is not None and against.number in ended and "against" not in request.GET
    context = {
        "project": project,
        "rows": rows,
        "steps": telling.steps(rows, ended),
        "ended": ended,
        "signed": next((one for one in ended.values() if one.signed), None),
        "shown": shown,
        "against": None if over else against,
        "changes": differ(against.terms if against and not over else (), shown.terms) if shown else (),
        "backing": {one.id: one for one in ledgers.promises(project=project.slug, open_only=False)},
        "approvals": readers.approvals(project.id),
        "open": bool(rows) and rows[0].number not in ended,
        "may": verdict(request.acting, "dealing.write", zone=project.zone),
        "may_approve": verdict(request.acting, "dealing.approve", zone=project.zone),
        "kinds": telling.options("zone"),
        "today": timezone.localdate(request.now),
        "refused": refused,
        "about": about,
        "typed": request.POST if refused else {},
        "key": new_key(),
        "telling": telling,
        "place": "projects",
    }
    return render(request, "dealing/rounds.html", context, status=status(refused))


def _asked(request: SignedIn, rows: tuple[RoundRow, ...], name: str) -> RoundRow | None:
    written = request.GET.get(name, "")
    return next((one for one in rows if str(one.number) == written), None)


def _before(rows: tuple[RoundRow, ...], shown: RoundRow | None) -> RoundRow | None:
    return next((one for one in rows if shown and one.number == shown.number - 1), None)
