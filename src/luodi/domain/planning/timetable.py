"""A schedule with its calendar: what the indexes of each node mean as dates."""

from dataclasses import dataclass
from datetime import date

from luodi.domain.facts.project import ProjectFile
from luodi.domain.planning.cpm import Passes
from luodi.domain.planning.network import Network, Selection, Variant, within
from luodi.domain.planning.problem import Schedule


@dataclass(frozen=True, slots=True)
class Timetable:
    """A schedule with its calendar: what each node's indexes mean as dates."""

    network: Network
    selection: Selection
    schedule: Schedule
    passed: Passes
    project: ProjectFile

    def day(self, index: int) -> date:
        """The date of a working-day index."""
        day: date = self.network.calendar.dates[within(self.network.calendar, index)].item()
        return day

    def start(self, position: int) -> date:
        """The day a node starts; for progress, the day that was reported."""
        node = self.selection.nodes[position]
        done = self.project.progress.get(node.matter or "")
        if node.role == "handle" and done:
            return done.started
        return self.day(int(self.schedule.start[position]))

    def finish(self, position: int) -> date:
        """The day a node finishes; for progress and milestones reached, the day that was reported."""
        node = self.selection.nodes[position]
        done = self.project.progress.get(node.matter or "")
        if node.role == "handle" and done and done.finished:
            return done.finished
        reached = self.project.milestones.get(node.id.removeprefix("@")) if node.fixed else None
        return reached or self.day(int(self.schedule.finish[position]))

    def variant(self, position: int) -> Variant:
        """The variant of a node that the schedule uses."""
        return self.selection.variants[position][int(self.schedule.mode[position])]
