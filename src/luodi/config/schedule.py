"""What `luodi worker` does by the clock: how often, and which function; each is called with `at`, the moment.

A function must bear being called twice or late: several workers share the list, and a lease in the shared cache only
makes it unlikely that two call the same one at once.
"""

import importlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from luodi.domain.vocabulary import Refusal

Call = Callable[..., object]


@dataclass(frozen=True, slots=True)
class Periodic:
    """A function by its dotted path, called every `seconds`."""

    name: str
    seconds: int
    path: str


SCHEDULE = (
    Periodic("notices", 30, "luodi.notices.sending.deliver"),
    Periodic("jobs", 60, "luodi.config.queue.take_up"),
    Periodic("debts", 1800, "luodi.debts.actions.advance"),
    Periodic("calendar", 30, "luodi.cases.settling.settle"),
    Periodic("forecasts", 3600, "luodi.cases.nightly.roll_on"),
    Periodic("reminders", 3600, "luodi.config.reminding.remind"),
    Periodic("checkpoints", 3600, "luodi.config.schedule.seal"),
    Periodic("documents", 30, "luodi.papers.due.issue_due"),
    Periodic("reservations", 300, "luodi.ledgers.expiring.expire"),
    Periodic("factor_days", 3600, "luodi.factors.actions.follow_plans"),
    Periodic("leads", 3600, "luodi.leads.adopting.follow"),
    Periodic("webhooks", 30, "luodi.api.calling.call"),
    Periodic("old_ledgers", 86400, "luodi.exchange.sheets.actions.forget"),
    Periodic("people_found", 300, "luodi.finding.people.catch_up"),
    Periodic("spent_jobs", 86400, "luodi.config.queue.forget"),
)


def calls(schedule: tuple[Periodic, ...] = SCHEDULE) -> Iterator[tuple[Periodic, Call]]:
    """The entries with their functions."""
    for one in schedule:
        module, _, name = one.path.rpartition(".")
        yield one, cast("Call", getattr(importlib.import_module(module), name))


def seal(*, at: datetime) -> int:
    """Sign the heads of every chain that grew since its last checkpoint; how many were signed."""
    from luodi.config.environment import journal_key
    from luodi.journal.actions import checkpoint_all

    return len(checkpoint_all(at=at, key=journal_key()))


LEASE = 0.9
"""The share of its period for which a call keeps other workers from the same one."""


class Clockwork:
    """Calls whatever is due.  One of these runs beside the jobs of a worker, on a thread of its own."""

    def __init__(self, worker: str, schedule: tuple[Periodic, ...] = SCHEDULE) -> None:
        self._worker = worker
        self._due: dict[str, datetime] = {}
        self._calls = tuple(calls(schedule))

    def tick(self, at: datetime) -> tuple[str, ...]:
        """Call what is due at a moment and what no other worker has taken; the names of what was called."""
        called = []
        for one, call in self._calls:
            if self._due.get(one.name, at) > at:
                continue
            self._due[one.name] = at + timedelta(seconds=one.seconds)
            if self._leased(one):
                _try(one, call, at)
                called.append(one.name)
        return tuple(called)

    def _leased(self, one: Periodic) -> bool:
        from django.core.cache import cache

        return cache.add(f"schedule:{one.name}", self._worker, timeout=int(one.seconds * LEASE))


def _try(one: Periodic, call: Call, at: datetime) -> None:
    """One call; what goes wrong is logged and must not keep the others from their turn."""
    log = logging.getLogger("luodi.worker")
    try:
        call(at=at)
    except Refusal as refused:
        log.warning("%s: %s %s; tried again in %s s", one.name, refused.code, dict(refused.facts), one.seconds)
    except Exception:
        log.exception("%s failed; tried again in %s s", one.name, one.seconds)
