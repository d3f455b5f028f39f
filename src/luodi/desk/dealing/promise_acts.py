"""Acting on promises: one taken over from a former official or a later agreement, and what was found about one."""

from collections.abc import Mapping

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luodi.accounts.gate import SignedIn, needs, require
from luodi.dealings import promises, readers
from luodi.dealings.promises import Finding, Former
from luodi.desk.asked import attempt, key, new_key, number, status
from luodi.desk.dealing import asked, telling
from luodi.desk.dealing.acts import owners
from luodi.desk.dealing.promise_views import page
from luodi.desk.views import found
from luodi.domain.dealings.terms import Term, read
from luodi.domain.vocabulary import Refusal
from luodi.projects.readers import Recorded


@require_http_methods(["GET", "POST"])
@needs("dealing.write")
def new_promise(request: SignedIn, slug: str) -> HttpResponseBase:
    """The form that takes a promise over: what, on which paper, whose word it was, who answers for it now."""
    project = found(request, slug, "dealing.write")
    if request.method == "GET":
        return _form(request, project, {})
    sent, wrong = request.POST, dict[str, Refusal]()
    due = asked.day_noted(sent, "due", wrong)
    term = _term(sent.get("kind", ""), sent.get("subject", ""), sent.get("value", ""), wrong)
    if not wrong and term is not None:
        refused = attempt(
            lambda: promises.record_promise(
                project=project, term=term, owner=_owner(request, project), due=due, document=sent.get("document", ""),
                former=Former(sent.get("official", ""), sent.get("office", "")), by=request.acting, at=request.now,
                key=key(sent),
            )
        )  # fmt: skip
        if refused is None:
            return redirect("promises", slug=slug)
        wrong[str(refused.facts.get("field", "whole"))] = refused
    return _form(request, project, wrong)


def _term(kind: str, subject: str, value: str, wrong: dict[str, Refusal]) -> Term | None:
    try:
        return read(kind, subject, value)
    except Refusal as refused:
        wrong[str(refused.facts.get("field", "whole"))] = refused
        return None


def _owner(request: SignedIn, project: Recorded) -> int:
    """The organisation chosen, if it is one of those offered."""
    chosen = number(request.POST, "owner")
    if chosen not in {one for one, _name in owners(project)}:
        raise Refusal("dealing_no_such_owner", field="owner")
    return chosen


def _form(request: SignedIn, project: Recorded, wrong: Mapping[str, Refusal]) -> HttpResponse:
    context = {
        "project": project,
        "options": telling.options(),
        "owners": owners(project),
        "wrong": wrong,
        "typed": request.POST if request.method == "POST" else {"owner": request.acting.organisation},
        "key": new_key(),
        "then": "",
        "place": "promises",
    }
    return render(request, "dealing/promise_new.html", context, status=status(asked.first(wrong)))


@require_POST
@needs("dealing.write")
def find(request: SignedIn, slug: str, clause: int) -> HttpResponseBase:
    """Record what became of a promise; its owner may, and whoever records talks in the zone."""
    project = found(request, slug, "dealing.read")
    row = readers.clause(clause)
    if row is None or row.project != slug:
        raise Http404(_("No such promise"))
    require(request.acting, "dealing.write", zone=row.zone, organisation=row.owner)
    sent = request.POST
    finding = Finding(*(sent.get(name, "") for name in ("state", "actual", "evidence", "reason")))
    refused = attempt(
        lambda: promises.find(
            project=project, clause=clause, seen=number(sent, "seen"), finding=finding, by=request.acting, at=request.now,
            key=key(sent),
        )
    )  # fmt: skip
    return page(request, project, refused, clause) if refused else redirect("promises", slug=slug)
