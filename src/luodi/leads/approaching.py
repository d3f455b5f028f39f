"""Next steps that come closer; for reminders."""

from collections.abc import Iterator
from datetime import date

from luodi.leads.readers import open_steps
from luodi.notices.reminders import Upcoming


def approaching(*, since: date, until: date) -> Iterator[Upcoming]:
    """Next steps that fall due in a span of days: whoever has to take them is reminded.  One query."""
    for one in open_steps(None, since, until):
        if one.stepper is not None and one.due is not None:
            yield Upcoming(
                "lead_step_due", one.due, f"lead:{one.id}", {"company": one.company, "step": one.step[:80]},
                posts=(one.stepper,), link=f"/pipeline/leads/{one.id}/", project=one.project,
            )  # fmt: skip
