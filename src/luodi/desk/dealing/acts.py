"""Acting in talks: the next round, an approval, the signature, the end without one."""

from collections.abc import Mapping

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from luodi.accounts import readers as people
from luodi.accounts.gate import SignedIn, needs
from luodi.dealings import actions, readers
from luodi.dealings.actions import Table
from luodi.dealings.readers import RoundRow
from luodi.desk.asked import attempt, key, new_key, number, status
from luodi.desk.dealing import asked, telling
from luodi.desk.dealing.views import page
from luodi.desk.views import found
from luodi.domain.vocabulary import Refusal
from luodi.projects.readers import Recorded
from luodi.zones.readers import chain, subtree


@require_http_methods(["GET", "POST"])
@needs("dealing.write")
def new_round(request: SignedIn, slug: str) -> HttpResponseBase:
    """The form of the next round, filled in with the terms of the last.  Five queries to show it."""
    project = found(request, slug, "dealing.write")
    last = readers.last_round(project.id)
    if request.method == "GET":
        return _round_form(request, project, last, asked.lines_of(last), {})
    sent, wrong = request.POST, dict[str, Refusal]()
    lines = asked.sent_lines(sent)
    terms = asked.terms_of(lines, wrong)
    on, until = asked.day_noted(sent, "on", wrong), asked.day_or_none(sent, "holds_until", wrong)
    if not wrong:
        table = Table(on, sent.get("ours", ""), sent.get("theirs", ""), sent.get("points", ""), until)
        refused = attempt(
            lambda: actions.record_round(
                project=project, after=number(sent, "after"), table=table, terms=terms, by=request.acting, at=request.now,
                key=key(sent),
            )
        )  # fmt: skip
        if refused is None:
            return redirect("rounds", slug=slug)
        wrong[str(refused.facts.get("field", "whole"))] = refused
    return _round_form(request, project, last, lines, wrong)


def _round_form(
    request: SignedIn,
    project: Recorded,
    last: RoundRow | None,
    lines: tuple[asked.Line, ...],
    wrong: Mapping[str, Refusal],
) -> HttpResponse:
    today = timezone.localdate(request.now)
    typed = request.POST if request.method == "POST" else {
        "on": today.isoformat(), "ours": last.ours if last else "", "theirs": last.theirs if last else "",
        "points": "\n".join(last.points) if last else "",
        "holds_until": last.holds_until.isoformat() if last and last.holds_until and last.holds_until > today else "",
    }  # fmt: skip
    context = {
        "project": project,
        "last": last,
        "lines": lines,
        "options": telling.options(),
        "limits": _limits(request.acting.kind),
        "authority": telling.authority(),
        "wrong": wrong,
        "typed": typed,
        "key": new_key(),
        "then": "",
        "telling": telling,
        "place": "projects",
    }
    return render(request, "dealing/round_new.html", context, status=status(asked.first(wrong)))


def _limits(post: str) -> list[tuple[object, object]]:
    """What a kind of post may offer alone: name of the term and limit."""
    table = telling.authority().posts.get(post, {})
    return [(telling.kinds()[one].name, telling.limit_told(limit, one)) for one, limit in table.items()]


@require_POST
@needs("dealing.approve")
def approve(request: SignedIn, slug: str) -> HttpResponseBase:
    """Approve an offer above the negotiators' authority."""
    project = found(request, slug, "dealing.approve")
    refused = attempt(
        lambda: actions.approve(
            project=project, offer=asked.offer_of(request.POST), document=request.POST.get("document", ""),
            by=request.acting, at=request.now, key=key(request.POST),
        )
    )  # fmt: skip
    return page(request, project, refused, "approve") if refused else redirect("rounds", slug=slug)


@require_http_methods(["GET", "POST"])
@needs("dealing.write")
def sign(request: SignedIn, slug: str) -> HttpResponseBase:
    """The signature: every term of the last round with who owes it and by when.  Six queries to show it."""
    project = found(request, slug, "dealing.write")
    last = readers.last_round(project.id)
    if last is None:
        return redirect("rounds", slug=slug)
    if request.method == "GET":
        return _sign_form(request, project, last, {})
    sent, wrong = request.POST, dict[str, Refusal]()
    owed = asked.owed_of(sent, last, wrong)
    on = asked.day_noted(sent, "on", wrong)
    known = {one for one, _ in owners(project)}
    for place, one in enumerate(owed):
        if one.owner and one.owner not in known:
            wrong[f"owner_{place}"] = Refusal("dealing_no_such_owner", field=f"owner_{place}")
    if not wrong:
        refused = attempt(
            lambda: actions.sign(
                project=project, after=number(sent, "after"), on=on, document=sent.get("document", ""), owed=owed,
                by=request.acting, at=request.now, key=key(sent),
            )
        )  # fmt: skip
        if refused is None:
            return redirect("promises", slug=slug)
        wrong[str(refused.facts.get("field", "whole"))] = refused
    return _sign_form(request, project, last, wrong)


def _sign_form(request: SignedIn, project: Recorded, last: RoundRow, wrong: Mapping[str, Refusal]) -> HttpResponse:
    typed = request.POST if request.method == "POST" else _usual(project, last, request)
    context = {
        "project": project,
        "last": last,
        "owners": owners(project),
        "wrong": wrong,
        "typed": typed,
        "key": new_key(),
        "then": "",
        "telling": telling,
        "place": "projects",
    }
    return render(request, "dealing/sign.html", context, status=status(asked.first(wrong)))


def owners(project: Recorded) -> list[tuple[int, object]]:
    """The organisations that can owe something to or for a project: of its zone and what that lies in, and its applicant."""
    around = {one for zone in chain(project.zone)[-1:] for one in subtree(zone)} if project.zone else None
    rows = [one for one in people.organisations(zones=around) if one.kind != "enterprise"]
    firms = [
        one for one in people.organisations(kind="enterprise") if one.id == project.applicant or not project.applicant
    ]
    return [(one.id, one.name) for one in (*firms, *rows)]


def _usual(project: Recorded, last: RoundRow, request: SignedIn) -> dict[str, object]:
    """What the form holds at first: the applicant for the investor's terms, the own organisation for the zone's."""
    typed: dict[str, object] = {"on": timezone.localdate(request.now).isoformat()}
    for place, one in enumerate(last.terms):
        ours = telling.kind(one).side == "zone"
        typed[f"owner_{place}"] = request.acting.organisation if ours else project.applicant or ""
        typed[f"due_{place}"] = one.on.isoformat() if one.on else ""
    return typed


@require_POST
@needs("dealing.write")
def withdraw(request: SignedIn, slug: str) -> HttpResponseBase:
    """End talks without a signature."""
    project = found(request, slug, "dealing.write")
    refused = attempt(
        lambda: actions.withdraw(
            project=project, after=number(request.POST, "after"), why=request.POST.get("why", ""), by=request.acting,
            at=request.now, key=key(request.POST),
        )
    )  # fmt: skip
    return page(request, project, refused, "withdraw") if refused else redirect("rounds", slug=slug)
