"""What must be known before signing: a project's entry review, the gates between its stages, the five fronts."""

from datetime import date, datetime

from django.http import HttpResponse
from django.utils import timezone
from pydantic import Field

from luodi.accounts.gate import SignedIn
from luodi.api.doors import file, files, reads
from luodi.api.problems import Words
from luodi.api.shapes import Few, Numbered, Shape, Slug
from luodi.desk.entering.files import content
from luodi.desk.views import found
from luodi.domain.documents.filetypes import SORTS
from luodi.domain.entry import checks
from luodi.domain.vocabulary import Refusal
from luodi.entry import gating, handed, readers, shadowing, standing
from luodi.plans import readers as plans

TAG = "entry"
LONGEST = 200


class EntryFile(Shape):
    """A file handed in; `sha256`: of its bytes; `kind`: by its content."""

    id: int
    name: str
    kind: str
    size: int
    sha256: str
    at: datetime


class EntryOpinion(Shape):
    """An opinion as it was given; `entry`: the hash of its entry in the record."""

    seq: int
    view: str
    conditions: str
    blocking: str
    papers: list[str]
    note: str
    who: str
    at: datetime
    entry: str
    files: list[EntryFile]


class EntryLink(Shape):
    """A link of an expert from outside; `looks`: when it was opened, newest first."""

    id: int
    at: datetime
    expires: datetime
    revoked_at: datetime | None
    revoked_why: str
    open: bool
    looks: list[datetime]


class EntryCheck(Shape):
    """A check of the review; `experts`: persons from outside may be asked about it."""

    id: str
    name: Words
    units: list[str]
    experts: bool
    asks: Words


class EntryAsked(Shape):
    """Somebody asked about a check.  `organisation`: null for an expert from outside; `view` null before an opinion."""

    id: int
    check: EntryCheck
    name: Words
    organisation: int | None
    office: str
    due: date
    left: int | None = Field(description="Calendar days to the day due, negative when late; null once answered")
    view: str | None
    opinions: list[EntryOpinion]
    links: list[EntryLink]


class EntryReview(Shape):
    """A round of review.  `answer` follows from the newest opinion of everybody asked."""

    id: int
    round: int
    subject: str
    at: datetime
    who: str
    due: date
    sample: bool
    answer: str
    asked: list[EntryAsked]
    unasked: list[EntryCheck] = Field(description="Checks about which nobody has been asked")


class EntryRules(Shape):
    """The checks of an entry review, and the words of opinions and answers."""

    views: dict[str, Words]
    answers: dict[str, Words]
    checks: list[EntryCheck]
    confidence: str


class EntryWaiting(Shape):
    """A question that waits for the opinion of one's own unit."""

    asked: int
    project: str
    project_name: Words
    check: EntryCheck
    due: date
    left: int


class GateMissing(Shape):
    """Something a stage still wants.  `kind`: check, task, matter or milestone; `blocked`: an objection stands.

    `earliest`: the first day on which it can be there; `usual`: that day rests on a usual length.
    """

    kind: str
    id: str
    name: Words
    who: Words
    earliest: date | None
    blocked: bool
    usual: bool


class Gate(Shape):
    """The way into a stage.  `reached`: its day where it lies behind; `earliest`: the first day all can be there.

    `usual`: that day rests on usual lengths, which are assumed.
    """

    stage: str
    name: Words
    reached: date | None
    open: bool
    earliest: date | None
    usual: bool
    missing: list[GateMissing]


class FrontTask(Shape):
    """A shadow task; `begun` and `done` null until then; `prepares`: the matters it prepares."""

    id: str
    name: Words
    unit: Words
    prepares: list[Words]
    begun: date | None
    done: date | None
    paper: str
    note: str
    who: str
    files: list[EntryFile]


class FrontGrant(Shape):
    """A grant of the record; `entry`: its hash."""

    matter: str
    on: date
    entry: str
    who: str


class Front(Shape):
    """A front.  `triggered`: the day the shadow became the real file.

    `early`: grants of withheld matters before that day, among the `looked` grants of the record; none is the proof.
    """

    id: str
    name: Words
    formal: Words
    trigger: str
    trigger_name: Words
    triggered: date | None
    settled: bool
    withheld: list[Words]
    because: Words
    source: str
    confidence: str
    early: list[FrontGrant]
    looked: int
    tasks: list[FrontTask]


