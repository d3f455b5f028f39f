"""After an edit of the calendar: every open deadline worked out anew, once no process can know the older calendar."""

from datetime import datetime, timedelta

from luodi.accounts.acting import SYSTEM, Acting
from luodi.cases.actions.reprojecting import Reprojected, reproject
from luodi.workcalendar import actions, readers
from luodi.workcalendar.readers import EditRow

WAIT = timedelta(seconds=2 * readers.KEPT_SECONDS)
"""After so long every process has looked at the table again, so that no act still writes deadlines of the older calendar."""


def at_once(*, edit: int, by: Acting, at: datetime) -> Reprojected:
    """Work out anew what an edit just made moves, for whoever made it; `settle` goes over it again later."""
    waiting = tuple(one for one in readers.edits(settled=False) if one.id == edit)
    return _over(waiting, by, at)


def settle(*, at: datetime) -> Reprojected:
    """Work out anew what edits have moved and nobody has settled yet; for the worker's timetable.

    Each project is a transaction of its own and repeating it moves nothing, so that a crash half-way loses nothing: an
    edit is settled only when all are done.
    """
    waiting = tuple(one for one in readers.edits(settled=False) if one.at <= at - WAIT)
    done = _over(waiting, SYSTEM, at)
    if waiting:
        actions.settled(edits=tuple(one.id for one in waiting), at=at)
    return done


def _over(waiting: tuple[EditRow, ...], by: Acting, at: datetime) -> Reprojected:
    if not waiting:
        return Reprojected(0, 0)
    readers.forget()
    before, after = readers.without(one.id for one in waiting), readers.in_force()
    return reproject(before=before, after=after, why=why(waiting), by=by, at=at)


def why(edits: tuple[EditRow, ...]) -> str:
    """What deadlines move for, as the record keeps it: the papers, and who put them into the calendar."""
    return "；".join(" ".join(filter(None, (one.title, one.number, f"（{one.who}）"))) for one in edits)
