"""A project that was played in memory, played once more through the actions, entry by entry of its record."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from luodi.accounts.acting import SYSTEM, Acting
from luodi.cases import actions
from luodi.cases.limits import OWNER
from luodi.cases.models import Asking, Case
from luodi.debts import actions as debts
from luodi.debts.models import Debt
from luodi.domain.catalogue.reading import load
from luodi.domain.clock.office import day_of
from luodi.domain.events.record import Record
from luodi.domain.handling.breaching import ladder
from luodi.journal.readers import entries
from luodi.plans.actions import announce
from luodi.projects import actions as projects
from luodi.projects.models import Project, Revision
from luodi.zones.reaching import acting_as

AGAIN = "replayed"
BESIDE = ("debt.owed",)
"""Entries that another act writes beside its own."""
Payload = dict[str, Any]


@dataclass
class Replay:
    """`more`: by and at of the entry in hand; `askings`, `debts`: numbers of the first project -> of the second."""

    slug: str
    more: Payload = field(default_factory=dict)
    askings: dict[int, int] = field(default_factory=dict)
    debts: dict[int, int] = field(default_factory=dict)
    recorded: int = 0

    def on(self, said: Payload) -> Payload:
        """The case meant, as actions want it."""
        first = Case.objects.get(number=said["case"])
        row = Case.objects.get(project__slug=AGAIN, matter=first.matter, round=first.round)
        return {"case": row.pk, "seq": row.seq, **self.more}

    def debt(self, said: Payload) -> int:
        """The debt meant."""
        first = Debt.objects.get(pk=said["debt"])
        return Debt.objects.get(project__slug=AGAIN, matter=first.matter, kind=first.kind, since=first.since).pk


def replay(slug: str) -> None:
    """Every entry of the project's chain, oldest first, as an act on a second project."""
    done = Replay(slug)
    for entry in reversed(entries(project=slug, limit=100_000).records):
        if entry.kind not in BESIDE:
            done.more = {"by": _by(entry), "at": entry.at}
            ACTS[entry.kind](done, json.loads(entry.payload))


def _by(entry: Record) -> Acting:
    found = acting_as(entry.post, day_of(entry.at)) if entry.post else SYSTEM
    assert found is not None
    return found


def _recorded(one: Replay, _said: Payload) -> None:
    first = Project.objects.get(slug=one.slug)
    one.recorded += 1
    document = Revision.objects.get(project=first, seq=one.recorded).document
    projects.record_project(
        slug=AGAIN,
        document=document,
        sample=True,
        zone=first.zone_id,
        applicant=first.applicant_id,
        live=True,
        **one.more,
    )


def _joined(one: Replay, said: Payload) -> None:
    starts, ends = date.fromisoformat(said["starts"]), said.get("ends")
    projects.assign_member(
        project=AGAIN, post=said["member_post"], role=said["role"], starts=starts,
        ends=date.fromisoformat(ends) if ends else None, **one.more,
    )  # fmt: skip


def _dispatched(one: Replay, said: Payload) -> None:
    actions.dispatch(project=AGAIN, matters=[each["matter"] for each in said["cases"]], **one.more)


def _correction_asked(one: Replay, said: Payload) -> None:
    details = said["details"]
    papers = [actions.Paper(**each) for each in details["papers"]]
    due = date.fromisoformat(details["due"])
    actions.ask_correction(papers=papers, due=due, reason=said.get("reason", ""), **one.on(said))


def _paused(one: Replay, said: Payload) -> None:
    details = said["details"]
    until = date.fromisoformat(details["until"])
    actions.pause(kind=details["pause"], reason=said["reason"], until=until, **one.on(said))


def _asked(one: Replay, said: Payload) -> None:
    details = said["details"]
    unit = Asking.objects.get(pk=details["asking"]).organisation_id
    actions.ask(organisation=unit, kind=details["kind"], question=said["reason"], **one.on(said))
    one.askings[details["asking"]] = Asking.objects.filter(case__project__slug=AGAIN).latest("pk").pk


