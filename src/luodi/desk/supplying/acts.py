"""Acting on requests: asking, answering for one's own unit, and writing down what a unit without a post answered."""

from datetime import date
from decimal import Decimal, InvalidOperation

from django.http import Http404, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luodi.accounts.gate import SignedIn, needs, require
from luodi.desk.asked import attempt, day, given, key, number
from luodi.desk.supplying import telling
from luodi.desk.supplying.reaching import project_of, seen
from luodi.desk.supplying.views import answer_page, project_page
from luodi.domain.factors.life import State
from luodi.domain.vocabulary import Refusal
from luodi.factors import actions
from luodi.factors.actions import Answer
from luodi.projects.readers import team


def decimal(sent: QueryDict, name: str, code: str, **facts: object) -> Decimal:
    """A number as people write it (`1,500.5`).  Raises `Refusal` beside its field."""
    try:
        return Decimal(sent.get(name, "").strip()[:30].replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise Refusal(code, field=name, **facts) from None


@require_POST
@needs("factor.write")
def ask(request: SignedIn, slug: str) -> HttpResponseBase:
    """Ask for an item of a project, derived from the form or by hand."""
    project, sent = project_of(request, slug, "factor.write"), request.POST
    item = sent.get("item", "").strip()

    def act() -> None:
        rule = telling.items().get(item)
        if rule is None:
            raise Refusal("factor_unknown", field="item", item=item[:60])
        actions.ask(
            project=project, item=item, quantity=decimal(sent, "quantity", "factor_quantity", unit=rule.unit),
            guarantor=sent.get("guarantor", "") or rule.by[0], needed=_day(sent, "needed"), note=sent.get("note", ""),
            basis="derived" if sent.get("basis") == "derived" else "hand", by=request.acting, at=request.now, key=key(sent),
        )  # fmt: skip

    refused = attempt(act)
    return project_page(request, project, refused, "ask") if refused else redirect("factors_of_project", slug=slug)


@require_POST
@needs("factor.answer")
def answer(request: SignedIn, asked: int) -> HttpResponseBase:
    """A unit answers what is asked of it."""
    row, _project = seen(request, asked)
    require(request.acting, "factor.answer", organisation=row.organisation or 0)
    return _answered(request, asked)


@require_POST
@needs("factor.write")
def record(request: SignedIn, asked: int) -> HttpResponseBase:
    """Somebody of the zone writes down what a unit answered, on its paper."""
    row, project = seen(request, asked)
    posts = [one.post for one in team(project.slug, request.now.date())]
    require(request.acting, "factor.write", zone=row.zone, project_posts=posts)
    return _answered(request, asked)


def _answered(request: SignedIn, asked: int) -> HttpResponseBase:
    sent = request.POST
    try:
        state = State(sent.get("state", ""))
    except ValueError:
        return answer_page(request, asked, Refusal("choice_missing", field="state"))

    def act() -> None:
        met = None
        if state is State.PARTLY_MET:
            row, _project = seen(request, asked)
            met = decimal(sent, "met", "factor_met", least=f"{row.met:f}", most=f"{row.quantity:f}")
        found = Answer(
            state, _day(sent, "promised"), met, sent.get("words", ""), sent.get("document", ""),
            number(sent, "node") if given(sent, "node") else None,
        )  # fmt: skip
        actions.answer(
            request=asked, seq=number(sent, "seq"), given=found, by=request.acting, at=request.now, key=key(sent)
        )

    refused = attempt(act)
    if refused and refused.code == "factor_gone":
        raise Http404(_("No such request"))
    return answer_page(request, asked, refused) if refused else redirect("factor_request", asked=asked)


def _day(sent: QueryDict, name: str) -> date | None:
    return day(sent, name) if given(sent, name) else None
