"""Money of projects: what is granted in which tranches, what is drawn, and whether it keeps step with the works."""

from decimal import Decimal

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts.gate import SignedIn, needs
from luodi.desk.asked import attempt, day, given, key, new_key, status
from luodi.desk.supplying import telling
from luodi.desk.supplying.acts import decimal
from luodi.desk.supplying.reaching import may_write, project_of, reached, today_of
from luodi.desk.supplying.views import project_page
from luodi.domain.vocabulary import Refusal
from luodi.factors import funding
from luodi.factors.funding import Part
from luodi.projects import readers as projects

PARTS = 4
"""Tranches that can be entered at once."""


@require_GET
@needs("factor.read")
def money(request: SignedIn) -> HttpResponse:
    """The money of all projects in reach.  Three queries, and two for each project."""
    return money_page(request)


def money_page(request: SignedIn, refused: Refusal | None = None, about: int = 0) -> HttpResponse:
    """The page of money, with what was typed where a draw was refused; `about`: which tranche that was of."""
    reach, today = reached(request), today_of(request)
    rows = funding.fundings(zones=reach.zones, today=today, as_of=request.as_of)
    if reach.slugs is not None:
        rows = tuple(one for one in rows if one.project in reach.slugs)
    writable = {slug for slug in {one.project for one in rows} if _writable(request, slug)}
    context = {
        "money": rows,
        "granted": sum((one.amount for one in rows), Decimal(0)),
        "drawn": sum((one.drawn for one in rows), Decimal(0)),
        "writable": writable,
        "today": today,
        "refused": refused,
        "about": about,
        "typed": request.POST if refused else {"on": today},
        "key": new_key(),
        "telling": telling,
        "place": "factor_board",
    }
    return render(request, "supplying/money.html", context, status=status(refused))


@require_POST
@needs("factor.write")
def grant(request: SignedIn, slug: str) -> HttpResponseBase:
    """Enter money granted to a project."""
    project, sent = project_of(request, slug, "factor.write"), request.POST

    def act() -> None:
        parts = [
            Part(
                decimal(sent, f"amount_{no}", "funding_parts"),
                day(sent, f"planned_{no}") if given(sent, f"planned_{no}") else None, sent.get(f"condition_{no}", ""),
            )
            for no in range(1, PARTS + 1)
            if given(sent, f"amount_{no}")
        ]  # fmt: skip
        funding.grant(
            project=project, kind=sent.get("kind", ""), name=sent.get("name", ""), lender=sent.get("lender", ""),
            parts=parts, document=sent.get("document", ""), by=request.acting, at=request.now, key=key(sent),
        )  # fmt: skip

    refused = attempt(act)
    return project_page(request, project, refused, "grant") if refused else redirect("factors_of_project", slug=slug)


@require_POST
@needs("factor.write")
def draw(request: SignedIn, tranche: int) -> HttpResponseBase:
    """Enter what was drawn from a tranche."""
    place = funding.zone_of_tranche(tranche)
    if place is None:
        raise Http404(_("No such tranche"))
    project_of(request, place[1], "factor.write")
    sent = request.POST

    def act() -> None:
        funding.draw(
            tranche=tranche, amount=decimal(sent, "amount", "draw_amount"), on=day(sent, "on"),
            done=decimal(sent, "done", "draw_done", before="0") if given(sent, "done") else None,
            document=sent.get("document", ""), by=request.acting, at=request.now, key=key(sent),
        )  # fmt: skip

    refused = attempt(act)
    return money_page(request, refused, tranche) if refused else redirect("factor_money")


def _writable(request: SignedIn, slug: str) -> bool:
    project = projects.project(slug) if request.as_of is None else None
    return project is not None and may_write(request, project).allowed