class Prepared(Shape):
    """A matter whose preparation was done on the fronts, from when to when."""

    matter: str
    begun: date
    done: date


class Fronts(Shape):
    """The five fronts; `won`: calendar days by which the end of the plan came nearer through them."""

    fronts: list[Front]
    clean: bool
    prepared: list[Prepared]
    won: int


@reads(TAG, "/entry/rules", "entry.read", EntryRules, dated=False)
def entry_rules(request: SignedIn) -> dict[str, object]:
    """The checks of an entry review and the words of its answers.  No query."""
    rule = checks.rules()
    return {
        "views": dict(rule.views), "answers": dict(rule.answers), "checks": list(rule.checks.values()),
        "confidence": str(rule.confidence),
    }  # fmt: skip


@reads(TAG, "/projects/{slug:slug}/entry", "entry.read", EntryReview | None)
def entry_review(request: SignedIn, slug: Slug) -> object:
    """The newest round of a project's entry review, whole; null where none was opened.  Seven queries."""
    project = found(request, slug, "entry.read")
    return readers.review(project.id, project.slug, request.now, _today(request), as_of=request.as_of)


@reads(TAG, "/entry", "entry.opine", list[EntryWaiting])
def entry_waiting(request: SignedIn, limit: Few = 50) -> object:
    """What one's own unit has been asked and has not answered, the earliest day due first.  One query."""
    return readers.waiting(request.acting.organisation, _today(request), as_of=request.as_of, limit=limit)


@reads(TAG, "/projects/{slug:slug}/gates", "entry.read", list[Gate])
def stage_gates(request: SignedIn, slug: Slug) -> object:
    """Every stage of a project in order: what its gate still wants, who can supply it, by when.  Seven queries."""
    project = found(request, slug, "entry.read")
    saved = plans.current(slug, request.as_of)
    return gating.of_project(project, saved.plan if saved else None, request.now, request.as_of)


@reads(TAG, "/projects/{slug:slug}/fronts", "entry.read", Fronts)
def fronts(request: SignedIn, slug: Slug) -> dict[str, object]:
    """The five fronts: shadow tasks, triggers, the proof that nothing was granted early.  Six queries."""
    project = found(request, slug, "entry.read")
    shown = standing.standing(project, request.now, request.as_of)
    moves = plans.delays(slug=project.slug, limit=LONGEST, as_of=request.as_of)
    return {
        "fronts": [_front(one) for one in shown.rows],
        "clean": shown.clean,
        "prepared": [
            {"matter": matter, "begun": begun, "done": done} for matter, (begun, done) in shown.prepared.items()
        ],
        "won": -sum(one.days for one in moves if one.cause == shadowing.CAUSE),
    }  # fmt: skip


@files(TAG, "/entry/files/{int:number}", "entry.read", *sorted({one.media for one in SORTS.values()}))
def entry_file(request: SignedIn, number: Numbered) -> HttpResponse:
    """A file that was handed in with an opinion or a shadow task.  Five queries."""
    known = handed.file(number, as_of=request.as_of)
    if known is None:
        raise Refusal("api_not_found")
    found(request, known[1], "entry.read")
    return file(content(known[0]), known[0].name, SORTS[known[0].kind].media)


def _today(request: SignedIn) -> date:
    return timezone.localdate(request.as_of or request.now)


def _front(one: standing.FrontRow) -> dict[str, object]:
    rule = one.front
    return {
        "id": rule.id, "name": rule.name, "formal": rule.formal, "trigger": rule.trigger, "trigger_name": one.trigger,
        "triggered": one.triggered, "settled": one.settled, "withheld": list(one.withheld), "because": rule.because,
        "source": str(rule.source), "confidence": str(rule.confidence), "early": list(one.early), "looked": one.looked,
        "tasks": [_task(row) for row in one.tasks],
    }  # fmt: skip


def _task(row: standing.TaskRow) -> dict[str, object]:
    return {
        "id": row.task.id, "name": row.task.name, "unit": row.unit, "prepares": list(row.prepares),
        "begun": row.step.begun if row.step else None, "done": row.step.done if row.step else None, "paper": row.paper,
        "note": row.note, "who": row.who, "files": list(row.files),
    }  # fmt: skip
