"""What the worker issues by itself: a document for every acceptance, correction, pause, question and decision.

It follows the list of case events from behind, so that no act waits for typst and the seal; what cannot be issued now is
tried again later, and nothing is issued twice.  Killed in the middle, it goes on with the next one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from types import MappingProxyType

from django.db import transaction

from luodi.accounts.acting import SYSTEM
from luodi.cases.readers.since import Happening, place_before, since
from luodi.domain.documents.kinds import rules
from luodi.domain.handling.staging import stages
from luodi.domain.vocabulary import Refusal
from luodi.papers.issuing import issue
from luodi.papers.models import Document, Series, Waiting

FOLLOWED = "case events"
"""The series whose last number is the place up to which all events have been looked at."""

LOOKED_BACK = timedelta(days=3)
"""Where there is no such place yet: what happened before is not issued by itself."""

LATE = timedelta(hours=1)
"""Events are written by several servers, out of order by as long as a transaction lasts: younger ones are seen again."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=2), timedelta(hours=12)
BATCH = 100
SWEEP = 2000


@dataclass(frozen=True, slots=True)
class Ran:
    """What one call did: documents newly asked for, issued, refused (to be tried again), and how many still wait."""

    asked: int
    issued: int
    refused: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document to issue: of a case, a kind, about event `of`."""

    case: str
    kind: str
    of: int


def issue_due(*, at: datetime, limit: int = BATCH) -> Ran:
    """Ask for what new events need, then issue what waits, the longest waiting first, at most `limit` in one call."""
    asked, issued, refused = follow(at), 0, 0
    for _ in range(limit):
        done = _next(at)
        if done is None:
            break
        issued += done
        refused += not done
    return Ran(asked, issued, refused, Waiting.objects.count())


def ask(wanted: Iterable[Wanted], *, at: datetime) -> int:
    """Have documents issued by the worker: one job of a thousand is a thousand rows.  How many are new."""
    rows = [Waiting(case=one.case, kind=one.kind, of=one.of, since=at, next_at=at) for one in wanted]
    before = Waiting.objects.count()
    Waiting.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return Waiting.objects.count() - before


def follow(at: datetime) -> int:
    """Ask for the documents of the events since the last call; how many are new."""
    row, made = Series.objects.get_or_create(name=FOLLOWED)
    if made:
        row.last = place_before(at - LOOKED_BACK)
    found = since(row.last, tuple(events()), limit=SWEEP)
    settled = [one.place for one in found if one.at < at - LATE]
    with transaction.atomic():
        asked = ask(_missing(found), at=at)
        row.last = max(settled, default=row.last)
        row.save(update_fields=("last",))
    return asked


@cache
def events() -> Mapping[str, tuple[str, ...]]:
    """Kind of event -> the kinds of documents issued after it."""
    found: dict[str, tuple[str, ...]] = {}
    for one in rules().kinds.values():
        for event in one.events:
            found[event] = (*found.get(event, ()), one.id)
    return MappingProxyType(found)


def kind_for(event: str, matter: str) -> str:
    """The kind of document for an event: a granted construction permit is a permit, any other decision a decision."""
    kinds = events()[event]
    if "permit" in kinds:
        return "permit" if matter in stages() else "decision"
    return kinds[0]


def _missing(found: Iterable[Happening]) -> Iterable[Wanted]:
    """What of these has not been issued yet.  One query for all."""
    wanted = [Wanted(one.case, kind_for(one.kind, one.matter), one.seq) for one in found]
    subjects = {f"case:{one.case}:{one.kind}:{one.of}": one for one in wanted}
    for subject in Document.objects.filter(subject__in=list(subjects)).values_list("subject", flat=True):
        subjects.pop(subject, None)
    return subjects.values()


class _Overtaken(Exception):  # noqa: N818 - nobody's error
    """Another worker, whose try outlasted the pause, has issued it."""


def _next(at: datetime) -> bool | None:
    """Issue one; whether it was issued, None where nothing waits.  The next try is set before this one, should it be the last."""
    with transaction.atomic():
        row = (
            Waiting.objects.select_for_update(skip_locked=True)
            .filter(next_at__lte=at)
            .order_by("next_at", "id")
            .first()
        )
        if row is None:
            return None
        pause: timedelta = min(FIRST_PAUSE * 2 ** min(row.tries, 10), LONGEST_PAUSE)
        row.tries, row.next_at = row.tries + 1, at + pause
        row.save(update_fields=("tries", "next_at"))

    def taking() -> None:
        if not Waiting.objects.filter(pk=row.pk).delete()[0]:
            raise _Overtaken

    try:
        issue(case=row.case, kind=row.kind, of=row.of, by=SYSTEM, at=at, taking=taking)
    except _Overtaken:
        return True
    except Refusal as refused:
        Waiting.objects.filter(pk=row.pk).update(refused=refused.code[:64])
        return False
    return True
