"""Leads as values: a row as it stands, which rows are wanted, and their sums."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from luodi.domain.leads.lists import lists
from luodi.domain.vocabulary import Text
from luodi.leads.models import Lead

COLUMNS = (
    "id", "zone_id", "zone__zh", "zone__en", "project__slug", "project__live", "company", "uscc", "title", "sector", "region",
    "channel", "programme", "amount", "contacted", "stage", "staged", "status", "reason", "owner_id", "owner__person__name",
    "step", "due", "stepper_id", "stepper__person__name", "source", "note", "sample", "seq", "same_id",
)  # fmt: skip

OWNER, STEPPER = (COLUMNS.index(name) - 6 for name in ("owner__person__name", "stepper__person__name"))

NONE = "none"
"""What is not recorded, where a list is asked for."""


@dataclass(frozen=True, slots=True)
class Row:
    """A lead as it stands.  `project`: its slug once it is one, else "".  `amount`: expected, whole yuan.

    `same`: the lead that is the same case and is counted for it.
    """

    id: int
    zone: str
    zone_name: Text
    project: str
    live: bool
    company: str
    uscc: str
    title: str
    sector: str
    region: str
    channel: str
    programme: str
    amount: int | None
    contacted: date
    stage: str
    staged: date
    status: str
    reason: str
    owner: int | None
    owner_name: str
    step: str
    due: date | None
    stepper: int | None
    stepper_name: str
    source: str
    note: str
    sample: bool
    seq: int
    same: int | None

    @property
    def over(self) -> bool:
        """Whether nobody works on it any more."""
        return lists().statuses[self.status].over


@dataclass(frozen=True, slots=True)
class Sift:
    """Which leads: zones (None: all), words in company, title or code, and one word of each list ("": any).

    "none" of sector, region, area, channel, programme: those of which it is not recorded.  `status` "open": those not over
    (the usual one), "any": all.  `owner` 0: those nobody answers for.  `joined`: those counted with another lead too.
    """

    zones: Collection[str] | None = None
    words: str = ""
    stage: str = ""
    status: str = "open"
    sector: str = ""
    region: str = ""
    area: str = ""
    channel: str = ""
    programme: str = ""
    owner: int | None = None
    late: date | None = None  # whose next step was due before this day
    landed: bool | None = None
    reason: str = ""
    joined: bool = False


@dataclass(frozen=True, slots=True)
class StageSum:
    """The leads of one stage: how many, their expected investment in yuan, and of how many it is known."""

    stage: str
    leads: int
    amount: int
    known: int


@dataclass(frozen=True, slots=True)
class Counted:
    """The leads under one word of a list."""

    word: str
    leads: int
    amount: int
    landed: int


def rows(found: "QuerySet[Lead]") -> Iterator[Row]:
    """The leads of a query, as they stand.  One query."""
    for one in found.values_list(*COLUMNS):
        id_, zone, zh, en, slug, live, *rest = one
        rest[OWNER], rest[STEPPER] = rest[OWNER] or "", rest[STEPPER] or ""
        yield Row(id_, zone, Text(zh, en or zh), slug or "", bool(live), *rest)
