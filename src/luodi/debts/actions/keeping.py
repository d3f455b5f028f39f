"""A debt is kept, or it is not: papers handed in, the commitment checked, the letter exchanged, the case given back."""

from datetime import datetime

from luodi.accounts.acting import Acting
from luodi.debts.actions.once import once
from luodi.debts.actions.stepping import Stepped, hold_open, say, step, what
from luodi.domain import written
from luodi.domain.clock.office import day_of
from luodi.domain.vocabulary import Refusal, Text

KEPT, BROKEN = Text("符合承诺", "kept"), Text("不符合承诺", "not kept")


@once
def hand_in(*, debt: int, note: str, by: Acting, at: datetime, key: str | None = None) -> Stepped:
    """The papers that were missing have come in: the deferral is settled, in grace too."""
    row = hold_open(debt, key, "deferral")
    row.state = "met"
    done = step(
        row,
        name="handed_in",
        kind="debt.handed_in",
        by=by,
        at=at,
        note=written.text(note, "note", empty=True),
        key=key,
    )
    say(row, "debt_kept", at, what=what(row))
    return done


@once
def check(*, debt: int, passed: bool, result: str, by: Acting, at: datetime, key: str | None = None) -> Stepped:
    """The after-check of a commitment and its result; a failed one is broken, and what follows a person decides."""
    row = hold_open(debt, key, "commitment")
    if row.checker and row.checker != by.organisation_code:
        raise Refusal("check_of_another_unit")
    row.state = "met" if passed else "broken"
    note = written.text(result, "result")
    done = step(row, name="checked", kind="debt.checked", by=by, at=at, note=note, more={"passed": passed}, key=key)
    say(row, "check_done", at, what=what(row), outcome=KEPT if passed else BROKEN)
    return done


@once
def exchange(*, debt: int, note: str, by: Acting, at: datetime, key: str | None = None) -> Stepped:
    """The certificate has been issued, and the letter that stood for it is done with."""
    row = hold_open(debt, key, "letter")
    row.state = "met"
    done = step(
        row,
        name="exchanged",
        kind="letter.exchanged",
        by=by,
        at=at,
        note=written.text(note, "note", empty=True),
        key=key,
    )
    say(row, "debt_kept", at, what=what(row))
    return done


@once
def give_back(*, debt: int, reason: str, by: Acting, at: datetime, key: str | None = None) -> Stepped:
    """The period of grace has run out without the papers: an officer gives the application back.

    Raises `Refusal("grace_still_runs")` before that day.  What becomes of the case itself is `cases.actions`' business.
    """
    row = hold_open(debt, key, "deferral")
    if row.state != "grace" or row.grace_until is None or day_of(at) <= row.grace_until:
        raise Refusal("grace_still_runs", until=row.grace_until or row.due)
    row.state = "returned"
    note = written.text(reason, "reason")
    done = step(row, name="returned", kind="debt.given_back", by=by, at=at, note=note, key=key)
    say(row, "debt_step", at, what=what(row), step=Text("退件", "given back"))
    return done
