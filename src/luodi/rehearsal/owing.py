"""What is owed, and what becomes of it: papers come in time, in grace or not; commitments are checked, and kept or not."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from luodi.accounts.acting import SYSTEM, Acting
from luodi.cases.held import Held
from luodi.debts.models import Debt
from luodi.domain.catalogue.matters import Commitment
from luodi.domain.clock.deferral import deferral_due, grace_until
from luodi.domain.clock.office import day_of
from luodi.domain.events.canonical import Json
from luodi.domain.handling.breaching import ladder
from luodi.domain.vocabulary import Text
from luodi.rehearsal.chance import Chance, midnight
from luodi.rehearsal.story import Story

NOTICE, ORDER, LIMIT = 2, 3, 15
"""Rungs of the ladder: told that it is overdue, ordered to put things right within so many working days."""
SIGNED = "我单位承诺：{matter}的各项条件在开工前和建设中全部达到，不符合的自愿停工整改并承担责任（示例文本）。"
FOUND = "现场核查发现未按承诺落实"


def owe_papers(story: Story, held: Held, papers: Sequence[Text], by: Acting, at: datetime) -> None:
    """As `actions.accepting.owe_papers`; then they come, or the grace begins."""
    days, chance = story.calendar.days, story.chance.of("papers", held.row.matter, held.row.round)
    named = "、".join(one.zh for one in papers)
    since = held.course.accepted or at
    row = story.book.owe(
        matter=held.row.matter, kind="deferral", text=f"后补：{named}",
        due=max(day_of(at), deferral_due(day_of(since), held.terms, days)), papers=[one.zh for one in papers],
        checker=story.code(held), by=by, at=at,
    )  # fmt: skip
    left = days.count(day_of(at), row.due)
    if chance.happens("kept_in_time") and left > 0:
        moment = chance.after(at, chance.between(1, left), days)
        story.calendar.at(moment, lambda now: _hand_in(story, row, now))
    else:
        moment = midnight(row.due + timedelta(days=1)) + timedelta(minutes=chance.between(5, 30))
        story.calendar.at(max(moment, at + timedelta(minutes=30)), lambda now: _grace(story, row, chance, now))


def _hand_in(story: Story, row: Debt, at: datetime) -> None:
    """As `actions.hand_in`."""
    row.state = "met"
    clerk = story.cast.clerk(day_of(at), story.chance.of("clerk", row.pk))
    story.book.step(row, "handed_in", "debt.handed_in", clerk, at, note="材料已补齐")


def _grace(story: Story, row: Debt, chance: Chance, at: datetime) -> None:
    """As `actions.advance`, and what follows within the grace or after it."""
    days = story.calendar.days
    until = grace_until(row.due, days)
    row.state, row.grace_until = "grace", until
    story.book.step(row, "grace", "debt.grace", SYSTEM, at, more={"until": until})
    if chance.happens("kept_in_grace"):
        took = min(chance.days("grace"), max(1, days.count(row.due, until)))
        story.calendar.at(chance.after(at, took, days), lambda now: _hand_in(story, row, now))
    else:
        later = chance.moment(days.next_workday(until + timedelta(days=1 + chance.between(0, 4))))
        story.calendar.at(later, lambda now: _give_back(story, row, now))


def _give_back(story: Story, row: Debt, at: datetime) -> None:
    """As `actions.give_back`."""
    row.state = "returned"
    by = story.cast.clerk(day_of(at), story.chance.of("returned", row.pk))
    story.book.step(row, "returned", "debt.given_back", by, at, note="宽限期满仍未补齐")


def commit(story: Story, held: Held, rule: Commitment, by: Acting, at: datetime) -> None:
    """What was granted on a commitment is owed until it has been checked."""
    days, chance = story.calendar.days, story.chance.of("check", held.row.matter, held.row.round)
    row = story.book.owe(
        matter=held.row.matter, kind="commitment", text=SIGNED.format(matter=held.matter.name.zh),
        standard=rule.check.zh, due=day_of(at) + timedelta(days=chance.days("check")), checker=by.organisation_code,
        by=by, at=at,
    )  # fmt: skip
    late = 0 if chance.happens("checked_in_time") else chance.days("check_over")
    day = row.due + timedelta(days=late) if late else row.due - timedelta(days=chance.between(1, 20))
    moment = max(chance.moment(days.last_workday(day)), chance.after(at, 1, days))
    story.calendar.at(moment, lambda now: _check(story, row, by, chance, now))


def _check(story: Story, row: Debt, by: Acting, chance: Chance, at: datetime) -> None:
    """As `actions.check`; what a broken commitment leads to, a person decides some days later."""
    passed = chance.happens("check_passed")
    row.state = "met" if passed else "broken"
    by = story.cast.officer(by.organisation, day_of(at), chance)
    note = "现场核查，与承诺一致" if passed else FOUND
    story.book.step(row, "checked", "debt.checked", by, at, note=note, more={"passed": passed})
    if not passed:
        days = story.calendar.days
        first = max(day_of(at), row.due)
        moment = chance.moment(days.add(first, chance.between(1, 4)))
        story.calendar.at(moment, lambda now: _climb(story, row, NOTICE, by, chance, now))


def _climb(story: Story, row: Debt, to: int, by: Acting, chance: Chance, at: datetime) -> None:
    """As `actions.climb`: told first, then ordered to put things right by a day; most do so before it."""
    rung, days, today = ladder()[to - 1], story.calendar.days, day_of(at)
    row.rung = rung.number
    if to == ORDER:
        by = story.cast.head(by.organisation, today, chance) or by
        row.grace_until = days.add(today, LIMIT)
    limit = row.grace_until if to == ORDER else None
    more: dict[str, Json] = {"rung": rung.id, "told": True, "heard": False, "limit": limit}
    story.book.step(row, rung.id[:24], "debt.climbed", by, at, note=FOUND, more=more)
    moment = chance.after(at, chance.between(3, LIMIT - 3), days)
    if to == NOTICE:
        story.calendar.at(moment, lambda now: _climb(story, row, ORDER, by, chance, now))
    elif chance.happens("repaired"):
        story.calendar.at(moment, lambda now: _repair(story, row, by, now))


def _repair(story: Story, row: Debt, by: Acting, at: datetime) -> None:
    """As `actions.repair`."""
    was, row.rung, row.state = row.rung, 0, "met"
    story.book.step(row, "repaired", "debt.repaired", by, at, note="已整改到位", more={"rung": ladder()[was - 1].id})
