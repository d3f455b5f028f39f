"""Where a project stands, in the few figures an enterprise needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luodi.accounts import readers as people
from luodi.cases import readers as cases
from luodi.domain.catalogue.matters import Catalogue
from luodi.domain.planning.result import Step
from luodi.domain.vocabulary import Text
from luodi.plans.readers import Saved
from luodi.plans.slower import legal_finish
from luodi.projects import readers as projects


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a stage is: matters done, under way, ahead."""

    name: Text
    done: int
    running: int
    ahead: int


@dataclass(frozen=True, slots=True)
class Range:
    """When the target may be reached: `promised` if every office keeps its promise, `legal` if each takes its full limit."""

    promised: date
    legal: date | None
    assumed_share: float


@dataclass(frozen=True, slots=True)
class Server:
    """Somebody who serves the project."""

    role: Text
    name: str
    organisation: Text


def progress(saved: Saved | None, rows: Sequence[cases.Row], rules: Catalogue) -> tuple[Stage, ...]:
    """The stages of the plan with how many of their matters are done.  No query."""
    if saved is None:
        return ()
    running = {row.matter for row in rows if row.open}
    found = []
    for number, name in rules.stages.items():
        steps = [step for step in saved.plan.steps if step.stage == number]
        done = sum(step.state == "done" for step in steps)
        going = sum(step.matter in running and step.state != "done" for step in steps)
        if steps:
            found.append(Stage(name, done, going, len(steps) - done - going))
    return tuple(found)


def owed_by_applicant(rows: Sequence[cases.Row], saved: Saved | None) -> tuple[cases.Row | Step, ...]:
    """What waits for the applicant: cases whose turn is theirs, soonest first, then papers to prepare next.  No query."""
    theirs: list[cases.Row | Step] = [row for row in rows if row.open and row.turn == "applicant"]
    handled = {row.matter for row in rows}
    steps = saved.plan.steps if saved else ()
    preparing = [s for s in steps if s.state == "planned" and s.matter not in handled and s.prepare_from < s.prepare_to]
    return (*theirs, *sorted(preparing, key=lambda step: (step.prepare_to, not step.critical))[:5])


def promised_and_legal(slug: str, saved: Saved | None, today: date) -> Range | None:
    """The range of the expected finish; None where there is no lawful plan.  Two queries."""
    if saved is None or saved.finish is None:
        return None
    return Range(saved.finish, legal_finish(slug, today), saved.plan.assumed_share)


def served_by(slug: str, on: date) -> tuple[Server, ...]:
    """Who serves a project: navigator, task-force leader, investment officer.  Two queries."""
    members = projects.team(slug, on)
    found = people.posts_by_number(one.post for one in members)
    return tuple(
        Server(projects.ROLES[one.role], found[one.post].name, found[one.post].organisation_name)
        for one in members
        if one.role != "agent" and one.post in found
    )
