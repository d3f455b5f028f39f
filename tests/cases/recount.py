"""The sums worked out from scratch, and what must hold for every case whatever was done."""

from collections import Counter

from luodi.cases.course import course_of
from luodi.cases.held import catalogue, events_of
from luodi.cases.models import Case, CaseEvent, Tally
from luodi.cases.standing import COLUMNS
from luodi.cases.tallying import ALWAYS, OF_STATE
from luodi.domain.clock.office import day_of
from luodi.domain.handling.following import follow
from luodi.domain.handling.states import State
from luodi.journal.readers import entries
from luodi.plans.models import Delay

MEASURES = ("opened", "accepted", "decided", "refused", "corrected", "used", "due", "promise_due", "open")


def recounted() -> Counter[tuple[str, str, object, str]]:
    """What the sums ought to be."""
    found: Counter[tuple[str, str, object, str]] = Counter()
    last: dict[int, int] = {}
    units = {case.pk: (case.zone, catalogue().matters[case.matter].unit) for case in Case.objects.all()}
    for event in CaseEvent.objects.order_by("case", "seq"):
        place, day = units[event.case_id], day_of(event.at)
        if event.kind in ("case.extended", "case.assigned", "case.released", "case.asked", "case.answered",
                          "case.reprojected"):  # fmt: skip
            continue
        if measure := OF_STATE.get(State(event.state)):
            found[(*place, day, measure)] += 1
        if event.state in (11, 12):
            found[(*place, day, "used")] += event.used
        last[event.case_id] = event.state
    for case in Case.objects.filter(open=True):
        place = units[case.pk]
        found[(*place, ALWAYS, "open")] += 1
        for measure, due in (("due", case.due), ("promise_due", case.promise_due)):
            if due:
                found[(*place, due, measure)] += 1
    return Counter({place: count for place, count in found.items() if count})


def kept() -> Counter[tuple[str, str, object, str]]:
    """What the sums say."""
    rows = Tally.objects.filter(measure__in=MEASURES).exclude(count=0)
    return Counter({(r.zone, r.unit, r.day, r.measure): r.count for r in rows})


def check_all(project: str) -> None:
    """Sums equal a recount; each case equals its last event; each history obeys the rules; the record has every act."""
    assert kept() == recounted()
    hashes = {one.hash for one in entries(project=project, limit=10_000).records}
    for case in Case.objects.all():
        events = list(CaseEvent.objects.filter(case=case).order_by("seq"))
        assert [one.seq for one in events] == list(range(1, case.seq + 1))
        assert {name: getattr(case, name) for name in COLUMNS} == {name: getattr(events[-1], name) for name in COLUMNS}
        assert case.handler_id == events[-1].handler_id
        assert {one.entry for one in events} <= hashes
        history = course_of(events_of(case.pk)).happened
        for place, one in enumerate(history):
            again = one.state is State.CORRECTING
            assert follow(history[:place], one.state, one.at, again=again)[0].at <= one.at
            assert place == 0 or one.at > history[place - 1].at
    moved = sum(abs(one) for one in Delay.objects.values_list("days", flat=True))
    assert moved == sum(Tally.objects.filter(measure__in=("lost", "won")).values_list("count", flat=True))
