"""What time alone does to debts: deadlines pass, grace begins, letters expire.  It tells people; it decides nothing."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from luodi.accounts.acting import SYSTEM
from luodi.debts.actions.stepping import say, step, what
from luodi.debts.models import Debt
from luodi.domain.clock.deferral import grace_until
from luodi.domain.clock.office import day_of
from luodi.workcalendar.readers import in_force

BATCH = 500


@dataclass(frozen=True, slots=True)
class Advanced:
    """How many deferrals went into grace, and how many letters expired."""

    grace: int
    expired: int


def advance(*, at: datetime) -> Advanced:
    """Mark what has run out since it was last looked at, each debt in a transaction of its own.

    A deferral whose day has passed has its period of grace; a letter whose day has passed has expired.  Repeating it
    changes nothing.  A crash half-way leaves whole steps only, and the rest for the next time.
    """
    today = day_of(at)
    late = Debt.objects.filter(state="open", due__lt=today)
    deferrals = _each(list(late.filter(kind="deferral").order_by("id").values_list("pk", flat=True)[:BATCH]), at, today)
    letters = _each(list(late.filter(kind="letter").order_by("id").values_list("pk", flat=True)[:BATCH]), at, today)
    return Advanced(deferrals, letters)


def _each(debts: list[int], at: datetime, today: date) -> int:
    done = 0
    for debt in debts:
        with transaction.atomic():
            found = Debt.objects.select_for_update(of=("self",), skip_locked=True).select_related("project")
            row = found.filter(pk=debt, state="open", due__lt=today).first()
            if row is not None:
                _grace(row, at) if row.kind == "deferral" else _expire(row, at)
                done += 1
    return done


def _grace(row: Debt, at: datetime) -> None:
    until = grace_until(row.due, in_force())
    row.state, row.grace_until = "grace", until
    step(row, name="grace", kind="debt.grace", by=SYSTEM, at=at, more={"until": until})
    say(row, "debt_grace", at, what=what(row), until=until)


def _expire(row: Debt, at: datetime) -> None:
    row.state = "expired"
    step(row, name="expired", kind="letter.expired", by=SYSTEM, at=at)
    say(row, "letter_expired", at, what=what(row), due=row.due)
