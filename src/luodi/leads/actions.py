"""What is done with a lead: recorded from the first contact, corrected, moved on, handed over, scored."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from luodi.accounts import readers as accounts
from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.clock.office import day_of
from luodi.domain.facts.codes import wrong_uscc
from luodi.domain.leads.lists import lists
from luodi.domain.leads.names import bare
from luodi.domain.vocabulary import Refusal
from luodi.leads import found
from luodi.leads.models import Lead
from luodi.leads.saying import chosen, happened, held, kept, record, turn
from luodi.notices.actions import tell

MARKS = range(1, 6)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a company and its plan.  `amount`: expected investment, whole yuan."""

    company: str
    title: str
    contacted: date
    uscc: str = ""
    sector: str = ""
    region: str = ""
    channel: str = ""
    programme: str = ""
    amount: int | None = None
    source: str = ""
    note: str = ""


def record_lead(
    *, zone: str, facts: Facts, by: Acting, at: datetime, owner: int | None = None, step: str = "", due: date | None = None,
    sample: bool = False, key: str | None = None,
) -> int:  # fmt: skip
    """Record a lead in the stage of first contact; its id.  `owner`: a post, by itself whoever records it.

    Raises `Refusal` beside its field for what is wrong, and for a code that another open lead has (`lead_uscc_taken`).
    """
    given = checked(facts, at)
    _free(given.uscc, None)
    row = Lead(
        zone_id=zone, bare=bare(given.company)[:200], stage="contact", staged=given.contacted, sample=sample, created=at,
        **asdict(given),
    )  # fmt: skip
    row.owner_id = _post(owner, "owner") if owner is not None else by.post or None
    with transaction.atomic():
        row.save(force_insert=True)
        shown = {name: value for name, value in asdict(given).items() if name != "note"}
        record("lead.recorded", row, shown | {"lead": row.pk, "sample": sample}, by, at, key)
        turn(row, kind="stage", on=given.contacted, word="contact", by=by, at=at)
        turn(row, kind="status", on=given.contacted, word="ongoing", by=by, at=at)
        turn(row, kind="owner", on=given.contacted, post=row.owner_id, by=by, at=at)
        if step.strip():
            _step(row, step, due, row.owner_id, by, at)
        row.save()
        found.keep(row, at)
    return row.pk


def amend_lead(*, lead: int, facts: Facts, by: Acting, at: datetime, seq: int, key: str | None = None) -> None:
    """Correct the facts of a lead; what changed stands in the record with what it was.  Raises `Refusal` as recording does."""
    facts_now = checked(facts, at)
    with transaction.atomic():
        row = held(lead, seq)
        _free(facts_now.uscc, row.pk)
        now = {name: value for name, value in asdict(facts_now).items() if getattr(row, name) != value}
        if not now:
            raise Refusal("lead_same_already")
        was = {name: getattr(row, name) for name in now}
        for name, value in now.items():
            setattr(row, name, value)
        row.bare = bare(row.company)[:200]
        kept(row, kind="facts", text=json.dumps(was, default=str, ensure_ascii=False), by=by, at=at)
        row.save()
        found.keep(row, at)
        record("lead.amended", row, {"lead": row.pk, "was": was, "now": now}, by, at, key)


def take_step(
    *, lead: int, step: str, due: date | None, stepper: int | None, by: Acting, at: datetime, key: str | None = None
) -> None:
    """Set what comes next, by when and by whom; whoever it is is told."""
    with transaction.atomic():
        row = held(lead)
        _step(row, step, due, _post(stepper, "stepper") if stepper is not None else row.owner_id, by, at, key)
        row.save()


def reach_stage(
    *, lead: int, stage: str, on: date, note: str, by: Acting, at: datetime, seq: int | None = None, key: str | None = None
) -> None:  # fmt: skip
    """A stage is reached on a day.  Going back needs words (`note`); stages after signing need a project."""
    known = lists().stages
    wanted = known[chosen(stage, known, "stage", empty=False)]
    with transaction.atomic():
        row = held(lead, seq)
        happened(on, at, row.contacted)
        if wanted.id == row.stage:
            raise Refusal("lead_same_already", field="stage")
        if wanted.place < known[row.stage].place and not note.strip():
            raise Refusal("lead_stage_backwards", field="note", stage=wanted.name)
        if wanted.place > known["signed"].place and row.project_id is None:
            raise Refusal("lead_stage_of_project", field="stage", stage=wanted.name)
        text = written.text(note, "note", empty=True)
        turn(row, kind="stage", on=on, word=wanted.id, text=text, by=by, at=at, key=key)
        row.stage, row.staged = wanted.id, on
        row.save()


