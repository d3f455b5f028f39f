"""A case being handled: what it needs to take its steps, in order of time; `taking`, `incidents`, `deciding` are the steps."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from luodi.accounts.acting import Acting
from luodi.cases.bulk import gone
from luodi.cases.held import Held, Stroke
from luodi.domain.clock.office import day_of
from luodi.rehearsal.cast import HANDLERS
from luodi.rehearsal.chance import Chance
from luodi.rehearsal.fates import Fate
from luodi.rehearsal.story import Story

Step = Callable[["Case", datetime], None]

FROZEN_FOR = 3
"""Working days after which a step that a stop of works froze is tried again."""


@dataclass
class Case:
    """A case with its fate.  `coming`: the steps still before it, of which the last is the decision."""

    story: Story
    held: Held
    chance: Chance
    fate: Fate
    coming: list[Step] = field(default_factory=list)

    def later(self, days: int, step: Step, now: datetime | None = None) -> None:
        """Take a step some working days after the last one; 0: the same day, if any of it is left."""
        last = self.held.told[-1].at
        self.at(self.chance.after(max(now or last, last), days, self.story.calendar.days), step)

    def at(self, moment: datetime, step: Step) -> None:
        """Take a step at a moment."""
        self.story.calendar.at(moment, lambda now: step(self, now))

    def act(self, strokes: tuple[Stroke, ...], by: Acting, at: datetime, cause: str) -> None:
        """Write an act on it."""
        self.story.act(self.held, strokes, by, at, cause)

    def officer(self, on: date) -> Acting:
        """Whoever owns it and is still there, else another officer of its unit."""
        organisation, cast = self.held.row.organisation_id, self.story.cast
        there = cast.all(HANDLERS, on, organisation)
        owner = next((one.acting for one in there if one.acting.post == self.held.row.handler_id), None)
        return owner or cast.officer(organisation, on, self.chance)

    def frozen(self, on: date) -> bool:
        """Whether an open stop of works holds it up."""
        return self.held.row.matter in self.story.ledger.frozen(on)


def go_on(case: Case, at: datetime) -> None:
    """The next step of a case, some days later; the decision sets its day itself."""
    step = case.coming.pop(0)
    if case.coming:
        case.later(case.chance.later("accepting"), step, at)
    else:
        step(case, at)


def over(case: Case, at: datetime) -> None:
    """A case has been closed: its matter is done, or it will be applied for again."""
    story, row = case.story, case.held.row
    if gone(row):
        again = case.chance.days("again")
        moment = case.chance.after(at, again, story.calendar.days)
        story.resting.add(row.matter)
        story.begun.discard(row.matter)
        story.calendar.at(moment, lambda now: apply_again(story, row.matter, now))
    else:
        story.done[row.matter] = day_of(at)
    story.look(story, at)


def apply_again(story: Story, matter: str, at: datetime) -> None:
    """The enterprise is ready to apply once more."""
    story.resting.discard(matter)
    story.look(story, at)
