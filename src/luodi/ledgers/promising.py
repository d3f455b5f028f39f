"""The life of a promise: an offer reserves, a signature commits, a permit posts, a withdrawal releases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from luodi.accounts.acting import SYSTEM, Acting
from luodi.domain import written
from luodi.domain.events.canonical import Json
from luodi.domain.ledger.amounts import said
from luodi.domain.ledger.book import PENDING, Phase, may_follow
from luodi.domain.ledger.kinds import kinds
from luodi.domain.vocabulary import Refusal, Text
from luodi.journal.actions import Who
from luodi.ledgers import refusing
from luodi.ledgers.actions import known, of_project
from luodi.ledgers.booking import CHINA, Draft, hold, record, write
from luodi.ledgers.models import Promise
from luodi.ledgers.naming import PHASES, account_name
from luodi.notices.actions import tell
from luodi.projects.readers import Recorded

KINDS = {
    Phase.RESERVE: "ledger.prolonged",
    Phase.COMMIT: "ledger.committed",
    Phase.POST: "ledger.posted",
    Phase.VOID: "ledger.released",
    Phase.EXPIRE: "ledger.expired",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a project needs from an account; `need`: before the replacement ratio, where there is one."""

    source: int
    amount: int
    need: int | None = None


def reserve(
    *,
    project: Recorded,
    wanted: Sequence[Wanted],
    expires: datetime,
    document: str,
    by: Acting,
    at: datetime,
    key: str | None = None,
) -> tuple[int, ...]:
    """Set quota aside for a project until a day, from one or several accounts: all of it or none.  The promises' numbers.

    Reservations that have run out are freed first where they stand in the way.  Raises `Refusal`: `nothing_wanted`,
    `expires_in_the_past`, `no_such_account`, `account_cannot_promise`, `quota_short` (or `quotas_short`: all that lack).
    """
    if not wanted:
        raise Refusal("nothing_wanted")
    if expires <= at:
        raise Refusal("expires_in_the_past", field="expires", expires=expires.astimezone(CHINA).date())
    paper = written.line(document, "document", empty=True)
    try:
        return _reserved(project, wanted, expires, paper, by, at, key)
    except Refusal as refused:
        lacking = refused.code in ("quota_short", "quotas_short")
        if not lacking or not free(at=at, sources=[one.source for one in wanted]):
            raise
    return _reserved(project, wanted, expires, paper, by, at, key)


def commit(
    *,
    promises: Sequence[int],
    document: str,
    by: Acting,
    at: datetime,
    amounts: Mapping[int, int] | None = None,
    key: str | None = None,
) -> tuple[int, ...]:
    """A signature turns reservations into commitments, which do not run out; the numbers of the steps.

    `amounts`: less than was reserved, for the promises named; the rest is free again.  All of them or none.  Raises
    `Refusal`: `no_such_promise`, `promise_settled`, `reservation_over`, `promise_smaller`, `text_missing`.
    """
    return _step(Phase.COMMIT, promises, amounts, written.line(document, "document"), by, at, key)


def post(
    *,
    promises: Sequence[int],
    document: str,
    by: Acting,
    at: datetime,
    amounts: Mapping[int, int] | None = None,
    key: str | None = None,
) -> tuple[int, ...]:
    """A permit uses promises up; what it takes less than promised is free again.  As `commit`."""
    return _step(Phase.POST, promises, amounts, written.line(document, "document"), by, at, key)


def release(*, promises: Sequence[int], why: str, by: Acting, at: datetime, key: str | None = None) -> tuple[int, ...]:
    """A withdrawal frees what was promised.  As `commit`."""
    return _step(Phase.VOID, promises, None, written.line(why, "why"), by, at, key)


def prolong(
    *,
    promises: Sequence[int],
    expires: datetime,
    document: str,
    by: Acting,
    at: datetime,
    key: str | None = None,
) -> tuple[int, ...]:
    """Reservations hold until a later day.  As `commit`; `expires_in_the_past` too."""
    if expires <= at:
        raise Refusal("expires_in_the_past", field="expires", expires=expires.astimezone(CHINA).date())
    paper = written.line(document, "document", empty=True)
    return _step(Phase.RESERVE, promises, None, paper, by, at, key, expires)


def free(*, at: datetime, sources: Sequence[int] | None = None, limit: int = 500) -> int:
    """Free the reservations that have run out, on some accounts or on all, and tell their owners; how many were freed.

    Each in a transaction of its own; what somebody else settles at the same moment is left alone.
    """
    over = Promise.objects.filter(state=Phase.RESERVE, expires__lte=at)
    if sources is not None:
        over = over.filter(source__in=sources)
    return sum(_expired(number, at) for number in over.order_by("expires", "pk").values_list("pk", flat=True)[:limit])