def _answered(one: Replay, said: Payload) -> None:
    details = said["details"]
    actions.answer(asking=one.askings[details["asking"]], opinion=details["opinion"], answer=said["reason"], **one.more)


def _granted(one: Replay, said: Payload) -> None:
    details = said["details"]
    if load().matters[said["matter"]].unit == OWNER:
        on = date.fromisoformat(details["on"])
        actions.record_done(project=AGAIN, matter=said["matter"], on=on, note=details["note"], **one.more)
    elif details.get("commitment"):
        owed = Debt.objects.filter(project__slug=one.slug, matter=said["matter"], kind="commitment").latest("since")
        actions.commit(text=owed.text, due=owed.due, result=details["result"], **one.on(said))
    else:
        _decided("granted")(one, said)


def _decided(outcome: str) -> Callable[[Replay, Payload], None]:
    def act(one: Replay, said: Payload) -> None:
        details = said["details"]
        actions.decide(
            outcome=outcome, reason=said.get("reason", ""), basis=said.get("basis", ""), result=details.get("result", ""),
            conditions=details.get("conditions"), **one.on(said),
        )  # fmt: skip

    return act


def _refused(outside: bool) -> Callable[[Replay, Payload], Any]:
    return lambda one, said: actions.refuse(outside=outside, reason=said["reason"], basis=said["basis"], **one.on(said))


def _climbed(one: Replay, said: Payload) -> None:
    to = next(rung.number for rung in ladder() if rung.id == said["rung"])
    limit = date.fromisoformat(said["limit"]) if said.get("limit") else None
    debts.climb(
        debt=one.debt(said), to=to, reason=said["note"], told=said["told"], heard=said["heard"], limit=limit, **one.more
    )


ACTS: Mapping[str, Callable[[Replay, Payload], Any]] = {
    "project.recorded": _recorded,
    "project.member_assigned": _joined,
    "plan.announced": lambda one, _: announce(project=AGAIN, **one.more),
    "case.dispatched": _dispatched,
    "case.opened": lambda one, said: actions.open_case(project=AGAIN, matter=said["matter"], **one.more),
    "case.accepted": lambda one, said: actions.accept(
        deferred=said.get("details", {}).get("deferred", ()), **one.on(said)
    ),
    "case.handling": lambda one, said: actions.start_handling(**one.on(said)),
    "case.correction_asked": _correction_asked,
    "case.corrected": lambda one, said: actions.receive_correction(**one.on(said)),
    "case.paused": _paused,
    "case.resumed": lambda one, said: actions.resume(**one.on(said)),
    "case.asked": _asked,
    "case.answered": _answered,
    "case.assigned": lambda one, said: actions.assign(
        role=said["details"]["role"], post=said["details"]["post"], **one.on(said)
    ),
    "case.extended": lambda one, said: actions.extend(
        days=said["details"]["days"], reason=said["reason"], **one.on(said)
    ),
    "case.granted": _granted,
    "case.granted_deferred": _decided("granted_deferred"),
    "case.denied": _decided("denied"),
    "case.withdrawn": lambda one, said: actions.withdraw(reason=said["reason"], **one.on(said)),
    "case.taken_back": lambda one, said: actions.withdraw(reason=said["reason"], **one.on(said)),
    "case.refused": _refused(outside=True),
    "case.not_needed": _refused(outside=False),
    "debt.handed_in": lambda one, said: debts.hand_in(debt=one.debt(said), note=said["note"], **one.more),
    "debt.grace": lambda one, _: debts.advance(at=one.more["at"]),
    "debt.given_back": lambda one, said: debts.give_back(debt=one.debt(said), reason=said["note"], **one.more),
    "debt.checked": lambda one, said: debts.check(
        debt=one.debt(said), passed=said["passed"], result=said["note"], **one.more
    ),
    "debt.climbed": _climbed,
    "debt.repaired": lambda one, said: debts.repair(debt=one.debt(said), note=said["note"], **one.more),
}
