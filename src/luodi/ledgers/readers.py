"""Questions to the ledgers.  Amounts are whole numbers of the smallest unit of their kind."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from luodi.domain.ledger.book import PENDING, Phase, Sums
from luodi.domain.vocabulary import Text
from luodi.ledgers.booking import CHINA
from luodi.ledgers.models import SUMS, Account, Assertion, Line, Promise, Transfer

PAGE = 50
Zones = frozenset[str] | None
"""The zones somebody may see; None: all."""

ACCOUNT = (
    "id",
    "quota",
    "period",
    "level",
    "holder",
    "zh",
    "en",
    "zone_id",
    "bounded",
    "sample",
    "document",
    "count",
    *SUMS,
)
HELD = (
    "id", "source_id", "target_id", "target__zh", "target__en", "target__level", "target__holder", "source__quota",
    "source__zh", "source__en", "source__zone_id", "amount", "need", "state", "since", "expires", "owner_id",
    "owner__person__name", "document",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as it stands, or as it stood at a moment."""

    id: int
    quota: str
    period: str
    level: str
    holder: str
    name: Text
    zone: str
    bounded: bool
    sample: bool
    document: str
    lines: int
    sums: Sums


@dataclass(frozen=True, slots=True)
class Held:
    """A promise: from which account, to whom, how much (`need`: before the replacement ratio), in which state, until when."""

    id: int
    source: int
    target: int
    name: Text
    project: str
    quota: str
    source_name: Text
    zone: str
    amount: int
    need: int | None
    state: str
    since: datetime
    expires: datetime | None
    owner: int | None
    owner_name: str
    document: str


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of a statement: the step, the account on its other side, and the sums after it."""

    seq: int
    at: datetime
    step: int
    phase: str
    amount: int
    inbound: bool
    other: int
    other_name: Text
    document: str
    promise: int | None
    expires: datetime | None
    entry: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class AssertionRow:
    """What a paper said, and what the ledger says of the same moment."""

    id: int
    account: int
    on: date
    figure: str
    said: int
    found: int
    document: str

    @property
    def holds(self) -> bool:
        """Whether the two agree."""
        return self.said == self.found


def accounts(
    *,
    zones: Zones = None,
    quota: str | None = None,
    level: str | None = None,
    holder: str | None = None,
    sources: bool = False,
) -> tuple[AccountRow, ...]:
    """Accounts by kind and level, those of the zones in reach (None: all).  One query.

    A post of a zone sees the accounts of its zone and its projects; `sources` adds those of province and cities above.
    """
    found = Account.objects.all()
    if zones is not None:
        mine = Q(zone__in=zones)
        found = found.filter(mine | Q(level__in=("province", "city")) if sources else mine)
    for name, value in (("quota", quota), ("level", level), ("holder", holder)):
        if value is not None:
            found = found.filter(**{name: value})
    return tuple(_account(row) for row in found.order_by("quota", "period", "id").values_list(*ACCOUNT))


def account(number: int) -> AccountRow | None:
    """One account as it stands.  One query."""
    row = Account.objects.filter(pk=number).values_list(*ACCOUNT).first()
    return _account(row) if row else None


def find(quota: str, period: str, level: str, holder: str = "") -> AccountRow | None:
    """The account of a holder.  One query."""
    row = Account.objects.filter(quota=quota, period=period, level=level, holder=holder).values_list(*ACCOUNT).first()
    return _account(row) if row else None


def balance_at(number: int, at: datetime) -> Sums:
    """The sums of an account at a moment: those of its last line up to then.  One query, one place of an index."""
    row = Line.objects.filter(account=number, at__lte=at).order_by("-at", "-seq").values_list(*SUMS).first()
    return Sums(*row) if row else Sums()


def statement(
    number: int, *, before: int | None = None, until: datetime | None = None, limit: int = PAGE
) -> tuple[LineRow, ...]:
    """The lines of an account, newest first, those below `before`, up to a moment.  One query."""
    found = Line.objects.filter(account=number)
    if before is not None:
        found = found.filter(seq__lt=before)
    if until is not None:
        found = found.filter(at__lte=until)
    rows = found.order_by("-seq").values_list(
        "seq", "at", "transfer_id", "transfer__phase", "transfer__amount", "transfer__source_id", "transfer__source__zh",
        "transfer__source__en", "transfer__target_id", "transfer__target__zh", "transfer__target__en", "transfer__document",
        "transfer__promise_id", "transfer__expires", "transfer__entry", *SUMS,
    )[:limit]  # fmt: skip
    return tuple(_line(number, row) for row in rows)


def moved(papers: Collection[str]) -> set[tuple[str, int, int, int]]:
    """What was allotted by these papers and not taken back: paper, source, target, amount.  One query."""
    undone = Transfer.objects.filter(reverses=OuterRef("pk"))
    found = Transfer.objects.filter(~Exists(undone), document__in=papers, phase=Phase.MOVE)
    return set(found.values_list("document", "source_id", "target_id", "amount"))


def holders(number: int, limit: int = PAGE) -> tuple[Held, ...]:
    """The open promises on an account, largest first.  One query."""
    found = _open().filter(source=number).order_by("-amount", "id")
    return tuple(_held(row) for row in found.values_list(*HELD)[:limit])


def promises(
    *,
    zones: Zones = None,
    project: str | None = None,
    source: int | None = None,
    open_only: bool = True,
    limit: int = 200,
) -> tuple[Held, ...]:
    """Promises of the zones in reach, of a project, on an account; what runs out first on top.  One query."""
    found = _open() if open_only else Promise.objects.all()
    if zones is not None:
        found = found.filter(source__zone__in=zones)
    if project is not None:
        found = found.filter(target__level="project", target__holder=project)
    if source is not None:
        found = found.filter(source=source)
    rows = found.order_by("expires", "id").values_list(*HELD)[:limit]
    return tuple(sorted((_held(row) for row in rows), key=lambda one: (one.expires is None, one.expires or one.since)))


def promise(number: int) -> Held | None:
    """One promise as it stands.  One query."""
    row = Promise.objects.filter(pk=number).values_list(*HELD).first()
    return _held(row) if row else None


def expiring(*, since: datetime, until: datetime) -> tuple[Held, ...]:
    """Reservations that run out in a span of time.  One query."""
    found = Promise.objects.filter(state=Phase.RESERVE, expires__gte=since, expires__lte=until).order_by(
        "expires", "id"
    )
    return tuple(_held(row) for row in found.values_list(*HELD))


def assertions(*, account: int | None = None, zones: Zones = None) -> tuple[AssertionRow, ...]:
    """What papers said, each beside the ledger, newest first.  One query and one for each."""
    found = Assertion.objects.order_by("-on", "-id")
    if account is not None:
        found = found.filter(account=account)
    if zones is not None:
        found = found.filter(account__zone__in=zones)
    rows = found.values_list("id", "account_id", "on", "figure", "amount", "document")
    return tuple(
        AssertionRow(id_, number, on, figure, said, getattr(balance_at(number, end_of(on)), figure), document)
        for id_, number, on, figure, said, document in rows
    )


def end_of(on: date) -> datetime:
    """The last moment of a day in Shanxi."""
    return datetime.combine(on + timedelta(days=1), time(), CHINA) - timedelta(microseconds=1)


def zone_of(accounts: Collection[int]) -> dict[int, str]:
    """The zone of each of these accounts, "" for province and cities.  One query."""
    rows = Account.objects.filter(pk__in=accounts).values_list("pk", "zone_id")
    return {number: zone or "" for number, zone in rows}


def at_moment(row: AccountRow, at: datetime) -> AccountRow:
    """An account as it stood at a moment.  One query."""
    return replace(row, sums=balance_at(row.id, at))


def linked(step: int) -> frozenset[int]:
    """The accounts of all steps of the act a step belongs to.  Two queries."""
    entry = Transfer.objects.filter(pk=step).values_list("entry", flat=True).first()
    if entry is None:
        return frozenset()
    rows = Transfer.objects.filter(entry=entry).values_list("source_id", "target_id")
    return frozenset(number for row in rows for number in row)


def _open() -> QuerySet[Promise]:
    return Promise.objects.filter(state__in=[one.value for one in PENDING])


def _account(row: tuple) -> AccountRow:  # type: ignore[type-arg]
    id_, quota, period, level, holder, zh, en, zone, bounded, sample, document, count, *sums = row
    return AccountRow(
        id_, quota, period, level, holder, Text(zh, en), zone or "", bounded, sample, document, count, Sums(*sums)
    )  # fmt: skip


def _held(row: tuple) -> Held:  # type: ignore[type-arg]
    return Held(
        row[0], row[1], row[2], Text(row[3], row[4]), row[6] if row[5] == "project" else "", row[7], Text(row[8], row[9]),
        row[10] or "", row[11], row[12], row[13], row[14], row[15], row[16], row[17] or "", row[18],
    )  # fmt: skip


def _line(number: int, row: tuple) -> LineRow:  # type: ignore[type-arg]
    inbound = row[8] == number
    other, name = (row[5], Text(row[6], row[7])) if inbound else (row[8], Text(row[9], row[10]))
    return LineRow(
        row[0], row[1], row[2], row[3], row[4], inbound, other, name, row[11], row[12], row[13], row[14], Sums(*row[15:])
    )  # fmt: skip
