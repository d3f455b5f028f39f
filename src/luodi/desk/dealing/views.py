"""Rounds of talks: the last against the one before, term by term, and who moved; all rounds; what was approved."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
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
from luodi.ledgers import then
from luodi.ledgers.readers import Held
from luodi.projects.readers import Recorded


@require_GET
@needs("dealing.read")
def rounds(request: SignedIn, slug: str) -> HttpResponse:
    """The rounds of a project: two of them side by side (`?round=23&against=22`), then all.  Seven queries."""
    return page(request, found(request, slug, "dealing.read"))


def page(request: SignedIn, project: Recorded, refused: Refusal | None = None, about: str = "") -> HttpResponse:
    """The page, with what was typed where an act was refused; `about`: which form that was."""
    as_of = request.as_of
    rows, ended = readers.rounds(project.id, as_of), readers.ended(project.id, as_of)
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
        "backing": backing(project.slug, as_of),
        "approvals": readers.approvals(project.id, as_of),
        "open": bool(rows) and rows[0].number not in ended,
        "may": verdict(request.acting, "dealing.write", zone=project.zone),
        "may_approve": verdict(request.acting, "dealing.approve", zone=project.zone),
        "kinds": telling.options("zone"),
        "today": telling.today(request),
        "then": telling.then(request),
        "refused": refused,
        "about": about,
        "typed": request.POST if refused else {},
        "key": new_key(),
        "telling": telling,
        "place": "projects",
    }
    return render(request, "dealing/rounds.html", context, status=status(refused))


def backing(slug: str, as_of: datetime | None) -> dict[int, Held]:
    """What stands behind the offers of a project in the ledgers, by number; of a moment: what bound then.  Three queries."""
    held = {one.id: one for one in ledgers.promises(project=slug, open_only=False)}
    if as_of is None:
        return held
    bound = then.holders({one.source for one in held.values()}, as_of).values()
    return {one.id: one for some in bound for one in some if one.id in held}


def _asked(request: SignedIn, rows: tuple[RoundRow, ...], name: str) -> RoundRow | None:
    written = request.GET.get(name, "")
    return next((one for one in rows if str(one.number) == written), None)


def _before(rows: tuple[RoundRow, ...], shown: RoundRow | None) -> RoundRow | None:
    return next((one for one in rows if shown and one.number == shown.number - 1), None)
