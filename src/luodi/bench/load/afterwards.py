"""What the record says after many people acted at once: was every act done exactly once, and do all chains verify."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Max

from luodi.domain.events.proof import verify
from luodi.journal.models import Entry
from luodi.journal.readers import lines


@dataclass(frozen=True, slots=True)
class Verdict:
    """`lost`: answered as done and not in the record; `unasked`: in the record though every answer was no;
    `doubled`: acts of these people beyond their forms; `faults` of the chains, over so many `entries`.
    """

    lost: int
    unasked: int
    doubled: int
    faults: int
    entries: int


def last_entry() -> int:
    """The number of the newest entry of the record."""
    return Entry.objects.aggregate(last=Max("id"))["last"] or 0


def judge(forms: Mapping[str, bool], before: int, people: Collection[int]) -> Verdict:
    """Hold the forms (by key: was it answered as done) against everything these people wrote since an entry."""
    rows = list(
        Entry.objects.filter(id__gt=before, person__in=people, kind__startswith="case.").values_list("key", "project")
    )
    lost, unasked, doubled = compared(forms, [key for key, _ in rows])
    entries = faults = 0
    for project in sorted({project for _, project in rows}):
        written = list(lines(project=project))
        entries += len(written)
        faults += sum(1 for _ in verify(written))
    return Verdict(lost, unasked, doubled, faults, entries)


def compared(forms: Mapping[str, bool], keys: Collection[str | None]) -> tuple[int, int, int]:
    """How many acts were lost, were done though refused, and stand in the record more often than they were sent."""
    recorded = set(keys)
    lost = sum(done and key not in recorded for key, done in forms.items())
    unasked = sum(not done and key in recorded for key, done in forms.items())
    return lost, unasked, len(keys) - len(recorded & forms.keys())