def _expired(number: int, at: datetime) -> bool:
    try:
        with transaction.atomic():
            _step(Phase.EXPIRE, (number,), None, "", SYSTEM, at, None)
            _tell_owner(number, at)
    except Refusal as refused:
        if refused.code in ("promise_settled", "promise_changed", "reservation_not_over"):
            return False
        raise
    return True


def _tell_owner(number: int, at: datetime) -> None:
    row = Promise.objects.select_related("source", "target").get(pk=number)
    if row.owner_id is None:
        return
    kind = kinds()[row.source.quota]
    tell(
        posts=(row.owner_id,), kind="reservation_expired", at=at, once=f"promise:{number}:expired",
        facts={"project": Text(row.target.zh, row.target.en), "quota": kind.name, "amount": said(row.amount, kind),
               "until": at.astimezone(CHINA).date()},
        link=f"/ledgers/{row.source_id}/", project=row.target.holder,
    )  # fmt: skip


def _reserved(
    project: Recorded,
    wanted: Sequence[Wanted],
    expires: datetime,
    paper: str,
    by: Acting,
    at: datetime,
    key: str | None,
) -> tuple[int, ...]:
    with refusing.short(at), transaction.atomic():
        accounts = known([one.source for one in wanted])
        if passing := next((one for one in accounts.values() if one.level in ("outside", "project")), None):
            raise Refusal("account_cannot_promise", account=account_name(passing))
        targets = of_project(sources=list(accounts.values()), project=project)
        rows = Promise.objects.bulk_create(
            Promise(
                source_id=one.source, target=targets[one.source], amount=one.amount, need=one.need,
                state=Phase.RESERVE.value, since=at, expires=expires, owner_id=by.post or None, document=paper,
            )
            for one in wanted
        )  # fmt: skip
        drafts = [
            Draft(Phase.RESERVE, row.source_id, row.target_id, row.amount, promise=row.pk, place=1, expires=expires)
            for row in rows
        ]
        accounts |= {row.pk: row for row in targets.values()}
        facts: dict[str, Json] = {"expires": expires, "document": paper}
        entry = record("ledger.reserved", drafts, accounts, by=by, at=at, key=key, facts=facts)
        write(drafts, hold(accounts), entry=entry, at=at, document=paper)
        return tuple(row.pk for row in rows)


def _step(
    phase: Phase,
    promises: Sequence[int],
    amounts: Mapping[int, int] | None,
    paper: str,
    by: Who,
    at: datetime,
    key: str | None,
    expires: datetime | None = None,
) -> tuple[int, ...]:
    """The next step of some promises, all of them or none.  What is seen before the lock is looked at again under it."""
    with refusing.short(at), transaction.atomic():
        seen = _seen(promises)
        drafts = [_draft(phase, row, (amounts or {}).get(row.pk, row.amount), at, expires) for row in seen.values()]
        numbers = {number for one in drafts for number in (one.source, one.target)}
        facts: dict[str, Json] = {} if phase is Phase.EXPIRE else {"document": paper}
        if expires:
            facts["expires"] = expires
        entry = record(KINDS[phase], drafts, known(numbers), by=by, at=at, key=key, facts=facts)
        held = hold(numbers)
        for number, row in _seen(promises).items():
            if (row.place, row.amount) != (seen[number].place, seen[number].amount):
                raise Refusal("promise_changed", promise=number)
        steps = write(drafts, held, entry=entry, at=at, document=paper)
        for one in drafts:
            Promise.objects.filter(pk=one.promise or 0).update(
                state=phase.value, place=one.place, amount=one.amount, expires=expires
            )
        return steps


def _seen(promises: Sequence[int]) -> dict[int, Promise]:
    rows = Promise.objects.in_bulk(list(promises))
    if missing := set(promises) - set(rows):
        raise Refusal("no_such_promise", promise=min(missing))
    return dict(sorted(rows.items()))


def _draft(phase: Phase, row: Promise, amount: int, at: datetime, expires: datetime | None) -> Draft:
    """The step, if it may follow.  Raises `Refusal` where it may not."""
    state = Phase(row.state)
    if state not in PENDING:
        raise Refusal("promise_settled", promise=row.pk, state=PHASES[row.state])
    over = row.expires is not None and row.expires <= at
    if over and phase is not Phase.EXPIRE and phase is not Phase.VOID and row.expires:
        raise Refusal("reservation_over", promise=row.pk, until=row.expires.astimezone(CHINA).date())
    if phase is Phase.EXPIRE and not over:
        raise Refusal("reservation_not_over", promise=row.pk)
    if not may_follow(phase, amount, (state, row.amount)):
        if amount > row.amount or amount <= 0:
            raise Refusal("promise_smaller", field="amount", promise=row.pk)
        raise Refusal("promise_out_of_turn", promise=row.pk, state=PHASES[row.state], step=PHASES[phase])
    return Draft(
        phase, row.source_id, row.target_id, amount, (state, row.amount), row.pk, row.place + 1, expires=expires
    )  # fmt: skip
