"""How a live project stands: its plan now, what was announced, the days lost and why, halts, and offers to decide."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from luodi.accounts import gate
from luodi.accounts.gate import SignedIn
from luodi.cases import readers as cases
from luodi.cases.readers.halted import HaltRow, halts
from luodi.desk.casework import telling
from luodi.desk.charting import actuals, answers, losses
from luodi.desk.tongue import language
from luodi.domain.clock.office import day_of
from luodi.domain.handling.causes import causes
from luodi.domain.planning.result import Plan
from luodi.domain.vocabulary import Text
from luodi.plans import readers as plans
from luodi.plans.readers import Offered
from luodi.projects.readers import Recorded

EVENTS = 500
"""Events that moved the end: more than any project has."""
OTHER = "other:"
"""What has no cause of its own is called by the act that did it."""
WHOLE = Text("整个项目", "the whole project")


@dataclass(frozen=True, slots=True)
class Now:
    """A live project at a moment.  `late`: calendar days between the announced end and the one now forecast.

    `blocked`: why there is no lawful plan now, "" where there is one.  `moved`: what moved the end, newest first;
    `cases`: the number of a matter's case.
    """

    plan: Plan
    against: actuals.Announced
    today: date
    at: datetime
    late: int
    blocked: str
    by_cause: tuple[losses.Sum, ...]
    by_unit: tuple[losses.Sum, ...]
    moved: tuple[losses.Loss, ...]
    cases: Mapping[str, str]
    most: int
    halts: tuple[HaltRow, ...]
    offers: tuple[Offered, ...]
    may_decide: gate.Verdict

    def bar(self, days: int) -> str:
        """The small bar beside a sum."""
        return losses.bar(days, self.most)


def standing(request: SignedIn, project: Recorded) -> Now | None:
    """The project as it stands, or stood; None where nothing was announced.  Seven queries."""
    saved = plans.current(project.slug, as_of=request.as_of)
    if saved is None:
        return None
    moved = lost(request, project.slug)
    rules, spoken_in = answers.catalogue(), language()
    others = {one.cause: one.what for one in moved if one.cause.startswith(OTHER)}
    names = {id_: cause.name[spoken_in] for id_, cause in causes().items()}
    by_cause = losses.added(moved, "cause", {**names, **others})
    units = {id_: name[spoken_in] for id_, name in rules.units.items()}
    by_unit = losses.added(moved, "unit", {"": WHOLE[spoken_in], **units})
    return Now(
        plan=saved.plan,
        against=actuals.announced(saved.announced),
        today=day_of(request.as_of or request.now),
        at=saved.at,
        late=saved.late_days,
        blocked=saved.blocked,
        by_cause=by_cause,
        by_unit=by_unit,
        moved=moved,
        cases={row.matter: row.number for row in cases.of_project(project.slug, now=request.now, as_of=request.as_of)},
        most=max((abs(one.days) for one in (*by_cause, *by_unit)), default=1),
        halts=halts(project.slug, now=request.now, open_only=True, as_of=request.as_of),
        offers=tuple(
            one for one in plans.offers(project.slug, as_of=request.as_of) if one.state in ("working", "offered")
        ),
        may_decide=gate.verdict(request.acting, "plan.decide", zone=project.zone),
    )


def lost(request: SignedIn, slug: str) -> tuple[losses.Loss, ...]:
    """What moved the end of a project: by how much, whose act it was, and why.  Two queries."""
    rows = plans.delays(slug=slug, as_of=request.as_of, limit=EVENTS)
    known = cases.behind(slug, {one.entry for one in rows if one.entry}) if rows else {}
    return tuple(loss(one, known.get(one.entry, ())) for one in rows)


def loss(one: plans.Lost, events: tuple[cases.Behind, ...]) -> losses.Loss:
    """One of them, with the event behind it: that of its own case where the act was on many."""
    own = next((event for event in events if event.matter == one.matter), events[0] if events else None)
    told = losses.Loss(one.at, one.matter, one.unit, one.cause, one.days, one.was, one.now)
    if own is None:
        return told
    event, alone = own.event, len(events) == 1 or own.matter == one.matter
    return replace(
        told,
        cause=f"{OTHER}{event.kind}" if one.cause == "other" else one.cause,
        matter=one.matter or (own.matter if alone else ""),
        number=own.number if alone else "",
        what=said(telling.event_name(event)),
        who=event.who,
        why=tuple(part for part in (event.reason, *telling.papers_of(event)) if part),
    )


def said(name: Text | str) -> str:
    """A name in the page's language."""
    return name[language()] if isinstance(name, Text) else name
