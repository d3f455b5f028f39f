"""The one form begun, typed, confirmed, handed in; its mandate, its phases, and the papers that go with it."""

from typing import Annotated

from django.utils import timezone
from ninja import File, Form, UploadedFile
from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn
from luodi.api import doors
from luodi.api.acts.projects import Happened, Matter
from luodi.api.reads.forms import Attachment, Touched, touched
from luodi.api.shapes import Number, Numbered, Shape, Slug
from luodi.domain.vocabulary import Refusal
from luodi.papers import attaching, drafting, submitting
from luodi.portal.form_reach import found
from luodi.projects import readers as projects
from luodi.zones import readers as zones

TAG = "forms"
DONE = {"done": True}
Place = Annotated[str, Field(pattern="^[a-z0-9_.]{1,80}$")]


class Begin(BaseModel, extra="forbid"):
    """A form for a project that was recorded without one (`project`), or for a new project in a zone.

    `applicant`: number of the enterprise; one acting for the enterprise itself leaves it out.
    """

    project: Annotated[str, Field(max_length=64)] | None = None
    zone: Annotated[str, Field(max_length=64)] = ""
    applicant: Number | None = None


class Begun(Shape):
    """Under which short name the form is found again."""

    slug: str


class TypedWords(BaseModel, extra="forbid"):
    """What was typed, place by place; `seq`: the form's when it was read."""

    seq: int = Field(ge=0, le=2**31 - 1)
    words: dict[Place, Annotated[str, Field(max_length=drafting.LONGEST_BOUNDARY)]] = Field(max_length=400)


class SavedForm(Shape):
    """What was taken.  `others`: places somebody else has changed meanwhile, with what stands there: nothing is written over."""

    seq: int
    places: list[str]
    others: dict[str, str]


class Confirmation(BaseModel, extra="forbid"):
    """The places the enterprise stands for; null: all that were typed for it."""

    places: list[Place] | None = Field(default=None, max_length=400)


class Confirmed(Shape):
    """How many places were confirmed."""

    count: int


class Holder(BaseModel, extra="forbid"):
    """The post of the navigator who may fill in the form; null ends the mandate."""

    post: Number | None


class HandingIn(BaseModel, extra="forbid"):
    """The form's `seq` when it was read."""

    seq: int = Field(ge=0, le=2**31 - 1)


class HandedIn(Shape):
    """What handing in did.  `moved_days`: calendar days by which the end of the project moved."""

    slug: str
    affected: Touched
    moved_days: int


@doors.acts(TAG, "/forms", "form.write", Begun)
def begin_form(request: SignedIn, sent: Begin) -> dict[str, str]:
    """Begin a form: of a new project, or of one that was recorded without."""
    acting, on = request.acting, timezone.localdate(request.now)
    with doors.once(request):
        if sent.project is not None:
            mine = projects.mine(post=acting.post, organisation=acting.organisation, on=on)
            if sent.project not in {one.slug for one in mine}:
                raise Refusal("form_unknown", slug=sent.project[:64])
            drafting.take_up(slug=sent.project, by=acting, at=request.now)
            return {"slug": sent.project}
        applicant = acting.organisation if acting.kind == "enterprise_agent" else sent.applicant
        if applicant is None:
            raise Refusal("choice_missing", field="applicant")
        if sent.zone not in {one.id for one in zones.zones(on)}:
            raise Refusal("choice_missing", field="zone")
        return {"slug": drafting.begin(zone=sent.zone, applicant=applicant, by=acting, at=request.now)}


@doors.acts(TAG, "/forms/{slug:slug}", "form.write", SavedForm, method="PUT")
def save_form(request: SignedIn, slug: Slug, sent: TypedWords) -> object:
    """Keep what was typed; wrong answers are kept too, and told by the form.  Saving the same again changes nothing."""
    found(request, slug)
    return drafting.save(slug=slug, sent=sent.words, seen=sent.seq, by=request.acting, at=request.now)


@doors.acts(TAG, "/forms/{slug:slug}/confirm", "form.confirm", Confirmed)
def confirm_form(request: SignedIn, slug: Slug, sent: Confirmation) -> dict[str, int]:
    """The enterprise stands for what was typed for it; what was confirmed stays so."""
    found(request, slug, "form.confirm")
    return {"count": drafting.confirm(slug=slug, places=sent.places, by=request.acting, at=request.now)}


@doors.acts(TAG, "/forms/{slug:slug}/mandate", "form.confirm", Happened)
def give_mandate(request: SignedIn, slug: Slug, sent: Holder) -> dict[str, bool]:
    """The enterprise gives a navigator its mandate, or takes it back."""
    found(request, slug, "form.confirm")
    with doors.once(request):
        if sent.post is None:
            drafting.end_mandate(slug=slug, by=request.acting, at=request.now)
        else:
            drafting.give_mandate(slug=slug, post=sent.post, by=request.acting, at=request.now)
    return DONE


@doors.acts(TAG, "/forms/{slug:slug}/phases", "form.write", Begun)
def begin_phase(request: SignedIn, slug: Slug) -> dict[str, str]:
    """Begin the form of the next phase: it starts with what all phases share."""
    found(request, slug)
    with doors.once(request):
        return {"slug": drafting.begin_phase(slug=slug, by=request.acting, at=request.now)}


@doors.acts(TAG, "/forms/{slug:slug}/submit", "form.confirm", HandedIn)
def submit_form(request: SignedIn, slug: Slug, sent: HandingIn) -> dict[str, object]:
    """Hand the form in: the project's file gets a dated revision, every application it touches is issued anew."""
    found(request, slug, "form.confirm")
    done = submitting.submit(
        slug=slug, seq=sent.seq, by=request.acting, at=request.now, key=doors.key(request)
    )  # fmt: skip
    return {"slug": done.slug, "affected": touched(done.affected), "moved_days": done.moved_days}


@doors.acts(TAG, "/forms/{slug:slug}/attachments", "form.write", Attachment)
def attach(request: SignedIn, slug: Slug, file: File[UploadedFile], matters: Form[list[Matter]] = []) -> object:  # noqa: B006 - ninja copies it
    """Hand a paper in, for these matters; the same bytes again are the same paper, for more matters."""
    draft = found(request, slug)
    if file.file is None:
        raise Refusal("file_missing_here", field="file")
    return attaching.attach(
        draft=draft, name=file.name or "", file=file.file, size=file.size or 0, matters=matters, by=request.acting,
        at=request.now,
    )  # fmt: skip


@doors.acts(TAG, "/forms/{slug:slug}/attachments/{int:attachment}/remove", "form.write", Happened)
def detach(request: SignedIn, slug: Slug, attachment: Numbered) -> dict[str, bool]:
    """Take a paper away; the record still names it."""
    draft = found(request, slug)
    with doors.once(request):
        attaching.detach(draft=draft, number=attachment, by=request.acting, at=request.now)
    return DONE
