"""What may happen now in a project: after every act somebody looks round."""

from datetime import datetime

from luodi.rehearsal import halting
from luodi.rehearsal.beginning import milestones
from luodi.rehearsal.opening import look_round
from luodi.rehearsal.story import Story


def look(story: Story, at: datetime) -> None:
    """Matters that may begin, milestones that may be reached, and what is found on the site."""
    look_round(story, at)
    milestones(story, at)
    halting.watch(story, at)
