"""The one form: its fields, the drafts, what is wrong and what it does; the applications filled from it, and the papers."""

from datetime import date, datetime

from django.http import HttpResponse
from django.utils import timezone
from pydantic import Field

from luodi.accounts.gate import SignedIn
from luodi.api.doors import file, files, reads
from luodi.api.problems import Words
from luodi.api.shapes import Numbered, Shape, Slug
from luodi.domain.documents.filetypes import SORTS
from luodi.domain.facts.fields import the_form
from luodi.domain.vocabulary import Refusal
from luodi.exchange.sheets.telling import speak
from luodi.papers import applying, attaching, drafts
from luodi.papers.answering import answered
from luodi.papers.applying import Affected
from luodi.papers.submitting import review
from luodi.portal import form_paper_views
from luodi.portal.form_reach import found
from luodi.projects import readers as projects

TAG = "forms"
PDF = "application/pdf"


class FormField(Shape):
    """A field of the form.  Places are written `id`, `id.part`, or `id.0.part` in a list."""

    id: str
    no: int | None
    page: int | None
    name: Words
    type: str
    unit: str | None
    required: bool
    choices: list[Words]
    parts: list[str]
    help: Words | None


class FormRow(Shape):
    """A form in a list.  `filled`: fields with something in them; `waiting`: places the enterprise has to confirm."""

    slug: str
    phase: int
    name: str
    zone: str
    filled: int
    waiting: int
    changed: datetime
    sent_at: datetime | None


class Typed(Shape):
    """What stands at a place, who typed it, and who of the enterprise stood for it.

    `origin`: own (the enterprise), for (somebody for it), registry, file or phase.
    """

    words: str
    who: str
    at: datetime | None
    origin: str
    confirmed: str


class Wrong(Shape):
    """What is wrong at a place."""

    place: str
    code: str
    words: Words


class Touched(Shape):
    """What handing in does to applications: first issued, issued anew with the inputs that differ, ended."""

    first: list[str]
    anew: dict[str, list[str]]
    ended: list[str]


class Mandate(Shape):
    """Whom the enterprise lets fill in the form for it."""

    post: int
    who: str
    since: datetime
    by: str


class FormWhole(Shape):
    """A form as it stands.  `seq`: to be named when it is saved or handed in; a sealed part is never told.

    `matters`, `finish`, `days`: what follows from the answers; `affected`: null while something is wrong.
    """

    slug: str
    first: str
    phase: int
    zone: str
    applicant: int
    seq: int
    changed: datetime
    sent_at: datetime | None
    places: dict[str, Typed]
    waiting: list[str]
    mandate: Mandate | None
    wrong: list[Wrong] = Field(description="Everything that stands in the way of handing in, at once")
    matters: list[str]
    finish: date | None
    days: int | None
    assumed: list[str]
    affected: Touched | None


class ApplicationLine(Shape):
    """One input of an application, and where its value comes from."""

    input: str
    name: Words
    value: str
    basis: str
    source: Words


class Application(Shape):
    """The application for a matter in force.  `changed`: inputs that differ from the version before."""

    matter: str
    version: int
    lines: list[ApplicationLine]
    changed: list[str]
    issued_at: datetime


class Attachment(Shape):
    """A paper: the matters that use it (none: all may); `again`: the same bytes had been handed in before."""

    id: int
    sha256: str
    name: str
    kind: str
    size: int
    matters: list[str]
    who: str
    at: datetime
    again: bool


@reads(TAG, "/form-fields", "form.write", list[FormField], dated=False)
def form_fields(request: SignedIn) -> list[dict[str, object]]:
    """The 28 fields of the form in their order.  No query."""
    names = ("id", "no", "page", "name", "type", "unit", "required", "choices", "help")
    return [
        {name: getattr(one, name) for name in names} | {"parts": list(one.parts)} for one in the_form().fields.values()
    ]


@reads(TAG, "/forms", "form.write", list[FormRow], dated=False)
def forms(request: SignedIn) -> object:
    """The forms of the enterprise, those the post has begun, and those of its projects; last changed first.  Two queries."""
    acting, on = request.acting, timezone.localdate(request.now)
    mine = projects.mine(post=acting.post, organisation=acting.organisation, on=on)
    return drafts.drafts_of(organisation=acting.organisation, post=acting.post, slugs=[one.slug for one in mine])


@reads(TAG, "/forms/{slug:slug}", "form.write", FormWhole, dated=False)
def form(request: SignedIn, slug: Slug) -> dict[str, object]:
    """One form with everything typed, what is wrong, and what follows.  Eight queries at most."""
    found(request, slug)
    return told(request, slug)


def told(request: SignedIn, slug: str) -> dict[str, object]:
    """A form as the interface has it."""
    seen = review(slug, at=request.now)
    draft = seen.draft
    project = projects.project(slug) if draft.sent_at else None
    answer = answered(draft.words, project.document if project else None, timezone.localdate(request.now))
    names = ("slug", "first", "phase", "zone", "applicant", "seq", "changed", "sent_at", "waiting", "mandate")
    places = {
        place: {
            "words": words, "who": one.who if one else "", "at": one.at if one else None,
            "origin": one.origin if one else "", "confirmed": one.confirmed if one else "",
        }
        for place, words in draft.words.items() for one in (draft.typists.get(place),)
    }  # fmt: skip
    return {name: getattr(draft, name) for name in names} | {
        "places": places, "matters": answer.matters, "finish": answer.finish, "days": answer.days,
        "assumed": answer.assumed, "affected": touched(seen.affected) if seen.affected else None,
        "wrong": [wrong(place, one) for place, faults in seen.checked.wrong.items() for one in faults],
    }  # fmt: skip


def wrong(place: str, one: Refusal) -> dict[str, object]:
    """What is wrong at a place, in words."""
    words = Words(zh=speak(one.code, one.facts, "zh"), en=speak(one.code, one.facts, "en"))
    return {"place": place, "code": one.code, "words": words}


def touched(one: Affected) -> dict[str, object]:
    """What handing in does to applications."""
    return {
        "first": one.first,
        "anew": {matter: list(inputs) for matter, inputs in one.anew.items()},
        "ended": one.ended,
    }


@reads(TAG, "/forms/{slug:slug}/applications", "form.write", list[Application], dated=False)
def applications(request: SignedIn, slug: Slug) -> object:
    """The applications in force, in the order of the catalogue.  Three queries."""
    found(request, slug)
    return list(applying.in_force(slug).values())


@files(TAG, "/forms/{slug:slug}/applications/{slug:matter}", "case.read", PDF)
def application(request: SignedIn, slug: Slug, matter: Slug) -> HttpResponse:
    """The application for a matter in force as PDF/A, each value with its source.  Six queries."""
    return form_paper_views.form_application(request, slug, matter)  # type: ignore[return-value]  # the page's own answer


@reads(TAG, "/forms/{slug:slug}/attachments", "form.write", list[Attachment], dated=False)
def attachments(request: SignedIn, slug: Slug) -> object:
    """The papers of all phases of the project, newest first.  Three queries."""
    return attaching.attachments(found(request, slug).first)


@files(
    TAG, "/forms/{slug:slug}/attachments/{int:attachment}", "case.read", *sorted({one.media for one in SORTS.values()})
)
def attachment(request: SignedIn, slug: Slug, attachment: Numbered) -> HttpResponse:
    """A paper as the file it was handed in as.  Three queries."""
    kept = attaching.attachment(found(request, slug, "case.read").first, attachment)
    if kept is None:
        raise Refusal("api_not_found")
    return file(attaching.content(kept), kept.name, kept.media)
