"""One act on many rows: what it would do to each, the doing with its progress, and taking it back."""

from collections.abc import Mapping

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts import gate
from luodi.accounts.gate import SignedIn, needs
from luodi.desk import asked
from luodi.desk.looking import asking_verb, case_verbs, project_verbs
from luodi.desk.looking.verbs import Given, Moment, Verb
from luodi.domain.vocabulary import Refusal
from luodi.finding import many
from luodi.finding import readers as finding
from luodi.finding.many import Chosen

VERBS: Mapping[str, Verb] = {
    one.id: one for one in (case_verbs.ASSIGN, case_verbs.REMIND, asking_verb.ASK, project_verbs.JOIN)
}


@require_GET
@needs("project.read")
def preview(request: SignedIn, verb: str) -> HttpResponse:
    """What the act would do to each chosen row, and why it cannot be done to others.  Some ten queries for each."""
    return _preview(request, verb, request.GET)


def _preview(request: SignedIn, verb: str, sent: QueryDict, refused: Refusal | None = None) -> HttpResponse:
    known, moment = _verb(request, verb), Moment(request.acting, request.now)
    rows = chosen(sent)
    given: Given | None = None
    if "ready" in sent:
        try:
            given = known.given(sent, moment)
        except Refusal as fault:
            refused = refused or fault
    effects = [known.weigh(moment, row, given) for row in rows[: many.MOST]]
    if len(rows) > many.MOST:
        refused = refused or Refusal("bulk_too_many", most=many.MOST)
    context = {
        "verb": known,
        "effects": effects,
        "able": sum(one.able for one in effects),
        "fields": known.fields(moment, effects),
        "given": given,
        "sent": sent,
        "refused": refused,
        "back": back(sent, known),
        "key": asked.new_key(),
        "place": known.place,
    }
    return render(request, "looking/many.html", context, status=asked.status(refused))


@require_POST
@needs("project.read")
def begin(request: SignedIn, verb: str) -> HttpResponse:
    """Have it done to the chosen rows, each as it was shown; the worker does it, and the page tells how far it is."""
    from luodi.desk.looking import jobs  # the jobs know the verbs

    known, sent = _verb(request, verb), request.POST
    try:
        given = known.given(sent, Moment(request.acting, request.now))
        rows = [Chosen(row, _seq(sent, row)) for row in chosen(sent)]
        with transaction.atomic():
            number = many.begin(
                verb=verb, rows=rows, given=given, back=back(sent, known), by=request.acting, at=request.now,
                key=asked.key(sent) or asked.new_key(),
            )  # fmt: skip
            jobs.carry_out.enqueue(number)
    except Refusal as refused:
        return _preview(request, verb, sent, refused)
    return HttpResponseRedirect(reverse("many_job", args=[number]))


@require_GET
@needs("project.read")
def job(request: SignedIn, job: int) -> HttpResponse:
    """How far it is, and what became of each row.  Four queries and one for each refused row shown."""
    return _job(request, job)


@require_POST
@needs("project.read")
def undo(request: SignedIn, job: int) -> HttpResponse:
    """Take it back: counter-entries for every row on which nothing followed."""
    from luodi.desk.looking import jobs  # the jobs know the verbs

    try:
        verb = VERBS[many.job(job, post=request.acting.post).verb]
        _undoable(verb)
        with transaction.atomic():
            many.begin_undo(job, by=request.acting, at=request.now)
            jobs.take_back.enqueue(job)
    except Refusal as refused:
        if refused.code == "bulk_gone":
            raise Http404 from None
        return _job(request, job, refused)
    return HttpResponseRedirect(reverse("many_job", args=[job]))


def _undoable(verb: Verb) -> None:
    if verb.undo is None:
        raise Refusal("bulk_cannot_be_undone")


def _job(request: SignedIn, number: int, refused: Refusal | None = None) -> HttpResponse:
    try:
        found = many.job(number, post=request.acting.post)
    except Refusal:
        raise Http404 from None
    verb, steps = VERBS[found.verb], many.steps(number)
    context = {
        "job": found,
        "verb": verb,
        "steps": steps,
        "names": finding.named("case" if verb.list == "inbox" else "project", [one.row for one in steps]),
        "undoable": verb.undo is not None
        and not found.running
        and found.undone_at is None
        and found.counts.get(many.DONE),
        "refused": refused,
        "back": found.back or reverse(verb.list),
        "place": verb.place,
    }
    part = "HX-Request" in request.headers
    return render(
        request, "looking/many_rows.html" if part else "looking/many_job.html", context, status=asked.status(refused)
    )


def chosen(sent: QueryDict) -> list[str]:
    """The chosen rows, each once; lists name them `row`, the inbox `case`."""
    return list(dict.fromkeys(one[:80] for one in (*sent.getlist("row"), *sent.getlist("case"))))


def back(sent: QueryDict, verb: Verb) -> str:
    """The list the choice was made in, with its filters."""
    said = sent.get("back", "")
    return reverse(verb.list) + (said if said.startswith("?") else "")


def _seq(sent: QueryDict, row: str) -> int:
    return asked.number(sent, f"seq-{row}")


def _verb(request: SignedIn, verb: str) -> Verb:
    known = VERBS.get(verb)
    if known is None:
        raise Http404
    gate.require(request.acting, known.function)
    return known
