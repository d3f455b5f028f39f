"""What stands behind an offer: quota of the ledgers, reserved when it is made, committed at signing, freed at withdrawal."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from luodi.accounts.acting import Acting
from luodi.domain.dealings.kinds import kinds
from luodi.domain.dealings.terms import Term
from luodi.domain.ledger.kinds import kinds as quotas
from luodi.domain.vocabulary import Refusal
from luodi.ledgers import promising, readers
from luodi.ledgers.booking import CHINA
from luodi.ledgers.readers import AccountRow, Held
from luodi.projects.readers import Recorded
from luodi.zones.readers import chain

HELD = ("commit", "post")


@dataclass(frozen=True, slots=True)
class Need:
    """What an offer of a kind needs of an account beyond what the project holds of it otherwise; `own`: set aside for it."""

    kind: str
    account: AccountRow
    amount: int
    own: Held | None


def hold(
    *, project: Recorded, before: Mapping[str, int], terms: Iterable[Term], until: date | None, paper: str, by: Acting,
    at: datetime,
) -> dict[str, int]:  # fmt: skip
    """Reserve what the zone offers, no more and no less; the number of the promise by kind of term.

    `before`: those of the round before.  What the project holds already, signed or granted, is not reserved again.  Raises
    `Refusal`: `dealing_no_account`, `dealing_until_missing`, and whatever the ledger refuses (`quota_short`, …).
    """
    needs = _needs(project, terms, before, at)
    kept: dict[str, int] = {}
    free = [one.own.id for one in needs if one.own and one.amount != one.own.amount]
    free += _dropped(before, {one.kind for one in needs}, at)
    same = [one for one in needs if one.own and one.amount == one.own.amount]
    wanted = [one for one in needs if one.amount and one not in same]
    with beside_no_field():
        if free:
            promising.release(promises=free, why=paper, by=by, at=at)
        if (same or wanted) and until is None:
            raise Refusal("dealing_until_missing", field="holds_until")
        expires = readers.end_of(until) if until else at
        later = [one.own.id for one in same if one.own and one.own.expires != expires]
        if later:
            promising.prolong(promises=later, expires=expires, document=paper, by=by, at=at)
        kept |= {one.kind: one.own.id for one in same if one.own}
        if wanted:
            made = promising.reserve(
                project=project, wanted=[promising.Wanted(one.account.id, one.amount) for one in wanted], expires=expires,
                document=paper, by=by, at=at,
            )  # fmt: skip
            kept |= {one.kind: number for one, number in zip(wanted, made, strict=True)}
    return kept


def commit(
    *, project: Recorded, before: Mapping[str, int], terms: Iterable[Term], paper: str, by: Acting, at: datetime
) -> None:
    """A signature commits what was reserved; what has run out meanwhile is reserved anew first, if it is still there."""
    tomorrow = at.astimezone(CHINA).date()
    held = hold(project=project, before=before, terms=terms, until=tomorrow, paper=paper, by=by, at=at)
    if held:
        promising.commit(promises=sorted(held.values()), document=paper, by=by, at=at)


def release(*, before: Mapping[str, int], why: str, by: Acting, at: datetime) -> None:
    """Talks that end free what was set aside for them."""
    if free := _dropped(before, set(), at):
        promising.release(promises=free, why=why, by=by, at=at)


def _needs(project: Recorded, terms: Iterable[Term], before: Mapping[str, int], at: datetime) -> tuple[Need, ...]:
    """What each quota among the terms needs.  Two queries a kind and one for the project's promises."""
    sums: dict[str, int] = {}
    for one in terms:
        if kinds()[one.kind].quota and one.size:
            sums[one.kind] = sums.get(one.kind, 0) + one.size
    if not sums:
        return ()
    holdings = readers.promises(project=project.slug, open_only=False, limit=1000)
    return tuple(_need(kind, asked, _account(kind, project, at), holdings, before, at) for kind, asked in sums.items())


def _need(
    kind: str, asked: int, account: AccountRow, holdings: tuple[Held, ...], before: Mapping[str, int], at: datetime
) -> Need:
    mine = [one for one in holdings if one.source == account.id and _stands(one, at)]
    own = next((one for one in mine if one.id == before.get(kind) and one.state == "reserve"), None)
    others = sum(one.amount for one in mine if one is not own)
    return Need(kind, account, max(0, asked - others), own)


def _stands(one: Held, at: datetime) -> bool:
    return one.state in HELD or (one.state == "reserve" and one.expires is not None and one.expires > at)


def _account(kind: str, project: Recorded, at: datetime) -> AccountRow:
    """The account an offer draws on: of the project's zone, or of what that lies in; for a sample of no zone, its own source."""
    quota = quotas()[kinds()[kind].quota or ""]
    period = str(at.astimezone(CHINA).year) if quota.yearly else ""
    for zone in chain(project.zone) if project.zone else ():
        if found := readers.find(quota.id, period, "zone", zone):
            return found
    for held in readers.promises(project=project.slug, open_only=False, limit=1000):
        if held.quota == quota.id and (row := readers.account(held.source)):
            return row
    raise Refusal("dealing_no_account", quota=quota.name)


def _dropped(before: Mapping[str, int], kept: set[str], at: datetime) -> list[int]:
    """The reservations of the round before whose kind is no longer on the table, as far as they still stand."""
    found = [readers.promise(number) for kind, number in before.items() if kind not in kept]
    return [one.id for one in found if one and one.state == "reserve" and _stands(one, at)]


@contextmanager
def beside_no_field() -> Iterator[None]:
    """The ledger's refusals name its own fields; here they stand above the whole form."""
    try:
        yield
    except Refusal as refused:
        if not str(refused.facts.get("field", "")).startswith("amount_"):
            raise
        facts = {name: value for name, value in refused.facts.items() if name != "field"}
        raise Refusal(refused.code, **facts) from None
