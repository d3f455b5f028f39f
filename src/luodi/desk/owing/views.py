"""Commitments, deferrals and letters: the list with its countdown, and one debt with its steps and what may be done next."""

from collections.abc import Mapping
from datetime import date, datetime

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts import readers as people
from luodi.accounts.gate import SignedIn, needs, require, verdict
from luodi.debts import actions, readers
from luodi.debts.readers import DebtRow
from luodi.desk.asked import attempt, day, key, new_key, status
from luodi.desk.charting import answers
from luodi.desk.owing import acts, telling
from luodi.desk.owing.acts import VERBS, Mark
from luodi.desk.reach import reach
from luodi.desk.views import found
from luodi.domain.clock.deferral import deferral_rule
from luodi.domain.handling.breaching import penalties
from luodi.domain.vocabulary import Refusal
from luodi.projects import readers as projects
from luodi.zones import readers as zones

PAGE = 50
LISTS = {"": False, "settled": True, "all": None}
"""What `state` in the address means beside the states themselves: still owed, settled, both."""


@require_GET
@needs("debt.read")
def debts(request: SignedIn) -> HttpResponse:
    """What is owed in the zones in reach, what is due first on top.  Three queries."""
    return render(request, "owing/debts_list.html", _listed(request, None))


@require_GET
@needs("debt.read")
def project_debts(request: SignedIn, slug: str) -> HttpResponse:
    """What one project owes.  Seven queries."""
    return _of_project(request, slug, None)


def _of_project(request: SignedIn, slug: str, refused: Refusal | None) -> HttpResponse:
    project = found(request, slug, "debt.read")
    context = _listed(request, project) | _letter_form(request, project)
    typed = request.POST if refused else {}
    context |= {"refused": refused, "typed": typed, "ticked": request.POST.getlist("accepted_by") if refused else []}
    return render(request, "owing/debts_list.html", context, status=status(refused))


def _listed(request: SignedIn, project: projects.Recorded | None) -> dict[str, object]:
    asked = {name: request.GET.get(name, "").strip()[:64] for name in ("kind", "state", "project", "after")}
    kind = asked["kind"] if asked["kind"] in telling.KINDS else None
    state = asked["state"] if asked["state"] in telling.STATES else None
    limits = reach(request, "debt.read") if project is None else None
    rows = readers.owed(
        today=today_of(request), slug=project.slug if project else asked["project"] or None,
        zones=limits.zones if limits else None, slugs=limits.slugs if limits else None, kind=kind, state=state,
        settled=LISTS.get(asked["state"], False), after=_after(asked["after"]), limit=PAGE + 1, as_of=request.as_of,
    )  # fmt: skip
    shown = rows[:PAGE]
    near = {one.zone for one in shown}
    return {
        "project": project,
        "rows": shown,
        "more": f"{shown[-1].due}~{shown[-1].id}" if len(rows) > PAGE else "",
        "asked_for": asked,
        "units": {one.code: one.name for one in people.organisations(zones={*near, ""})} if shown else {},
        "telling": telling,
        "refused": None,
        "place": "debts",
    }


def _letter_form(request: SignedIn, project: projects.Recorded) -> dict[str, object]:
    """The letters that matters of the catalogue accept, and which of them this unit may issue.  One query."""
    matters = answers.catalogue().matters
    accepting = {id_: one.letter for id_, one in matters.items() if one.letter is not None}
    replaced = {letter.replaces for letter in accepting.values()}
    able = zones.deciders(project.zone, timezone.localdate(request.now), replaced)
    ours = [id_ for id_ in replaced if id_ in able and able[id_].organisation == request.acting.organisation]
    said = verdict(request.acting, "debt.check", organisation=request.acting.organisation)
    return {
        "may_issue": project.live and bool(ours) and said.allowed and request.as_of is None,
        "replaceable": [(id_, matters[id_].name) for id_ in sorted(ours)],
        "accepting": [(matters[id_], letter) for id_, letter in accepting.items() if letter.replaces in ours],
        "key": new_key(),
    }


