"""The command room: what is overdue, where days are lost, what leaders owe; and what each reform is worth."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from luodi.accounts import still
from luodi.accounts.gate import SignedIn, needs
from luodi.cases import readers as cases
from luodi.cases.readers import Figures, ZoneFigures
from luodi.desk import live, painting
from luodi.desk.charting import answers, figures
from luodi.domain.planning.result import Plan
from luodi.journal import readers as journal
from luodi.plans import readers as plans
from luodi.plans.readers import Tallied
from luodi.plans.settled import kept
from luodi.projects import readers as projects
from luodi.supervision import readers as supervision
from luodi.zones import readers as zones

BACK = 30
"""Days over which losses are summed, unless the address asks for others."""
STRETCHES = (7, 30, 90, 365)


@require_GET
@needs("zone.read")
def command_room(request: SignedIn) -> HttpResponse:
    """The zones in reach at a glance, painted once until something is recorded.  Fifteen queries, whatever their number of
    cases: sums are kept, not counted.
    """
    back = int(request.GET["days"]) if request.GET.get("days") in {str(one) for one in STRETCHES} else BACK
    key = ("command_room", back, request.as_of, live.everything(request))
    return painting.whole(request, "leading/command_room.html", key, lambda: context(request, back))


def context(request: SignedIn, back: int) -> dict[str, object]:
    """What the room shows; `back`: days over which losses are summed."""
    reach, today = request.acting.reach, timezone.localdate(request.as_of or request.now)
    since = timezone.make_aware(datetime.combine(today - timedelta(days=back), time()))
    shown = sums(reach, today, back, request.as_of)
    return {
        "rules": answers.catalogue(),
        "today": today,
        "back": back,
        "stretches": STRETCHES,
        "counts": shown.counts,
        "by_zone": shown.by_zone,
        "names": {one.id: one for one in zones.zones(today)},
        "by_unit": shown.by_unit,
        "by_cause": shown.by_cause,
        "causes": answers.causes(),
        "lost": sum(one.lost for one in shown.by_unit),
        "latest": plans.lateness(zones=reach, limit=12),
        "moves": plans.delays(zones=reach, since=since, as_of=request.as_of, limit=12),
        "orders": supervision.orders(reach, today, limit=12),
        "visits": supervision.visits(reach, open_only=True, limit=12),
        "campaigns": supervision.campaigns(reach, today),
        "place": "command_room",
    }


@dataclass(frozen=True, slots=True)
class Sums:
    """What is due, open and done, and the days lost, of the zones in reach."""

    counts: Figures
    by_zone: tuple[ZoneFigures, ...]
    by_unit: tuple[Tallied, ...]
    by_cause: tuple[Tallied, ...]


def sums(reach: frozenset[str] | None, today: date, back: int = BACK, as_of: datetime | None = None) -> Sums:
    """The sums of the last days, kept until something is recorded about a project in reach.  One query, or five.

    `back`: days before today that count.  The clock's hour is no part of it: a sum is by days.
    """
    since = timezone.make_aware(datetime.combine(today - timedelta(days=back), time()))

    def made() -> Sums:
        settled = since + timedelta(days=back)  # the first moment of today: what lies before it no longer changes
        lost = plans.lost_by("unit", "cause", zones=reach, since=since, as_of=as_of, settled=settled)
        return Sums(*cases.at_a_glance(reach, today, since.date()), *lost)

    return made() if as_of else kept(("room", reach, today, back, recorded(reach)), made)


def recorded(reach: frozenset[str] | None) -> str:
    """Changes whenever something is recorded about a project in reach.  One query at most."""
    return still.kept(("recorded", reach), lambda: journal.stamp(reach))


@require_GET
@needs("zone.read")
def reforms(request: SignedIn) -> HttpResponse:
    """Every planned sample before and after reform.  One query."""
    rows = answers.overview(tuple(one for one in projects.examples()))
    both = [
        (figures.landing(now), figures.landing(before))
        for _one, now, before in rows
        if isinstance(now, Plan) and isinstance(before, Plan)
    ]
    context = {
        "rows": rows,
        "rules": answers.catalogue(),
        "figures": figures,
        "middle": [middle([now.days for now, _ in both]), middle([before.days for _, before in both])],
        "planned": len(both),
        "saved": sum(before.days - now.days for now, before in both),
        "matters": sum(len(now.steps) for _one, now, _b in rows if isinstance(now, Plan)),
        "place": "reforms",
    }
    return render(request, "leading/reforms.html", context)


def middle(values: list[int]) -> int | None:
    """The median, the lower one of two; None of nothing."""
    return sorted(values)[(len(values) - 1) // 2] if values else None
