"""The page of one lead, and what is done there."""

from collections.abc import Callable, Iterator

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts import readers as accounts
from luodi.accounts.gate import SignedIn, needs, require, verdict
from luodi.accounts.offices import kind_name
from luodi.desk.asked import attempt, day, given, key, new_key, number, status
from luodi.desk.pipeline.views import shared, today_of
from luodi.domain.leads import credit
from luodi.domain.leads.credit import share
from luodi.domain.vocabulary import Refusal, Text
from luodi.leads import actions, crediting, history, joining, landing, meetings, people, readers
from luodi.leads.crediting import Share
from luodi.leads.readers import Row

PARTIES = 4
"""Parties the form for shares has room for."""


@require_GET
@needs("lead.read")
def lead(request: SignedIn, lead: int) -> HttpResponse:
    """A lead: where it stands, what comes next, what was said, whose credit it is, and its whole life.  Eleven queries."""
    return page(request, seen(request, lead))


@require_POST
@needs("lead.write")
def act(request: SignedIn, lead: int, verb: str) -> HttpResponseBase:
    """Do one thing with a lead; what was typed comes back where it is refused."""
    row = seen(request, lead)
    if verb not in VERBS:
        raise Http404(_("No such act"))
    require(request.acting, "lead.write", zone=row.zone)
    refused = attempt(lambda: VERBS[verb](request, row))
    return page(request, row, refused, verb) if refused else redirect("lead", lead=row.id)


@require_POST
@needs("lead.write")
def open_number(request: SignedIn, lead: int, person: int) -> HttpResponse:
    """Show somebody's telephone number for this once; the zone's readings say who opened it."""
    row = seen(request, lead)
    require(request.acting, "lead.write", zone=row.zone)
    numbers = people.open_number(lead=row.id, person=person, by=request.acting, at=request.now)
    response = page(request, row, opened=(person, *numbers))
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
@needs("project.record")
def land(request: SignedIn, lead: int) -> HttpResponseBase:
    """A lead becomes a project, or is joined with one that is recorded already."""
    row = seen(request, lead)
    require(request.acting, "project.record", zone=row.zone)

    def do() -> None:
        slug = request.POST.get("slug", "").strip()
        if request.POST.get("how") == "join":
            landing.join_project(lead=row.id, project=slug, by=request.acting, at=request.now, key=key(request.POST))
        else:
            landing.become_project(lead=row.id, slug=slug, by=request.acting, at=request.now, key=key(request.POST))

    refused = attempt(do)
    return page(request, row, refused, "land") if refused else redirect("lead", lead=row.id)


def seen(request: SignedIn, number: int) -> Row:
    """The lead, if the post may see it.  Raises 404 where there is none.  One query."""
    row = readers.lead(number, request.as_of)
    if row is None:
        raise Http404(_("No such lead"))
    require(request.acting, "lead.read", zone=row.zone)
    return row


def page(
    request: SignedIn,
    row: Row,
    refused: Refusal | None = None,
    about: str = "",
    opened: tuple[int, str, str] | None = None,
) -> HttpResponse:
    """The page of a lead, with what was typed where an act was refused; `about`: which form that was."""
    then = request.as_of
    turns, today = history.turns(row.id, then), today_of(request)
    may = verdict(request.acting, "lead.write", zone=row.zone)
    context = {
        "row": row,
        "turns": turns,
        "gaps": history.unowned(row, turns, today),
        "credits": history.credits_of(row.id, then),
        "people": history.people_of(row.id, then),
        "meetings": meetings.meetings(request.acting.reach, lead=row.id, as_of=then),
        "counted_with": next(in_reach(request, readers.lead(row.same, then) if row.same else None), None),
        "joined": list(in_reach(request, *readers.joined_with(row.id, then))),
        "alike": readers.alike(row.company, row.uscc, but=row.id, as_of=then),
        "posts": posts(row.zone, request) if may.allowed else [],
        "others": others(request, row) if may.allowed else [],
        "parties": range(1, PARTIES + 1),
        "percent": credit.said,
        "refused": refused,
        "about": about,
        "opened": opened,
        "typed": request.POST if refused else {},
        "key": new_key(),
        **shared(request, None),
        "may": may,
        "may_land": verdict(request.acting, "project.record", zone=row.zone).allowed,
    }
    return render(request, "pipeline/lead.html", context, status=status(refused))


def posts(zone: str, request: SignedIn) -> list[tuple[int, Text]]:
    """Who may answer for a lead of a zone: whoever may write leads there today."""
    on = timezone.localdate(request.now)
    kinds = ("investment_officer", "leader", "zone_officer", "operator", "navigator")
    found = [one for one in accounts.posts(on=on, zones=(zone,), limit=500) if one.kind in kinds]
    return [
        (one.id, Text(f"{one.name} · {kind_name(one.kind).zh}", f"{one.name} · {kind_name(one.kind).en}"))
        for one in found
    ]


