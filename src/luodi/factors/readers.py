"""Questions about factors: the board, one request's life, nodes and what they have left, and what was learned."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from statistics import median

from django.db.models import Exists, OuterRef, QuerySet

from luodi.domain.factors.clocks import Light, light
from luodi.domain.factors.items import items
from luodi.domain.factors.life import CLOSED, State
from luodi.domain.factors.placing import LonLat
from luodi.domain.vocabulary import Text
from luodi.factors.models import Node, Request, Step
from luodi.ledgers import readers as ledgers
from luodi.ledgers import then
from luodi.ledgers.readers import AccountRow, Held

MOST = 4_000
"""Requests on one board: a zone with a hundred projects."""
ENOUGH = 5
"""Requests met before their median replaces the assumed lead time: a choice of ours, no rule."""
Zones = frozenset[str] | None
COLUMNS = (
    "id", "project__slug", "project__zh", "project__en", "zone_id", "item", "guarantor", "organisation_id", "quantity",
    "basis", "note", "sample", "needed", "needed_fixed", "at", "state", "seq", "promised", "met", "promise_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request with its light on a day.  `promise`: the number of its promise in the ledger, where a node gave one."""

    id: int
    project: str
    project_name: Text
    zone: str
    item: str
    guarantor: str
    organisation: int | None
    quantity: Decimal
    basis: str
    note: str
    sample: bool
    needed: date | None
    needed_fixed: bool
    at: datetime
    state: State
    seq: int
    promised: date | None
    met: Decimal
    promise: int | None
    light: Light

    @property
    def open(self) -> bool:
        """Whether it is neither met nor dropped."""
        return self.state not in CLOSED


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of a request."""

    seq: int
    state: State
    at: datetime
    who: str
    needed: date | None
    promised: date | None
    met: Decimal
    words: str
    document: str
    entry: str


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A utility node with its account in the ledger: capacity, promised, left.  `place`: longitude, latitude; None: not said."""

    id: int
    code: str
    kind: str
    name: Text
    zone: str
    ready: date | None
    sample: bool
    account: AccountRow
    place: LonLat | None


@dataclass(frozen=True, slots=True)
class Due:
    """A request that somebody must meet, or promise, by a day."""

    id: int
    project: str
    name: Text
    item: str
    organisation: int | None
    asked_by: int | None
    promised: date


def requests(
    *,
    zones: Zones,
    today: date,
    project: str | None = None,
    slugs: Collection[str] | None = None,
    guarantor: str | None = None,
    limit: int = MOST,
    as_of: datetime | None = None,
) -> tuple[RequestRow, ...]:
    """Requests of the zones in reach, in the order of the items; of some projects, or to one guarantor.

    As they stood at a moment where one is given: their state, days and what was met are those of the last step of then.
    Two queries; three of the past.
    """
    found = Request.objects.all()
    if zones is not None:
        found = found.filter(zone__in=zones)
    if project is not None:
        found = found.filter(project__slug=project)
    if guarantor is not None:
        found = found.filter(guarantor=guarantor)
    if slugs is not None:
        found = found.filter(project__slug__in=slugs)
    return _rows(found, today, limit, as_of)


def request(number: int, today: date, as_of: datetime | None = None) -> RequestRow | None:
    """One request.  Two queries; three of the past."""
    return next(iter(_rows(Request.objects.filter(pk=number), today, 1, as_of)), None)


def steps(number: int, as_of: datetime | None = None) -> tuple[StepRow, ...]:
    """The life of a request, up to a moment where one is given; oldest first.  One query."""
    columns = ("seq", "state", "at", "who", "needed", "promised", "met", "words", "document", "entry")
    found = Step.objects.filter(request=number).order_by("seq")
    if as_of is not None:
        found = found.filter(at__lte=as_of)
    return tuple(StepRow(seq, State(state), *rest) for seq, state, *rest in found.values_list(*columns))


def lead_days(as_of: datetime | None = None) -> dict[str, tuple[int, int]]:
    """Days from asking to being met, and from how many requests: the median where enough were met, else assumed (0).

    Samples teach nothing.  One query.
    """
    spans: dict[str, list[int]] = {}
    met = Request.objects.filter(state=State.MET, sample=False, closed_at__isnull=False).order_by("-id")
    if as_of is not None:
        met = met.filter(closed_at__lte=as_of)
    for item, asked, closed in met.values_list("item", "at", "closed_at")[:MOST]:
        if closed is not None:
            spans.setdefault(item, []).append((closed - asked).days)
    learned = {item: (round(median(days)), len(days)) for item, days in spans.items() if len(days) >= ENOUGH}
    return {one.id: learned.get(one.id, (one.lead_days, 0)) for one in items().values()}


