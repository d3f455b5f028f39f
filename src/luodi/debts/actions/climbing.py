"""The ladder of a broken commitment: every rung is a person's decision with a reason, and there is a way back."""

from datetime import date, datetime

from luodi.accounts.acting import Acting
from luodi.debts.actions.once import once
from luodi.debts.actions.stepping import Stepped, hold, hold_open, say, step, what
from luodi.domain import written
from luodi.domain.clock.office import day_of
from luodi.domain.events.canonical import Json
from luodi.domain.handling import breaching
from luodi.domain.handling.breaching import Decision, ladder
from luodi.domain.vocabulary import Refusal


@once
def remind(*, debt: int, note: str = "", by: Acting, at: datetime, key: str | None = None) -> Stepped:
    """Remind of a debt that is still owed; no sanction, and no rung."""
    row = hold_open(debt, key)
    said = written.text(note, "note", empty=True)
    done = step(row, name="reminded", kind="debt.reminded", by=by, at=at, note=said, key=key)
    say(row, "debt_owed", at, checker=False, matter=what(row), what=what(row), due=row.due)
    return done


@once
def climb(
    *,
    debt: int,
    to: int,
    reason: str,
    told: bool = False,
    heard: bool = False,
    limit: date | None = None,
    by: Acting,
    at: datetime,
    key: str | None = None,
) -> Stepped:
    """Take the next rung against a debt that was not kept; who decides is the one who acts, and says why.

    `told`: the party was told in writing; `heard`: it was heard; `limit`: by when it must put things right.
    Raises `Refusal` where the ladder forbids the step, or the debt has been kept.
    """
    row = hold(debt, key)
    if row.state == "met":
        raise Refusal("debt_settled", what=what(row))
    decision = Decision(by.label, written.text(reason, "reason"), told, heard, limit)
    today = day_of(at)
    rung = breaching.climb(
        row.rung, to, decision=decision, due=breaching.breached(row.due, today, broken=row.state == "broken"),
        today=today, limit=row.grace_until if row.kind == "commitment" else None,
    )  # fmt: skip
    row.rung = rung.number
    if limit is not None:
        row.grace_until = limit
    more: dict[str, Json] = {"rung": rung.id, "told": told, "heard": heard, "limit": limit}
    done = step(row, name=rung.id[:24], kind="debt.climbed", by=by, at=at, note=decision.reason, more=more, key=key)
    say(row, "debt_step", at, what=what(row), step=rung.name)
    return done


@once
def repair(*, debt: int, note: str, by: Acting, at: datetime, key: str | None = None) -> Stepped:
    """Things were put right (信用修复): the debt is kept after all, and no rung stands against it any more.

    Raises `Refusal("nothing_to_repair")` where no step was taken and nothing was broken.
    """
    row = hold(debt, key)
    if row.state == "met" or (row.rung == 0 and row.state in ("open", "grace")):
        raise Refusal("nothing_to_repair", what=what(row))
    was, row.rung, row.state = row.rung, 0, "met"
    rung = next((one.id for one in ladder() if one.number == was), "")
    note = written.text(note, "note")
    done = step(row, name="repaired", kind="debt.repaired", by=by, at=at, note=note, more={"rung": rung}, key=key)
    say(row, "debt_kept", at, what=what(row))
    return done
