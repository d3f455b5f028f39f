"""The sample accounts (`data/samples_org/quotas.yaml`): figures of the articles where there are any, else marked sample."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.domain.ledger.amounts import amount
from luodi.domain.ledger.kinds import Kind, kinds
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_data
from luodi.domain.vocabulary import Refusal, Text
from luodi.journal.readers import recorded
from luodi.ledgers import actions, promising, readers
from luodi.projects import readers as projects
from luodi.zones import readers as zones

FILE = "samples_org/quotas.yaml"
STATES = ("reserve", "commit", "post")


@dataclass(frozen=True, slots=True)
class Allotted:
    """Quota of a zone, as the file gives it."""

    kind: Kind
    zone: str
    amount: int
    sample: bool
    document: str


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise to a project; `days`: how long a reservation lasts from now."""

    kind: Kind
    zone: str
    project: str
    amount: int
    state: str
    days: int
    document: str


@dataclass(frozen=True, slots=True)
class Given:
    """The whole file."""

    year: str
    places: dict[str, Text]
    accounts: tuple[Allotted, ...]
    promises: tuple[Promised, ...]


def load(*, by: Acting, at: datetime) -> int:
    """Open, allot and promise what is not there yet; how many rows were new.  Zones and projects must be recorded before."""
    file = given()
    done = sum(_allot(one, file, by, at) for one in file.accounts)
    return done + sum(_promise(one, file, by, at) for one in file.promises)


def given() -> Given:
    """The file.  Raises `BadInput` with every fault of it."""
    faults = Faults(FILE)
    root = ask.row(read_data(FILE, faults), faults)
    found = Given(
        str(ask.whole(root, "year", low=2000, high=2100)),
        {key: ask.pair(row) for key, row in ask.rows(ask.child(root, "places"))},
        tuple(_accounts(ask.children(root, "accounts"))),
        tuple(_promises(ask.children(root, "promises"))),
    )
    ask.close(root)
    faults.settle()
    return found


def _accounts(rows: tuple[ask.Row, ...]) -> Iterator[Allotted]:
    for row in rows:
        kind = kinds()[ask.choice(row, "quota", kinds())]
        yield Allotted(
            kind, ask.text(row, "zone"), _amount(row, kind), ask.choice(row, "basis", ("article", "sample")) == "sample",
            ask.text(row, "document"),
        )  # fmt: skip
        ask.close(row)


def _promises(rows: tuple[ask.Row, ...]) -> Iterator[Promised]:
    for row in rows:
        kind = kinds()[ask.choice(row, "quota", kinds())]
        yield Promised(
            kind, ask.text(row, "zone"), ask.text(row, "project"), _amount(row, kind), ask.choice(row, "state", STATES),
            ask.whole(row, "days", 30, low=1), ask.text(row, "document"),
        )  # fmt: skip
        ask.close(row)


def _amount(row: ask.Row, kind: Kind) -> int:
    try:
        return amount(ask.code(row, "amount"), kind)
    except Refusal as refused:
        row.faults.add(ask.line(row, "amount"), refused.code, **refused.facts)
        return 1


@transaction.atomic
def _allot(one: Allotted, file: Given, by: Acting, at: datetime) -> bool:
    key = f"quotas:{one.kind.id}:{one.zone}"
    place = zones.zone(one.zone)
    if place is None or recorded(key):
        return False
    route = [
        _account(one, file, "outside", file.places["outside"], by, at),
        _account(one, file, "province", file.places["province"], by, at),
        _account(one, file, "zone", place.name, by, at),
    ]
    actions.allot(route=route, amount=one.amount, document=one.document, by=by, at=at, key=key)
    return True


def _account(one: Allotted, file: Given, level: str, name: Text, by: Acting, at: datetime) -> int:
    period, holder = file.year if one.kind.yearly else "", one.zone if level == "zone" else ""
    found = readers.find(one.kind.id, period, level, holder)
    if found is not None:
        return found.id
    return actions.open_account(
        quota=one.kind.id, period=period, level=level, holder=holder, name=name, zone=holder or None,
        document=one.document if level == "zone" else "", sample=_invented(one, file, level), by=by, at=at,
    )  # fmt: skip


def _invented(one: Allotted, file: Given, level: str) -> bool:
    """An account above the zones is a sample as soon as anything that passes through it is."""
    return one.sample if level == "zone" else any(row.sample for row in file.accounts if row.kind is one.kind)


@transaction.atomic
def _promise(one: Promised, file: Given, by: Acting, at: datetime) -> bool:
    key = f"quotas:{one.kind.id}:{one.zone}:{one.project}"
    project = projects.project(one.project)
    source = readers.find(one.kind.id, file.year if one.kind.yearly else "", "zone", one.zone)
    if project is None or source is None or recorded(key):
        return False
    promises = promising.reserve(
        project=project, wanted=[promising.Wanted(source.id, one.amount)], expires=at + timedelta(days=one.days),
        document=one.document, by=by, at=at, key=key,
    )  # fmt: skip
    if one.state in ("commit", "post"):
        promising.commit(promises=promises, document=one.document, by=by, at=at)
    if one.state == "post":
        promising.post(promises=promises, document=one.document, by=by, at=at)
    return True
