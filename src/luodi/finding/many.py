"""Acts on many rows: chosen by a post, done by the worker one row after the other, and taken back while nothing followed.

What an act is, its room knows; here stands only which rows were chosen, what became of each, and what taking back needs.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import Count

from luodi.accounts.acting import Acting
from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal, Text
from luodi.finding.models import Job, Step
from luodi.journal.actions import append

CHAIN: Final = "accounts"
MOST = 100
WAITING, DONE, REFUSED, UNDONE, KEPT = "waiting", "done", "refused", "undone", "kept"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A row as the chooser saw it."""

    row: str
    seq: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What doing it left behind: what taking it back needs, and how the row stood then."""

    before: Mapping[str, Json]
    after: int


@dataclass(frozen=True, slots=True)
class StepRow:
    """A row of an act on many, and what became of it."""

    id: int
    row: str
    seq: int
    state: str
    before: Mapping[str, Json]
    after: int
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class JobRow:
    """An act on many rows, with how many of them are in which state."""

    id: int
    post: int
    verb: str
    given: Mapping[str, Json]
    back: str
    at: datetime
    ended_at: datetime | None
    undone_at: datetime | None
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """All rows."""
        return sum(self.counts.values())

    @property
    def left(self) -> int:
        """Rows still to be done, or, once it is taken back, still to be taken back."""
        return self.counts.get(DONE, 0) if self.undone_at else self.counts.get(WAITING, 0)

    @property
    def running(self) -> bool:
        """Whether the worker is still at it."""
        return self.left > 0 if self.undone_at else self.ended_at is None


def begin(
    *, verb: str, rows: Sequence[Chosen], given: Mapping[str, Json], back: str, by: Acting, at: datetime, key: str
) -> int:
    """Keep what was chosen, for the worker; its number.  The same key again is the same act.

    Raises `Refusal`: `bulk_nothing_chosen`, `bulk_too_many`.
    """
    if not rows:
        raise Refusal("bulk_nothing_chosen")
    if len(rows) > MOST:
        raise Refusal("bulk_too_many", most=MOST)
    with transaction.atomic():
        known = Job.objects.filter(key=key, post=by.post).values_list("pk", flat=True).first()
        if known is not None:
            return known
        job = Job.objects.create(post_id=by.post, verb=verb, given=dict(given), back=back[:1000], key=key, at=at)
        Step.objects.bulk_create([Step(job=job, row=one.row, seq=one.seq) for one in rows])
        payload: dict[str, Json] = {"job": job.pk, "verb": verb, "rows": len(rows)}
        append(chain=CHAIN, kind="bulk.begun", by=by, at=at, payload=payload)
    return job.pk


def new_key() -> str:
    """A key for an act that was begun without one."""
    return uuid.uuid4().hex


def job(number: int, *, post: int | None = None) -> JobRow:
    """An act on many rows; of a post where one is given.  Two queries.  Raises `Refusal("bulk_gone")`."""
    found = Job.objects.filter(pk=number, **({"post": post} if post is not None else {})).first()
    if found is None:
        raise Refusal("bulk_gone")
    counts = Step.objects.filter(job=number).values_list("state").annotate(count=Count("pk"))
    return JobRow(
        found.pk, found.post_id, found.verb, found.given, found.back, found.at, found.ended_at, found.undone_at,
        dict(counts),
    )  # fmt: skip


def steps(number: int) -> tuple[StepRow, ...]:
    """The rows of an act, in the order they were chosen.  One query."""
    return tuple(_step(one) for one in Step.objects.filter(job=number).order_by("pk"))


def carry_out(number: int, do: Callable[[StepRow], Outcome], *, at: datetime) -> None:
    """Do it to every row that still waits; each is one transaction with what became of it, so that a killed worker
    goes on where it was.  What is refused says why, and the others go on.
    """
    for id_ in _in_state(number, WAITING):
        with transaction.atomic():
            row = Step.objects.select_for_update().get(pk=id_)
            if row.state != WAITING:
                continue
            try:
                with transaction.atomic():
                    outcome = do(_step(row))
                row.state, row.before, row.after = DONE, dict(outcome.before), outcome.after
            except Refusal as refused:
                row.state, row.refusal = REFUSED, packed(refused)
            row.save(update_fields=["state", "before", "after", "refusal"])
    Job.objects.filter(pk=number, ended_at=None).update(ended_at=at)


def begin_undo(number: int, *, by: Acting, at: datetime) -> None:
    """Have it taken back.  Raises `Refusal`: `bulk_gone`, `bulk_running`, `bulk_undone_already`."""
    with transaction.atomic():
        row = Job.objects.select_for_update().filter(pk=number, post=by.post).first()
        if row is None:
            raise Refusal("bulk_gone")
        if row.ended_at is None:
            raise Refusal("bulk_running")
        if row.undone_at is not None:
            raise Refusal("bulk_undone_already")
        row.undone_at = at
        row.save(update_fields=["undone_at"])


def take_back(number: int, undo: Callable[[StepRow], None], *, by: Acting, at: datetime) -> None:
    """Take back what was done, the last row first, by counter-entries; a row on which something followed is kept."""
    for id_ in reversed(_in_state(number, DONE)):
        with transaction.atomic():
            row = Step.objects.select_for_update().get(pk=id_)
            if row.state != DONE:
                continue
            try:
                with transaction.atomic():
                    undo(_step(row))
                row.state = UNDONE
            except Refusal as refused:
                row.state, row.refusal = KEPT, packed(refused)
            row.save(update_fields=["state", "refusal"])
    found = job(number)
    payload: dict[str, Json] = {
        "job": number, "undone": found.counts.get(UNDONE, 0), "kept": found.counts.get(KEPT, 0),
    }  # fmt: skip
    with transaction.atomic():
        append(chain=CHAIN, kind="bulk.undone", by=by, at=at, payload=payload)


def packed(refused: Refusal) -> dict[str, Json]:
    """A refusal as it is kept."""
    return {"code": refused.code, "facts": {name: _fact(fact) for name, fact in refused.facts.items()}}


def unpacked(kept: Mapping[str, Json]) -> Refusal | None:
    """A kept refusal; None for none."""
    if not kept:
        return None
    facts = kept["facts"]
    named = facts if isinstance(facts, dict) else {}
    return Refusal(
        str(kept["code"]), **{name: Text(**one) if isinstance(one, dict) else one for name, one in named.items()}
    )


def _fact(fact: object) -> Json:
    if isinstance(fact, Text):
        return {"zh": fact.zh, "en": fact.en}
    if isinstance(fact, date):
        return fact.isoformat()
    return fact if isinstance(fact, int) else str(fact)


def _in_state(number: int, state: str) -> list[int]:
    return list(Step.objects.filter(job=number, state=state).order_by("pk").values_list("pk", flat=True))


def _step(row: Step) -> StepRow:
    return StepRow(row.pk, row.row, row.seq, row.state, row.before, row.after, unpacked(row.refusal))