@require_POST
@needs("debt.check")
def issue_letter(request: SignedIn, slug: str) -> HttpResponseBase:
    """The unit that decides on the certificate lets a letter stand for it."""
    project = found(request, slug, "debt.read")
    sent = request.POST

    def act() -> None:
        replaces = sent.get("replaces", "")
        if replaces not in answers.catalogue().matters:
            raise Refusal("choice_missing", field="replaces")
        able = zones.decider(replaces, project.zone, timezone.localdate(request.now))
        require(request.acting, "debt.check", zone=project.zone, organisation=able.organisation if able else 0)
        accepted = [one for one in sent.getlist("accepted_by") if one in answers.catalogue().matters]
        actions.issue_letter(
            project=project.id, zone=project.zone, replaces=replaces, accepted_by=accepted,
            text=sent.get("text", ""), expires=day(sent, "expires"), by=request.acting, at=request.now, key=key(sent),
        )  # fmt: skip

    refused = attempt(act)
    return _of_project(request, slug, refused) if refused else redirect("project_debts", slug=slug)


@require_GET
@needs("debt.read")
def debt(request: SignedIn, debt: int) -> HttpResponse:
    """One debt: what was promised, who checks, what was done, what may be done next.  Four queries."""
    return _page(request, debt)


@require_POST
@needs("debt.read")
def debt_act(request: SignedIn, debt: int, verb: str) -> HttpResponseBase:
    """Something is done about a debt."""
    row, team, unit = seen(request, debt)
    wanted = VERBS.get(verb)
    if wanted is None:
        raise Http404(_("No such debt"))

    def act() -> None:
        unit_id = unit.id if unit else None
        require(request.acting, wanted.function, zone=row.zone, organisation=unit_id, project_posts=team)
        mark = Mark(debt=row.id, by=request.acting, at=request.now, key=key(request.POST))
        wanted.do(request.POST, mark)

    refused = attempt(act)
    return _page(request, debt, refused, verb) if refused else redirect("debt", debt=debt)


def seen(request: SignedIn, debt: int) -> tuple[DebtRow, list[int], people.Unit | None]:
    """The debt, if the post may see it; the project's team; the organisation that checks.  Three queries."""
    row = readers.one(debt, today_of(request))
    if row is None or (request.as_of and row.since > request.as_of):
        raise Http404(_("No such debt"))
    team = [one.post for one in projects.team(row.project, timezone.localdate(request.now))]
    require(request.acting, "debt.read", zone=row.zone, project_posts=team)
    return row, team, people.organisation(row.checker) if row.checker else None


def _page(request: SignedIn, debt: int, refused: Refusal | None = None, verb: str = "") -> HttpResponse:
    row, team, unit = seen(request, debt)
    steps = readers.steps(debt, as_of=request.as_of)
    row = telling.then(row, steps) if request.as_of else row
    today = today_of(request)
    offers = (
        acts.offers(row, request.acting, today=today, unit=unit.id if unit else None, team=team)
        if request.as_of is None
        else ()
    )
    rung = acts.rung_to_take(row, today)
    context: Mapping[str, object] = {
        "row": row,
        "steps": steps,
        "offers": offers,
        "rung": rung,
        "ladder": telling.rungs(row, steps, rung) if row.kind == "commitment" else (),
        "penalties": penalties(row.matter) if row.kind == "commitment" else (),
        "rule": deferral_rule(),
        "rules": answers.catalogue(),
        "checker": unit.name if unit else "",
        "why": verdict(request.acting, "debt.read", zone=row.zone, project_posts=team).words,
        "telling": telling,
        "today": today,
        "refused": refused,
        "refused_verb": verb,
        "typed": request.POST if refused else {},
        "key": new_key(),
        "place": "debts",
    }
    return render(request, "owing/debt.html", context, status=status(refused))


def today_of(request: SignedIn) -> date:
    """The day debts are counted on: today, or the day the address asks for, in Shanxi."""
    moment: datetime = request.as_of or request.now
    return timezone.localdate(moment)


def _after(text: str) -> tuple[date, int] | None:
    """Where the list before ended, as its link says it; anything else starts at the top."""
    written, _sep, number = text.partition("~")
    if not (number.isdigit() and len(number) < 19):
        return None
    try:
        return date.fromisoformat(written), int(number)
    except ValueError:
        return None
