"""How a live project stands: its plan now, what was announced, the days lost and why, halts, and offers to decide."""

from dataclasses import dataclass
from datetime import date, datetime

from luodi.accounts import gate
from luodi.accounts.gate import SignedIn
from luodi.cases.readers.halted import HaltRow, halts
from luodi.desk import actuals, answers, live, losses
from luodi.desk.tongue import language
from luodi.domain.clock.office import day_of
from luodi.domain.handling.causes import causes
from luodi.domain.planning.result import Plan
from luodi.plans import readers as plans
from luodi.plans.readers import Offered
from luodi.projects.readers import Recorded

EVENTS = 500
"""Events that moved the end: more than any project has."""


@dataclass(frozen=True, slots=True)
class Now:
    """A live project at a moment.  `late`: calendar days between the announced end and the one now forecast.

    `blocked`: why there is no lawful plan now, "" where there is one.
    """

    plan: Plan
    against: actuals.Announced
    today: date
    at: datetime
    late: int
    blocked: str
    by_cause: tuple[losses.Sum, ...]
    by_unit: tuple[losses.Sum, ...]
    most: int
    halts: tuple[HaltRow, ...]
    offers: tuple[Offered, ...]
    may_decide: gate.Verdict
    etag: str

    def bar(self, days: int) -> str:
        """The small bar beside a sum."""
        return losses.bar(days, self.most)


def standing(request: SignedIn, project: Recorded) -> Now | None:
    """The project as it stands, or stood; None where nothing was announced.  Five queries."""
    etag = live.mark(request, project=project.slug)
    saved = plans.current(project.slug, as_of=request.as_of)
    if saved is None:
        return None
    moved = tuple(
        losses.Loss(one.at, one.matter, one.unit, one.cause, one.days, one.was, one.now)
        for one in plans.delays(slug=project.slug, as_of=request.as_of, limit=EVENTS)
    )
    rules, spoken_in = answers.catalogue(), language()
    by_cause = losses.added(moved, "cause", {id_: cause.name[spoken_in] for id_, cause in causes().items()})
    by_unit = losses.added(moved, "unit", {id_: name[spoken_in] for id_, name in rules.units.items()})
    return Now(
        plan=saved.plan,
        against=actuals.announced(saved.announced),
        today=day_of(request.as_of or request.now),
        at=saved.at,
        late=saved.late_days,
        blocked=saved.blocked,
        by_cause=by_cause,
        by_unit=by_unit,
        most=max((abs(one.days) for one in (*by_cause, *by_unit)), default=1),
        halts=halts(project.slug, now=request.now, open_only=True, as_of=request.as_of),
        offers=tuple(
            one for one in plans.offers(project.slug, as_of=request.as_of) if one.state in ("working", "offered")
        ),
        may_decide=gate.verdict(request.acting, "plan.decide", zone=project.zone),
        etag=etag,
    )
