"""容缺 (deferral): by when the papers that may come later are due, with which reminders and which grace.

One rule for the case that is handled and for the plan that foresees it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from luodi.domain.clock.ledger import Terms
from luodi.domain.source import asking as ask
from luodi.domain.source.grounds import confidence_of, source_of, unit_of
from luodi.domain.source.tables import Days, days_of, read_table
from luodi.domain.source.tree import Leaf, Series
from luodi.domain.vocabulary import Confidence, DayUnit, Source, Text
from luodi.domain.workdays import WorkCalendar

FILE = "debts/deferrals.yaml"


@dataclass(frozen=True, slots=True)
class Never:
    """Something that may never be missing, in words."""

    id: str
    name: Text
    source: Source
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class DeferralRule:
    """All of `deferrals.yaml`; `reminders`: so many units before the due day."""

    most: Days
    grace: Days
    reminders: tuple[int, ...]
    reminder_unit: DayUnit
    never: Mapping[str, Never]


@cache
def deferral_rule() -> DeferralRule:
    """The rule as shipped."""
    return read_table(FILE, read_deferrals)


def deferral_due(accepted: date, terms: Terms, calendar: WorkCalendar) -> date:
    """The day by which the papers are due: the end of the promised limit, but not later than the most the rule allows.

    The law's limit counts where nobody promised, and where what was promised is an answer at once: it leaves no day.
    """
    rule = deferral_rule().most
    latest = calendar.due(accepted, rule.days, rule.unit)
    limit, unit = terms.promise, terms.promise_unit or terms.unit
    if not limit:
        limit, unit = terms.budget, terms.unit
    return min(latest, calendar.due(accepted, limit, unit)) if limit else latest


def grace_until(due: date, calendar: WorkCalendar) -> date:
    """The last day of the grace after `due`, during which the case rests."""
    rule = deferral_rule().grace
    return calendar.due(due, rule.days, rule.unit)


def reminders(due: date, calendar: WorkCalendar) -> tuple[date, ...]:
    """The days on which the debtor is reminded, in order."""
    rule = deferral_rule()
    if rule.reminder_unit is DayUnit.WORKING:
        return tuple(sorted(calendar.add(due, -days) for days in rule.reminders))
    return tuple(sorted(calendar.last_workday(date.fromordinal(due.toordinal() - days)) for days in rule.reminders))


def deferral_state(due: date, grace: date, today: date, handed_in: date | None) -> str:
    """open | grace (the case rests) | met | returned (to be returned: a person does it)."""
    if handed_in is not None and handed_in <= grace:
        return "met"
    if today <= due:
        return "open"
    return "grace" if today <= grace else "returned"


def read_deferrals(root: ask.Row) -> DeferralRule:
    """`deferrals.yaml`."""
    row = ask.child(root, "reminders")
    days = _days(row)
    unit = unit_of(row)
    source_of(row), confidence_of(row)
    never = {}
    for key, entry in ask.rows(ask.child(root, "never")):
        never[key] = Never(key, ask.pair(entry), source_of(entry), confidence_of(entry))
        ask.close(entry)
    rule = DeferralRule(days_of(root, "most"), days_of(root, "grace"), days, unit, MappingProxyType(never))
    ask.close(row)
    ask.close(root)
    return rule


def _days(row: ask.Row) -> tuple[int, ...]:
    found = ask.node(row, "days")
    items = found.items if isinstance(found, Series) else ()
    values = [item.value for item in items if isinstance(item, Leaf)]
    days = tuple(value for value in values if isinstance(value, int) and value > 0)
    if not days or len(days) < len(items):
        row.faults.add(ask.line(row, "days"), "expected_list", key="days", value="")
    return days
