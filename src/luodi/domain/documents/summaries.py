"""What papers over many units or cases say: completion acceptance, ledger, monthly brief."""

from dataclasses import dataclass
from datetime import date

from luodi.domain.documents.papers import Fact, Head, Subject
from luodi.domain.vocabulary import Text


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one unit said at the completion acceptance."""

    unit: Text
    matter: Text
    opinion: Text
    on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class Completion:
    """竣工联合验收意见汇总表."""

    head: Head
    subject: Subject
    opinions: tuple[Opinion, ...]
    result: Text


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A case in the ledger."""

    case: str
    project: Text
    matter: Text
    accepted: date | None
    due: date | None
    promise_due: date | None
    closed: date | None
    used: int
    state: Text
    light: str
    handler: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """办件台账 of a unit over a span of days."""

    head: Head
    scope: Text
    since: date
    until: date
    rows: tuple[LedgerRow, ...]


@dataclass(frozen=True, slots=True)
class BriefRow:
    """A unit in the monthly brief.

    `overdue`: open cases on the day of issue; `lost`: calendar days that projects' ends moved because of it.
    """

    name: Text
    opened: int
    decided: int
    corrected: int
    overdue: int
    lost: int


@dataclass(frozen=True, slots=True)
class Brief:
    """项目建设月报: key figures, the table by zone or unit, and what keeps projects waiting."""

    head: Head
    scope: Text
    month: str
    figures: tuple[Fact, ...]
    rows: tuple[BriefRow, ...]
    causes: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A sheet that was made elsewhere: the PDF, its pages, and the size of the first in millimetres."""

    head: Head
    project: Text
    pdf: bytes
    pages: int
    wide: float
    tall: float


Summary = Completion | Ledger | Brief | Made
"""Everything of this kind that can be issued."""