def in_reach(request: SignedIn, *found: Row | None) -> Iterator[Row]:
    """Of some leads those the post may see."""
    reach = request.acting.reach
    return (one for one in found if one is not None and (reach is None or one.zone in reach))


def others(request: SignedIn, row: Row) -> list[tuple[int, Text]]:
    """The leads that one may be the same case as: much alike, in reach, and counted by themselves.  One query."""
    found = [one for one in readers.alike(row.company, row.uscc, but=row.id, limit=50) if one.same is None]
    mine = in_reach(request, *found)
    return [(one.id, Text(*(f"{one.company} · {one.title} · {one.contacted}",) * 2)) for one in mine]


def _same(request: SignedIn, row: Row) -> None:
    sent = request.POST
    into = number(sent, "into") if given(sent, "into") else None
    if into is not None and into not in {one for one, _name in others(request, row)}:
        raise Refusal("choice_missing", field="into")
    joining.join_leads(
        lead=row.id, into=into, note=sent.get("note", ""), by=request.acting, at=request.now, key=key(sent)
    )


def _step(request: SignedIn, row: Row) -> None:
    sent = request.POST
    actions.take_step(
        lead=row.id, step=sent.get("step", ""), due=day(sent, "due") if given(sent, "due") else None,
        stepper=number(sent, "stepper") if given(sent, "stepper") else None, by=request.acting, at=request.now, key=key(sent),
    )  # fmt: skip


def _stage(request: SignedIn, row: Row) -> None:
    sent = request.POST
    actions.reach_stage(
        lead=row.id, stage=sent.get("stage", ""), on=day(sent, "on"), note=sent.get("note", ""), by=request.acting,
        at=request.now, seq=number(sent, "seq"), key=key(sent),
    )  # fmt: skip


def _status(request: SignedIn, row: Row) -> None:
    sent = request.POST
    actions.set_status(
        lead=row.id, status=sent.get("status", ""), reason=sent.get("reason", ""), on=day(sent, "on"),
        note=sent.get("note", ""), rival=sent.get("rival", ""), by=request.acting, at=request.now,
        seq=number(sent, "seq"), key=key(sent),
    )  # fmt: skip


def _owner(request: SignedIn, row: Row) -> None:
    sent = request.POST
    actions.hand_over(
        lead=row.id, owner=number(sent, "owner") if given(sent, "owner") else None, on=day(sent, "on"),
        note=sent.get("note", ""), by=request.acting, at=request.now, seq=number(sent, "seq"), key=key(sent),
    )  # fmt: skip


def _claim(request: SignedIn, row: Row) -> None:
    sent = request.POST
    crediting.claim_contact(
        lead=row.id, name=sent.get("name", ""), on=day(sent, "on"), evidence=sent.get("evidence", ""), by=request.acting,
        at=request.now, key=key(sent),
    )  # fmt: skip


def _share(request: SignedIn, row: Row) -> None:
    sent = request.POST
    named = [place for place in range(1, PARTIES + 1) if given(sent, f"party{place}")]
    shares = [Share(sent[f"party{place}"], share(sent.get(f"share{place}", ""), f"share{place}")) for place in named]
    crediting.share_credit(
        lead=row.id, shares=shares, on=day(sent, "on"), ground=sent.get("ground", ""), by=request.acting, at=request.now,
        key=key(sent),
    )  # fmt: skip


def _person(request: SignedIn, row: Row) -> None:
    sent = request.POST
    people.add_person(
        lead=row.id, name=sent.get("name", ""), role=sent.get("role", ""), telephone=sent.get("telephone", ""),
        address=sent.get("address", ""), by=request.acting, at=request.now, key=key(sent),
    )  # fmt: skip


def _score(request: SignedIn, row: Row) -> None:
    sent = request.POST
    written = [sent.get(f"mark_{name}", "") for name in ("eye", "mouth", "hand", "foot")]
    marks = [int(one) if one in ("1", "2", "3", "4", "5") else 0 for one in written]
    actions.score(lead=row.id, marks=marks, note=sent.get("note", ""), by=request.acting, at=request.now, key=key(sent))


VERBS: dict[str, Callable[[SignedIn, Row], None]] = {
    "step": _step, "stage": _stage, "status": _status, "owner": _owner, "claim": _claim, "share": _share, "person": _person,
    "score": _score, "same": _same,
}  # fmt: skip
