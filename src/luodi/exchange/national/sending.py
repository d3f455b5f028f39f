"""From projects to the staging database: rows, checks, what is new or different, one transaction."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from luodi.domain.catalogue.matters import Catalogue
from luodi.exchange.national.case_rows import EVENTS, RESULTS, SPECIAL, case_rows
from luodi.exchange.national.checking import Checker, Place
from luodi.exchange.national.choices import Choices
from luodi.exchange.national.flow_rows import BASICS, MATTERS, STAGES, basic_rows, flow_rows
from luodi.exchange.national.objecting import Objection
from luodi.exchange.national.project_rows import BOUNDARIES, UNITS, flow_of, project_rows
from luodi.exchange.national.rows import Row, city_of, digest
from luodi.exchange.national.staging import Kept, Staging, opened, place
from luodi.exchange.national.standard import FAILED, PASSED, Standard
from luodi.exchange.national.subjects import Sent

WHOLE = frozenset({STAGES, MATTERS, UNITS, BOUNDARIES, EVENTS, SPECIAL, RESULTS})
"""Tables of which all rows below a parent come together: what is missing then was taken back here."""


@dataclass(slots=True)
class Outcome:
    """What a run did.  Counts by table; `waiting`: rows held back until their parent has passed on the other side."""

    objections: list[Objection] = field(default_factory=list)
    checked: Counter[str] = field(default_factory=Counter)
    added: Counter[str] = field(default_factory=Counter)
    corrected: Counter[str] = field(default_factory=Counter)
    withdrawn: Counter[str] = field(default_factory=Counter)
    same: Counter[str] = field(default_factory=Counter)
    waiting: Counter[str] = field(default_factory=Counter)

    @property
    def refused(self) -> tuple[Objection, ...]:
        """The objections that keep rows back."""
        return tuple(one for one in self.objections if one.grave)


@dataclass(frozen=True, slots=True)
class Order:
    """How to send.  `out` None: only check.  `parents_first`: a child waits until its parent has passed (SJSCZT 3)."""

    standard: Standard
    choices: Choices
    catalogue: Catalogue
    at: datetime
    out: str | None = None
    parents_first: bool = False


def send(subjects: Iterable[Sent], order: Order) -> Outcome:
    """Check every row, and write what is new or different in the order of upload: all of it, or nothing.

    Reads the subjects one by one; keeps the objections and a key a project.
    """
    outcome, checker = Outcome(), Checker(order.standard, order.choices)
    with opened(order.out, order.standard) if order.out else nullcontext() as staging:
        flows: set[tuple[str, str, str]] = set()
        for sent in subjects:
            rows = list(_flows_of(sent, order, flows))
            rows += rows_of(sent, order)
            _send(_fitted(rows, order.standard), order, checker, staging, outcome)
    return outcome


def rows_of(sent: Sent, order: Order) -> Iterator[Row]:
    """The rows of a project and its cases in the order of upload, each saying whose zone it is."""
    told = [case_rows(sent, case, order.catalogue, order.choices) for case in sent.cases]
    rows = [*project_rows(sent, order.catalogue, order.choices), *(one.case for one in told)]
    rows += [row for one in told for row in one.events] + [row for one in told for row in one.special]
    rows += [row for one in told for row in one.results]
    for row in rows:
        yield Row(row.table, row.key, row.about, row.values, row.parent, sent.zone)


def _flows_of(sent: Sent, order: Order, known: set[tuple[str, str, str]]) -> Iterator[Row]:
    """The flow a project takes, where it was not sent in this run already."""
    flow, version = flow_of(sent, order.choices)
    city = city_of(str(sent.file.form.get("site_region", "")))
    name = (city, flow.code, version.version)
    if name not in known:
        if BASICS in order.standard.tables and not any(one[0] == city and one[2] == version.version for one in known):
            yield from basic_rows(order.catalogue, order.choices, version, city)
        known.add(name)
        yield from flow_rows(order.catalogue, order.choices, flow, version, city)


def _fitted(rows: Iterable[Row], standard: Standard) -> list[Row]:
    """The rows with the columns that the version has."""
    return [
        Row(row.table, row.key, row.about, {code: value for code, value in row.values.items()
                                            if code in standard.tables[row.table].columns}, row.parent, row.zone)
        for row in rows
    ]  # fmt: skip


def _send(rows: Sequence[Row], order: Order, checker: Checker, staging: Staging | None, outcome: Outcome) -> None:
    """One batch, parents first."""
    known = _known(rows, staging)
    answers = {at: kept.state for at, kept in known.items()
               if not (kept.state == FAILED and _changed(rows, at, kept))}  # fmt: skip
    good, objections = checker.check(rows, answers)
    outcome.objections += objections
    outcome.checked.update(row.table for row in rows)
    if staging is None:
        return
    for name, group in groupby(good, key=lambda row: row.table):
        some = list(group)
        if order.parents_first:
            ready = [row for row in some if row.parent is None or answers.get(row.parent) == PASSED]
            outcome.waiting[name] += len(some) - len(ready)
            some = ready
        _write(
            name, some, {key: kept for (table, key), kept in known.items() if table == name}, order, staging, outcome
        )
    _withdraw(rows, known, order, staging, outcome)


def _known(rows: Sequence[Row], staging: Staging | None) -> dict[Place, Kept]:
    if staging is None:
        return {}
    keys: dict[str, dict[str, None]] = {}
    for table, key in (*(row.parent for row in rows if row.parent), *((row.table, row.key) for row in rows)):
        keys.setdefault(table, {})[key] = None
    return {(table, key): kept for table, some in keys.items() for key, kept in staging.kept(table, list(some)).items()}


def _changed(rows: Sequence[Row], at: Place, kept: Kept) -> bool:
    """Whether a row that failed is sent anew in this run, so that its failing no longer counts."""
    return any((row.table, row.key) == at and digest(row) != kept.digest for row in rows)


def _write(
    name: str, rows: Sequence[Row], known: dict[str, Kept], order: Order, staging: Staging, outcome: Outcome
) -> None:
    """New rows as they are; of changed ones first the invalid copy of what was sent, then the new row."""
    table, new, old = order.standard.tables[name], [], []
    for row in rows:
        kept = known.get(row.key)
        if kept is not None and kept.digest == digest(row):
            outcome.same[name] += 1
            continue
        new.append(row)
        if kept is None or not kept.digest:
            outcome.added[name] += 1
            continue
        outcome.corrected[name] += 1
        if kept.state != FAILED or order.choices.copy_of_failed:
            old.append(kept.lsh)
    staging.copy(table, old, valid=False, reason=order.choices.corrected)
    staging.add(table, new, order.at)


def _withdraw(
    rows: Sequence[Row], known: Mapping[Place, Kept], order: Order, staging: Staging, outcome: Outcome
) -> None:
    """Send the invalid copy of what stands below a parent there and is not here any more."""
    here = {(row.table, row.key) for row in rows}
    parents = {row.parent for row in rows if row.table in WHOLE}
    for parent in sorted(one for one in parents if one is not None and one in known):
        gone = [at for at in staging.below(place(parent)) if at[0] in WHOLE and at not in here]
        for table, key in gone:
            kept = staging.kept(table, [key])[key]
            if kept.state != FAILED:
                staging.copy(order.standard.tables[table], [kept.lsh], valid=False, reason=order.choices.withdrawn)
            staging.ask("UPDATE luodi_sent SET digest = '' WHERE tab = ? AND dfsjzj = ?", (table, key))
            outcome.withdrawn[table] += 1