def nodes(*, zones: Zones, quota: str | None = None, as_of: datetime | None = None) -> tuple[NodeRow, ...]:
    """Utility nodes with what they have left, or had at a moment.  Two queries; three of the past."""
    found = Node.objects.all() if zones is None else Node.objects.filter(zone__in=zones)
    rows = ledgers.accounts(zones=zones, level="node", quota=quota)
    if as_of is not None:
        found, rows = found.filter(at__lte=as_of), then.accounts(rows, as_of)
    accounts = {one.id: one for one in rows}
    columns = ("id", "code", "kind", "zh", "en", "zone_id", "ready", "sample", "lon", "lat", "account_id")
    standing = found.order_by("kind", "id").values_list(*columns)
    return tuple(
        NodeRow(id_, code, kind, Text(zh, en or zh), zone, ready, sample, accounts[account], _place(lon, lat))
        for id_, code, kind, zh, en, zone, ready, sample, lon, lat, account in standing
        if account in accounts
    )


def node(number: int) -> NodeRow | None:
    """One node.  Two queries."""
    found = Node.objects.filter(pk=number).values_list("zone_id", flat=True).first()
    if found is None:
        return None
    return next((one for one in nodes(zones=frozenset({found})) if one.id == number), None)


def promised_on(row: NodeRow) -> tuple[Held, ...]:
    """What is promised on a node, largest first.  One query."""
    return ledgers.holders(row.account.id)


def promised_on_all(rows: Collection[NodeRow], as_of: datetime | None = None) -> Mapping[int, tuple[Held, ...]]:
    """By account: what is promised on it, or was at a moment, largest first.  One query; two of the past."""
    return then.holders([one.account.id for one in rows], as_of)


def source_of(promise: int | None) -> str:
    """The name of the node that promised, "" where none did.  One query."""
    found = ledgers.promise(promise) if promise else None
    return found.source_name.zh if found else ""


def source_then(project: str, told: Sequence[StepRow]) -> str:
    """The name of the node from which the last promise among some steps was drawn, "" where none was.  One query.

    A step and what it draws are written at one moment; a promise given back since is found so too.
    """
    drawn = max((one.at for one in told if one.state is State.SCHEDULED), default=None)
    held = ledgers.promises(project=project, open_only=False, limit=MOST) if drawn else ()
    return next((one.source_name.zh for one in held if one.since == drawn), "")


def due(since: date, until: date) -> tuple[Due, ...]:
    """Open requests promised for a span of days.  One query."""
    rows = Request.objects.filter(promised__gte=since, promised__lte=until).exclude(state__in=list(CLOSED))
    columns = (
        "id",
        "project__slug",
        "project__zh",
        "project__en",
        "item",
        "organisation_id",
        "asked_by_id",
        "promised",
    )
    return tuple(
        Due(id_, slug, Text(zh, en), *rest)
        for id_, slug, zh, en, *rest in rows.order_by("promised", "id").values_list(*columns)
    )


def _place(lon: float | None, lat: float | None) -> LonLat | None:
    return None if lon is None or lat is None else (lon, lat)


def _rows(found: QuerySet[Request], today: date, limit: int, as_of: datetime | None = None) -> tuple[RequestRow, ...]:
    if as_of is not None:
        return _past(found.filter(at__lte=as_of), today, limit, as_of)
    leads, order = lead_days(), {key: place for place, key in enumerate(items())}
    rows = []
    for row in found.order_by("id").values_list(*COLUMNS)[:limit]:
        id_, slug, zh, en, zone, item, by, organisation, quantity, basis, note, sample, needed, *rest = row
        fixed, at, state, seq, promised, met, promise = rest
        shown = light(
            state=State(state), needed=needed, promised=promised, lead_days=leads[item][0] if item in leads else 0, today=today
        )  # fmt: skip
        rows.append(
            RequestRow(
                id_, slug, Text(zh, en), zone, item, by, organisation, quantity, basis, note, sample, needed, fixed, at,
                State(state), seq, promised, met, promise, shown,
            )
        )  # fmt: skip
    return tuple(sorted(rows, key=lambda one: (order.get(one.item, len(order)), one.id)))


def _past(found: QuerySet[Request], today: date, limit: int, as_of: datetime) -> tuple[RequestRow, ...]:
    """The rows as the last step of each by the moment has them; a promise made since is left out."""
    later = Step.objects.filter(request=OuterRef("request"), seq__gt=OuterRef("seq"), at__lte=as_of)
    last = Step.objects.filter(~Exists(later), request__in=found.values("id"), at__lte=as_of)
    steps = {row[0]: row[1:] for row in last.values_list("request_id", "seq", "state", "needed", "promised", "met")}
    leads, rows = lead_days(as_of), []
    for one in _rows(found, today, limit):
        if one.id in steps:
            seq, state, needed, promised, met = steps[one.id]
            lead = leads[one.item][0] if one.item in leads else 0
            shown = light(state=State(state), needed=needed, promised=promised, lead_days=lead, today=today)
            rows.append(
                replace(one, seq=seq, state=State(state), needed=needed, promised=promised, met=met, light=shown)
            )
    return tuple(rows)