def set_status(
    *, lead: int, status: str, reason: str, on: date, note: str = "", rival: str = "", by: Acting, at: datetime,
    seq: int | None = None, key: str | None = None,
) -> None:  # fmt: skip
    """It stands otherwise from a day on, for a reason; where it is lost, to whom.  A dated row; the earlier ones stay."""
    given = lists()
    wanted = given.statuses[chosen(status, given.statuses, "status", empty=False)]
    words, fits = given.reasons[chosen(reason, given.reasons, "reason", empty=False)]
    if wanted.id not in fits:
        raise Refusal("lead_reason_wrong", field="reason", reason=words, status=wanted.name)
    if reason == "other" and not note.strip():
        raise Refusal("lead_reason_unsaid", field="note")
    if wanted.id == "lost" and not rival.strip():
        raise Refusal("lead_rival_missing", field="rival")
    with transaction.atomic():
        row = held(lead, seq)
        happened(on, at, row.contacted)
        turn(
            row, kind="status", on=on, word=wanted.id, reason=reason, text=written.text(note, "note", empty=True),
            rival=written.line(rival, "rival", empty=True), by=by, at=at, key=key,
        )  # fmt: skip
        row.status, row.reason = wanted.id, reason
        row.save()


def hand_over(
    *, lead: int, owner: int | None, on: date, note: str, by: Acting, at: datetime, seq: int | None = None,
    key: str | None = None,
) -> None:  # fmt: skip
    """Somebody else answers for it from a day on; None: nobody, which shows as a gap until somebody does."""
    with transaction.atomic():
        row = held(lead, seq)
        happened(on, at, row.contacted)
        if _post(owner, "owner") == row.owner_id:
            raise Refusal("lead_same_already", field="owner")
        turn(
            row,
            kind="owner",
            on=on,
            post=owner,
            text=written.text(note, "note", empty=True),
            by=by,
            at=at,
            key=key,
        )
        row.owner_id = owner
        row.save()
        if owner is not None:
            tell(
                posts=(owner,), kind="lead_handed", facts={"company": row.company}, link=f"/pipeline/leads/{row.pk}/",
                project=row.project.slug if row.project else "", at=at, once=f"lead:{row.pk}:{row.seq}",
            )  # fmt: skip


def score(*, lead: int, marks: Sequence[int], note: str, by: Acting, at: datetime, key: str | None = None) -> None:
    """Mark the four skills (眼、嘴、手、脚), 1 to 5 each, in the order of the list.  Each scoring is a row of its own."""
    if len(marks) != len(lists().skills) or any(one not in MARKS for one in marks):
        raise Refusal("lead_marks_wrong", field="marks")
    with transaction.atomic():
        row = held(lead)
        on, text = happened(day_of(at), at), written.text(note, "note", empty=True)
        turn(row, kind="score", on=on, word=",".join(map(str, marks)), text=text, by=by, at=at, key=key)
        row.save()


def checked(facts: Facts, at: datetime) -> Facts:
    """The facts as they are kept.  Raises `Refusal` beside the field that is wrong."""
    given, uscc = lists(), "".join(facts.uscc.split()).upper()
    if uscc and wrong_uscc(uscc) is not None:
        raise Refusal("lead_uscc_wrong", field="uscc", value=uscc[:40])
    return Facts(
        company=written.line(facts.company, "company"), title=written.line(facts.title, "title"),
        contacted=happened(facts.contacted, at, field="contacted"), uscc=uscc,
        sector=chosen(facts.sector, given.sectors, "sector"), region=chosen(facts.region, given.regions, "region"),
        channel=chosen(facts.channel, given.channels, "channel"),
        programme=chosen(facts.programme, given.programmes, "programme"), amount=facts.amount,
        source=written.line(facts.source, "source", empty=True), note=written.text(facts.note, "note", empty=True),
    )  # fmt: skip


def _post(number: int | None, field: str) -> int | None:
    """The number of a post that there is.  Raises `Refusal` beside its field for any other."""
    if number is not None and accounts.post(number) is None:
        raise Refusal("lead_post_unknown", field=field)
    return number


def _free(uscc: str, but: int | None) -> None:
    """One company may have several projects, but one open lead before it has any."""
    if not uscc:
        return
    other = Lead.objects.filter(uscc=uscc, project=None, status__in=("ongoing", "delayed")).exclude(pk=but or 0).first()
    if other is not None:
        raise Refusal("lead_uscc_taken", field="uscc", value=uscc, company=other.company)


def _step(
    row: Lead, step: str, due: date | None, stepper: int | None, by: Acting, at: datetime, key: str | None = None
) -> None:
    words = written.line(step, "step")
    turn(row, kind="step", on=day_of(at), text=words, post=stepper, due=due, by=by, at=at, key=key)
    row.step, row.due, row.stepper_id = words, due, stepper
    if stepper is not None and stepper != by.post:
        tell(
            posts=(stepper,), kind="lead_step", facts={"company": row.company, "step": words},
            link=f"/pipeline/leads/{row.pk}/", project=row.project.slug if row.project else "", at=at,
            once=f"lead:{row.pk}:{row.seq}",
        )  # fmt: skip
