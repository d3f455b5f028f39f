"""What can be done about a debt: each verb with the function it needs, whether it fits now, and the action that does it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict

from django.http import QueryDict

from luodi.accounts.acting import Acting
from luodi.accounts.gate import verdict
from luodi.debts import actions
from luodi.debts.readers import OPEN, DebtRow
from luodi.desk import asked
from luodi.desk.owing import telling
from luodi.domain.handling import breaching
from luodi.domain.handling.breaching import Decision, Rung
from luodi.domain.vocabulary import Refusal, Text


class Mark(TypedDict):
    """What every act carries: which debt, who, when, and the key of the form."""

    debt: int
    by: Acting
    at: datetime
    key: str | None


@dataclass(frozen=True, slots=True)
class Verb:
    """An act: the function its doer needs, the kinds of debt it is for (none: all), and how a form becomes the act."""

    function: str
    kinds: tuple[str, ...]
    name: Text
    do: Callable[[QueryDict, Mark], object]


@dataclass(frozen=True, slots=True)
class Offer:
    """A verb, whether this post may do it now, and why, or why not."""

    verb: str
    name: Text
    allowed: bool
    why: Text | Refusal


def climb(form: QueryDict, mark: Mark) -> object:
    """The next rung, decided by whoever acts."""
    return actions.climb(
        **mark,
        to=asked.number(form, "to"),
        reason=form.get("reason", ""),
        told="told" in form,
        heard="heard" in form,
        limit=asked.day(form, "limit") if asked.given(form, "limit") else None,
    )


def check(form: QueryDict, mark: Mark) -> object:
    """The after-check with its outcome."""
    if form.get("passed") not in ("yes", "no"):
        raise Refusal("choice_missing", field="passed")
    return actions.check(**mark, passed=form["passed"] == "yes", result=form.get("result", ""))


VERBS: Mapping[str, Verb] = {
    "hand_in": Verb(
        "debt.check", ("deferral",), Text("材料已补齐", "Papers handed in"),
        lambda form, mark: actions.hand_in(**mark, note=form.get("note", "")),
    ),
    "check": Verb("debt.check", ("commitment",), Text("登记核查结果", "After-check with its result"), check),
    "exchange": Verb(
        "debt.check", ("letter",), Text("已换正式证件", "Exchanged for the certificate"),
        lambda form, mark: actions.exchange(**mark, note=form.get("note", "")),
    ),
    "remind": Verb(
        "debt.check", (), Text("提醒", "Remind"), lambda form, mark: actions.remind(**mark, note=form.get("note", ""))
    ),
    "give_back": Verb(
        "debt.check", ("deferral",), Text("退件", "Give the application back"),
        lambda form, mark: actions.give_back(**mark, reason=form.get("reason", "")),
    ),
    "climb": Verb("debt.step", ("commitment",), Text("采取下一级措施", "Take the next rung"), climb),
    "repair": Verb(
        "debt.step", (), Text("信用修复", "Repaired"), lambda form, mark: actions.repair(**mark, note=form.get("note", ""))
    ),
}  # fmt: skip


def offers(row: DebtRow, acting: Acting, *, today: date, unit: int | None, team: Collection[int]) -> tuple[Offer, ...]:
    """Every verb for this kind of debt, with whether and why.  `unit`: the organisation that checks it.  No query."""
    found = []
    for id_, verb in VERBS.items():
        if verb.kinds and row.kind not in verb.kinds:
            continue
        unfit = why_not(row, id_, today)
        said = verdict(acting, verb.function, zone=row.zone, organisation=unit, project_posts=team)
        found.append(Offer(id_, verb.name, said.allowed and unfit is None, unfit or said.words))
    return tuple(found)


def why_not(row: DebtRow, verb: str, today: date) -> Refusal | None:
    """Why the debt as it stands does not allow a verb; None where it does."""
    what = telling.what(row)
    if verb == "climb":
        return _no_rung(row, today)
    if verb == "repair":
        clean = row.state == "met" or (row.rung == 0 and row.state in OPEN)
        return Refusal("nothing_to_repair", what=what) if clean else None
    if row.state not in OPEN:
        return Refusal("debt_settled", what=what)
    if verb == "give_back" and (row.grace_until is None or row.state != "grace" or today <= row.grace_until):
        return Refusal("grace_still_runs", until=row.grace_until or row.due)
    return None


def rung_to_take(row: DebtRow, today: date) -> Rung | None:
    """The rung that comes next: the reminder is left out once the day has passed; None at the top."""
    above = breaching.next_rung(row.rung)
    if above is not None and above.when == "before" and today > _breached(row, today):
        return breaching.next_rung(above.number)
    return above


def _breached(row: DebtRow, today: date) -> date:
    return breaching.breached(row.due, today, broken=row.state == "broken")


def _no_rung(row: DebtRow, today: date) -> Refusal | None:
    """Why the ladder allows no step today, whoever decides and however well."""
    if row.state == "met":
        return Refusal("debt_settled", what=telling.what(row))
    rung = rung_to_take(row, today)
    if rung is None:
        return Refusal("ladder_at_top")
    best = Decision("x", "x", told=True, heard=True, limit=date.max)
    try:
        breaching.climb(
            row.rung, rung.number, decision=best, due=_breached(row, today), today=today, limit=row.grace_until
        )
    except Refusal as refused:
        return refused
    return None
