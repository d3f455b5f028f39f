"""What must be true of a database whatever was killed: unbroken chains, whole acts, right sums, plans that follow."""

import json
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import pairwise

from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult
from tests.cases.recount import kept, recounted

from luodi.cases.models import Case, CaseEvent
from luodi.cases.progress import now_progress
from luodi.cases.standing import COLUMNS
from luodi.config.queue import TRIES
from luodi.domain.clock.office import day_of
from luodi.domain.events.proof import verify
from luodi.journal.models import Entry
from luodi.journal.readers import lines
from luodi.notices.models import Notice
from luodi.plans.keeping import Happened
from luodi.plans.models import Delay, Offer, PlanRevision, Standing

TOLD = {"case.paused": "case_paused", "case.correction_asked": "correction_asked", "case.resumed": "case_resumed"}
"""Acts that always tell the applicant, with the kind of notice they leave."""


def faults(done: Collection[str], undone: Collection[str] = ()) -> list[str]:
    """What does not hold, as of one moment; `done`, `undone`: keys of acts that were said to be done, or refused."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return [*chains(), *keys(done, undone), *cases(), *sums(), *entries(), *plans(), *offers(), *notices()]


def chains() -> Iterator[str]:
    """Every chain verifies."""
    yield from (f"chain: {one}" for one in verify(lines()))


def keys(done: Collection[str], undone: Collection[str]) -> Iterator[str]:
    """What the server said was done stands in the record once; what it refused does not."""
    written = Counter(Entry.objects.exclude(key=None).values_list("key", flat=True))
    yield from (f"done {written[key]} times: {key}" for key in done if written[key] != 1)
    yield from (f"refused and yet done: {key}" for key in undone if written[key])


def cases() -> Iterator[str]:
    """Each case stands as its last event left it, its events without a gap and in order."""
    events: dict[int, list[CaseEvent]] = {}
    for event in CaseEvent.objects.order_by("case", "seq"):
        events.setdefault(event.case_id, []).append(event)
    for case in Case.objects.all():
        mine = events.pop(case.pk, [])
        if [one.seq for one in mine] != list(range(1, case.seq + 1)):
            yield f"{case.number}: events {[one.seq for one in mine]}, row {case.seq}"
        elif any(getattr(case, name) != getattr(mine[-1], name) for name in (*COLUMNS, "handler_id")):
            yield f"{case.number}: row and last event differ"
        elif any(second.at < first.at for first, second in pairwise(mine)):
            yield f"{case.number}: events out of order"
    yield from (f"events of no case: {case}" for case in events)


def sums() -> Iterator[str]:
    """The sums are what a recount says."""
    said, right = kept(), recounted()
    yield from (f"sum {place}: {said[place]} for {right[place]}" for place in said.keys() | right.keys()
                if said[place] != right[place])  # fmt: skip


def entries() -> Iterator[str]:
    """No event without its entry in the record, no entry of a case without its event."""
    known = dict(Entry.objects.values_list("hash", "kind"))
    used = set(CaseEvent.objects.values_list("entry", flat=True))
    yield from (f"event without entry: {one}" for one in used - known.keys())
    about = {one for one, kind in known.items() if kind.startswith("case.")}
    yield from (f"entry without event: {known[one]} {one}" for one in about - used)


def plans() -> Iterator[str]:
    """A plan stands at its newest revision, rests on entries that exist, and knows exactly what the cases know."""
    known = set(Entry.objects.values_list("hash", flat=True))
    for model in (PlanRevision, Delay):
        used = set(model.objects.exclude(entry="").values_list("entry", flat=True))
        yield from (f"{model.__name__} rests on no entry: {one}" for one in used - known)
    for standing in Standing.objects.all():
        seqs = list(
            PlanRevision.objects.filter(project=standing.project_id).order_by("seq").values_list("seq", flat=True)
        )
        if seqs != list(range(1, standing.seq + 1)) or standing.told not in seqs:
            yield f"plan of {standing.project_id} at {standing.seq}, revisions {seqs}"
        happened = Happened(now_progress(standing.project_id, day_of(standing.at)))
        if json.loads(standing.events)["progress"] != json.loads(happened.text())["progress"]:
            yield f"plan of {standing.project_id} does not know what its cases know"


def offers() -> Iterator[str]:
    """An offer was recorded if and only if it was made; one still worked out has its job."""
    recorded = set(Entry.objects.filter(kind="plan.offered").values_list("hash", flat=True))
    made = set(Offer.objects.exclude(entry="").values_list("entry", flat=True))
    yield from (f"offer half made: {one}" for one in recorded ^ made)
    waiting = set(Offer.objects.filter(state="working").values_list("pk", flat=True))
    known = [
        (job.args_kwargs["kwargs"].get("offer"), job.status, len(job.worker_ids)) for job in DBTaskResult.objects.all()
    ]
    hoped = {
        offer
        for offer, status, tries in known
        if status in ("READY", "RUNNING") or (status, tries < TRIES) == ("FAILED", True)
    }
    yield from (f"offer {one} without a job: {known}" for one in waiting - hoped)


def notices() -> Iterator[str]:
    """People were told of an act if and only if it is on the record."""
    acts = Counter(Entry.objects.filter(kind__in=TOLD).values_list("kind", flat=True))
    for kind, notice in TOLD.items():
        told = Notice.objects.filter(kind=notice).values("at").distinct().count()
        if told != acts[kind]:
            yield f"{acts[kind]} entries {kind}, people told {told} times"
