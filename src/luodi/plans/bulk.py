"""The plan of an invented project, rolled forward in memory and kept at once.

The same rules as `rolling.carry_on`, without what follows from it for people: nobody is told, and no re-plan is asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from luodi.domain.catalogue.reading import load
from luodi.domain.clock.office import day_of
from luodi.domain.facts.project import Progress, ProjectFile
from luodi.domain.planning import rolling
from luodi.domain.planning.changes import Document, differences, planned_otherwise
from luodi.domain.planning.plan import plan
from luodi.domain.planning.plan_json import dumps
from luodi.domain.planning.result import Infeasible, Plan
from luodi.domain.vocabulary import Refusal
from luodi.plans.keeping import ANNOUNCED, FORECAST, LONGEST, Happened, digest_of, document_of
from luodi.plans.models import Delay, PlanRevision, Standing
from luodi.plans.rolling import TARGETS, Cause
from luodi.workcalendar.readers import in_force, mark

TARGET = "construction_start"
HARMLESS = ("other", "early_decision", "facts_changed")
"""Acts that take no days themselves."""


def plan_of(file: ProjectFile, on: date) -> Plan | None:
    """The plan to announce on a day; None where there is no lawful one."""
    found = plan(file, load(), to=TARGET, as_of=on, seconds=5.0, calendar=in_force())
    return found if isinstance(found, Plan) else None


@dataclass
class Forecasts:
    """What a project was told and what was forecast since."""

    announced: Plan
    standing: Standing
    told: Document = field(default_factory=dict)
    newest: Document = field(default_factory=dict)
    revisions: list[PlanRevision] = field(default_factory=list)
    delays: list[Delay] = field(default_factory=list)

    def carry_on(
        self, file: ProjectFile, document: str, progress: Mapping[str, Progress], frozen: Mapping[str, date], cause: Cause,
        at: datetime, passed: Cause,
    ) -> tuple[int, Cause]:  # fmt: skip
        """Roll the plan forward with everything that has happened; the calendar days by which the end moved, and why.

        `passed`: whose the days are that time alone has taken since, where the act itself can have taken none.
        """
        events, today, standing = Happened(progress, frozen, {}), day_of(at), self.standing
        text = events.text()
        digest = digest_of(document, load(), today, text, mark())
        if digest == standing.digest:
            return 0, cause
        was = date.fromisoformat(self.newest["milestones"][standing.target])
        target = standing.target
        answer = self._forecast(events.on(file), today)
        standing.digest, standing.events, standing.at = digest, text, at
        if isinstance(answer, str):
            if standing.blocked != answer:
                standing.blocked, standing.finish = answer, None
                self._revise(self.newest, cause, at)
            return 0, cause
        if standing.target != target:
            was = date.fromisoformat(self.newest["milestones"][standing.target])
        now, finish = document_of(answer), answer.span.finish
        unblocked, standing.blocked = bool(standing.blocked), ""
        standing.finish, standing.late = finish, (finish - standing.announced).days
        if unblocked or planned_otherwise(now, self.newest):
            self._revise(now, cause, at)
        why = passed if finish > was and cause.kind in HARMLESS else cause
        return self._delay(was, finish, why, at), why

    def keep(self) -> None:
        """Write it."""
        PlanRevision.objects.bulk_create(self.revisions)
        Delay.objects.bulk_create(self.delays)
        self.standing.save(force_insert=True)

    def _forecast(self, file: ProjectFile, today: date) -> Plan | str:
        standing, rules = self.standing, load()
        try:
            answer = rolling.roll(file, rules, self.announced, to=standing.target, as_of=today, calendar=in_force())
            further = TARGETS.get(standing.target)
            if isinstance(answer, Plan) and further and answer.milestones[standing.target] < today:
                standing.target, standing.announced = further, self.announced.milestones[further]
                answer = rolling.roll(file, rules, self.announced, to=further, as_of=today, calendar=in_force())
        except Refusal as refused:
            return refused.code
        return answer.code if isinstance(answer, Infeasible) else answer

    def _revise(self, now: Document, cause: Cause, at: datetime) -> None:
        standing = self.standing
        standing.seq += 1
        first = standing.root == standing.told or standing.seq - standing.root >= LONGEST
        if first:
            standing.root = standing.seq
        change = differences(now, self.told if first else self.newest)
        self.newest = now
        self.keep_revision(FORECAST, at, cause.entry, dumps(change, indent=None))

    def _delay(self, was: date, finish: date, cause: Cause, at: datetime) -> int:
        days, standing = (finish - was).days, self.standing
        if days:
            self.delays.append(
                Delay(
                    project_id=standing.project_id,
                    zone=standing.zone,
                    at=at,
                    matter=cause.matter,
                    unit=cause.unit,
                    organisation=cause.organisation,
                    cause=cause.kind,
                    days=days,
                    was=was,
                    now=finish,
                    entry=cause.entry,
                )
            )
        return days

    def keep_revision(self, kind: str, at: datetime, entry: str, answer: str) -> None:
        """Keep a plan as the standing has it now."""
        one = self.standing
        self.revisions.append(
            PlanRevision(
                project_id=one.project_id,
                seq=one.seq,
                kind=kind,
                at=at,
                entry=entry,
                told=one.told,
                root=one.root,
                target=one.target,
                finish=one.finish,
                blocked=one.blocked,
                digest=one.digest,
                answer=answer,
            )
        )


def announced(project: int, zone: str, found: Plan, document: str, *, at: datetime, entry: str) -> Forecasts:
    """Begin with the plan that people are told, as `actions.announce` keeps it."""
    text = Happened({}, {}, {}).text()
    finish = found.span.finish
    standing = Standing(
        project_id=project, zone=zone, at=at, seq=1, told=1, root=1, target=found.span.to_id, announced=finish, finish=finish,
        late=0, blocked="", events=text, digest=digest_of(document, load(), day_of(at), text, mark()),
    )  # fmt: skip
    told = document_of(found)
    begun = Forecasts(found, standing, told, told)
    begun.keep_revision(ANNOUNCED, at, entry, dumps(told, indent=None))
    return begun
