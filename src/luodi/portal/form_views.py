"""The one form, page by page: typed, kept as it is typed, and what each answer means said at once."""

from collections.abc import Mapping

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.accounts import readers as accounts
from luodi.accounts.gate import SignedIn, needs
from luodi.desk.asked import attempt, number
from luodi.desk.charting import answers
from luodi.desk.tongue import language
from luodi.domain.facts.boundary import Boundary
from luodi.domain.facts.fields import the_form
from luodi.domain.facts.form import amount
from luodi.domain.facts.geojson import compact
from luodi.domain.facts.typed import Checked, check, known
from luodi.domain.vocabulary import Refusal
from luodi.papers import drafting, drafts
from luodi.papers.answering import Answer, Difference, answered, difference
from luodi.papers.drafting import Saved
from luodi.papers.drafts import Held
from luodi.portal import boundary_sheet, form_fields
from luodi.portal.boundary_picture import picture
from luodi.portal.form_reach import found, ours
from luodi.projects import readers as projects
from luodi.zones import readers as zones

LARGEST_BOUNDARY = 2_000_000
NOTHING: Mapping[str, str] = {}


@require_GET
@needs("form.write")
def forms(request: SignedIn) -> HttpResponse:
    """The forms of an enterprise or navigator, projects that have none yet, and how to begin one.  Six queries."""
    return _forms(request)


def _forms(request: SignedIn, refused: Refusal | None = None) -> HttpResponse:
    acting, on = request.acting, timezone.localdate(request.now)
    mine = projects.mine(post=acting.post, organisation=acting.organisation, on=on)
    listed = drafts.drafts_of(organisation=acting.organisation, post=acting.post, slugs=[one.slug for one in mine])
    have = {one.slug for one in listed}
    for_others = acting.kind != "enterprise_agent"
    units = accounts.organisations(kind="enterprise", on=on) if for_others else ()
    everywhere = acting.reach is None or not for_others
    context = {
        "forms": listed, "bare": [one for one in mine if one.slug not in have],
        "units": [(one.id, one.name) for one in units],
        "zones": [(one.id, one.name) for one in zones.zones(on) if everywhere or one.id in (acting.reach or ())],
        "for_others": for_others, "refused": refused, "typed": request.POST if refused else {},
        "fields_count": len(the_form().fields), "place": "forms",
    }  # fmt: skip
    return render(request, "portal/forms.html", context, status=400 if refused else 200)


@require_POST
@needs("form.write")
def begin(request: SignedIn) -> HttpResponseBase:
    """Begin a form: of a new project, or of one that was recorded without."""
    made: list[str] = []

    def act() -> None:
        if slug := request.POST.get("project", ""):
            if slug not in {one.slug for one in _projects(request)}:
                raise Refusal("form_unknown", slug=slug[:64])
            drafting.take_up(slug=slug, by=request.acting, at=request.now)
            made.append(slug)
            return
        agent = request.acting.kind == "enterprise_agent"
        applicant = request.acting.organisation if agent else number(request.POST, "applicant")
        zone = request.POST.get("zone", "")
        if zone not in {one.id for one in zones.zones(timezone.localdate(request.now))}:
            raise Refusal("choice_missing", field="zone")
        made.append(drafting.begin(zone=zone, applicant=applicant, by=request.acting, at=request.now))

    refused = attempt(act)
    return _forms(request, refused) if refused else redirect("form", slug=made[0])


@require_GET
@needs("form.write")
def form(request: SignedIn, slug: str) -> HttpResponseBase:
    """Go on where it was left: the first page with something still to do.  A project without a form gets one first."""
    if drafts.draft(slug) is None and slug in {one.slug for one in _projects(request)}:
        return redirect("forms")
    draft = found(request, slug)
    wrong = _checked(draft).wrong
    for step in form_fields.steps(draft, wrong, "zh"):
        if step.filled < step.fields or step.wrong:
            return redirect("form_page", slug=slug, page=step.page)
    return redirect("form_check", slug=slug)


@require_http_methods(["GET", "POST"])
@needs("form.write")
def form_page(request: SignedIn, slug: str, page: int) -> HttpResponseBase:
    """A page of the form; its button keeps what was typed and goes on, without JavaScript too."""
    draft = found(request, slug)
    pages = tuple(the_form().pages)
    if page not in pages:
        return redirect("form", slug=slug)
    if request.method != "POST":
        return _page(request, draft, page)
    typed = boundary_sheet.with_corners(_typed(request.POST), request.POST, draft.words.get(boundary_sheet.FIELD, ""))
    kept: list[Saved] = []
    refused = attempt(lambda: kept.append(_save(request, slug, typed)))
    if refused is None and "boundary" in request.POST:
        refused = attempt(lambda: _take_boundary(request, slug))
    draft = found(request, slug)
    wrong = _checked(draft).wrong
    here = {field.id for field in the_form().fields.values() if field.page == page}
    faulty = any(place.partition(".")[0] in here for place in wrong)
    others = kept[0].others if kept else NOTHING
    if refused or others or (faulty and "on" in request.POST):
        return _page(request, draft, page, refused=refused, typed=typed if refused else NOTHING, others=others)
    if "on" not in request.POST:
        return redirect("form_page", slug=slug, page=page)
    later = [one for one in pages if one > page]
    return redirect("form_page", slug=slug, page=later[0]) if later else redirect("form_check", slug=slug)


@require_POST
@needs("form.write")
def form_save(request: SignedIn, slug: str) -> HttpResponse:
    """Keep what has just been typed: the part of the page that says so, and what the answer means."""
    before = found(request, slug)
    saved = _save(request, slug, _typed(request.POST))
    draft = drafts.draft(slug) or before
    page = request.POST.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 3 else 1
    document = _document(draft)
    was, now = _answer(request, before, document), _answer(request, draft, document)
    checked = _checked(draft)
    context = {
        "rows": form_fields.asked(number, draft, checked.wrong, NOTHING, saved.others), "ours": ours(request, draft),
        "answer": now, "rules": answers.catalogue(), "change": difference(was, now), "seq": saved.seq,
        "declared": amount(checked.values, "land_area"), "now": request.now,
    }  # fmt: skip
    return render(request, "portal/form_saved.html", context)


def _page(
    request: SignedIn, draft: Held, page: int, *, refused: Refusal | None = None, typed: Mapping[str, str] = NOTHING,
    others: Mapping[str, str] = NOTHING,
) -> HttpResponse:  # fmt: skip
    context = _context(request, draft, page, typed=typed, others=others)
    status = 400 if refused else 409 if others else 200
    return render(request, "portal/form.html", context | {"refused": refused}, status=status)


def _context(
    request: SignedIn,
    draft: Held,
    page: int,
    *,
    typed: Mapping[str, str] = NOTHING,
    others: Mapping[str, str] = NOTHING,
) -> dict[str, object]:
    """What a page of the form shows."""
    checked = _checked(draft)
    boundary = checked.values.get(boundary_sheet.FIELD)
    zone = zones.zone(draft.zone)
    document = _document(draft)
    answer = _answer(request, draft, document)
    return {
        "draft": draft, "page": page, "pages": tuple(the_form().pages), "seq": draft.seq,
        "rows": form_fields.asked(page, draft, checked.wrong, typed, others),
        "steps": form_fields.steps(draft, checked.wrong, language()),
        "phases": drafts.phases(draft.first), "ours": ours(request, draft), "others": others,
        "answer": answer, "rules": answers.catalogue(), "change": _since_sent(request, draft, answer, document),
        "plot": boundary if isinstance(boundary, Boundary) else None, "picture": picture,
        "sheet": boundary_sheet.sheet(
            zone.city if zone else "", draft.words.get(boundary_sheet.FIELD, ""), checked.values
        ),
        "help_of": form_fields.help_of, "units_of": form_fields.units_of, "unit_shown": form_fields.unit_shown,
        "place": "forms", "now": request.now,
    }  # fmt: skip


def _since_sent(request: SignedIn, draft: Held, answer: Answer, document: str | None) -> Difference | None:
    """What the changes since the form was handed in amount to."""
    if draft.sent_at is None or not draft.changed_places:
        return None
    return difference(answered(draft.sent, document, timezone.localdate(request.now)), answer)


def _answer(request: SignedIn, draft: Held, document: str | None) -> Answer:
    return answered(draft.words, document, timezone.localdate(request.now))


def _document(draft: Held) -> str | None:
    """The project file that is recorded already.  One query at most."""
    project = projects.project(draft.slug) if draft.sent_at else None
    return project.document if project else None


def _checked(draft: Held) -> Checked:
    return check(drafts.opened(draft))


def _save(request: SignedIn, slug: str, typed: Mapping[str, str]) -> Saved:
    seen = request.POST.get("seen", "")
    seq = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
    return drafting.save(slug=slug, sent=typed, seen=seq, by=request.acting, at=request.now)


def _typed(sent: QueryDict) -> dict[str, str]:
    return {place: str(words) for place, words in sent.items() if known(place)}


def _take_boundary(request: SignedIn, slug: str) -> None:
    """The uploaded GeoJSON file takes the place of the boundary; it is checked like a typed one."""
    file = request.FILES.get("boundary_file")
    if file is None or isinstance(file, list):
        raise Refusal("file_missing_here", field="site_boundary")
    size = file.size or 0
    if size > LARGEST_BOUNDARY:
        raise Refusal(
            "boundary_file_too_large", field="site_boundary", size=size // 1_000_000, most=LARGEST_BOUNDARY // 1_000_000
        )
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal("boundary_file_unreadable", field="site_boundary") from None
    drafting.save(slug=slug, sent={"site_boundary": compact(text)}, seen=2**31, by=request.acting, at=request.now)


def _projects(request: SignedIn) -> tuple[projects.Listed, ...]:
    on = timezone.localdate(request.now)
    return projects.mine(post=request.acting.post, organisation=request.acting.organisation, on=on)
