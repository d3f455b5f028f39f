"""What each kind of issued document says, as values: gathered by `papers`, printed by a template, nothing in between.

Texts are Chinese where the paper is; names are in both languages.  Days are dates, never words: the template writes them.
"""

from dataclasses import dataclass
from datetime import date

from luodi.domain.vocabulary import Text


@dataclass(frozen=True, slots=True)
class Head:
    """What every document has.  `code`: the check code; `address`: where to verify; `document`: what gives the power.

    `until`: the last day the document holds.  `sample`: marked so on the sheet and on the stamp.
    """

    kind: str
    name: Text
    number: str
    code: str
    address: str
    issued: date
    issuer: Text
    document: str
    sample: bool
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """The case and the project it is about; "" for what is not known.  `code`: the project's own (项目代码)."""

    case: str
    matter: Text
    basis: str
    project: Text
    code: str
    applicant: str
    uscc: str
    site: str
    received: date | None


@dataclass(frozen=True, slots=True)
class Remedy:
    """Where to turn against a decision: days for reconsideration, months for a suit."""

    reconsider_days: int
    sue_months: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled figure."""

    label: Text
    value: str


@dataclass(frozen=True, slots=True)
class Acceptance:
    """受理通知书."""

    head: Head
    subject: Subject
    accepted: date
    limit: Text
    due: date | None
    promise_due: date | None
    deferred: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NonAcceptance:
    """不予受理决定书; `needed` False: no licence is needed at all (不受理告知书)."""

    head: Head
    subject: Subject
    needed: bool
    reason: str
    basis: str
    remedy: Remedy


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to correct: the kind, the paper, what to do, a note of the officer."""

    kind: Text
    name: str
    tell: Text
    note: str


@dataclass(frozen=True, slots=True)
class Correction:
    """一次性补正告知书; `times`: the how manieth of this case."""

    head: Head
    subject: Subject
    items: tuple[Item, ...]
    due: date
    times: int
    reason: str


@dataclass(frozen=True, slots=True)
class SpecialProcedure:
    """特别程序告知书; `used`: days of the limit used up to its start."""

    head: Head
    subject: Subject
    procedure: Text
    reason: str
    basis: str
    since: date
    until: date | None
    stops: bool
    used: int


@dataclass(frozen=True, slots=True)
class Consultation:
    """征求意见函."""

    head: Head
    subject: Subject
    asked: Text
    way: Text
    question: str
    due: date


@dataclass(frozen=True, slots=True)
class Decision:
    """准予或不予许可决定书; `outcome`: granted | granted_deferred | denied; `licence`: whether the matter is a licence at all.

    `papers`: what is handed in by `due`; `commitment`: granted on a written commitment.
    """

    head: Head
    subject: Subject
    outcome: str
    licence: bool
    commitment: bool
    reason: str
    basis: str
    papers: tuple[str, ...]
    due: date | None
    remedy: Remedy


@dataclass(frozen=True, slots=True)
class Met:
    """A condition of a permit and what proved it."""

    name: Text
    evidence: str


@dataclass(frozen=True, slots=True)
class Permit:
    """施工许可证, of one stage or of the whole."""

    head: Head
    subject: Subject
    covers: Text
    conditions: tuple[Met, ...]
    scale: tuple[Fact, ...]
    start_by: date
    start_basis: str
    extensions: int
    extension_months: int


@dataclass(frozen=True, slots=True)
class Commitment:
    """承诺书: the words that were signed, how they are measured, by whom and by when."""

    head: Head
    subject: Subject
    text: str
    standard: str
    due: date
    checker: Text
    ladder: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Deferral:
    """容缺补正承诺书; `grace`: the last day of grace."""

    head: Head
    subject: Subject
    papers: tuple[str, ...]
    due: date
    grace: date | None


@dataclass(frozen=True, slots=True)
class CertificateLetter:
    """代证函: stands for `replaces` before the matters of `accepted_by`, until the head's last day."""

    head: Head
    subject: Subject
    replaces: Text
    accepted_by: tuple[Text, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step that must follow, and its day where the rule gives one."""

    name: Text
    tell: Text
    due: date | None


@dataclass(frozen=True, slots=True)
class StopWork:
    """停工通知书."""

    head: Head
    subject: Subject
    halt: Text
    found: str
    found_on: date
    authority: Text
    basis: str
    freezes: tuple[Text, ...]
    steps: tuple[Step, ...]


Paper = (
    Acceptance | NonAcceptance | Correction | SpecialProcedure | Consultation | Decision | Permit | Commitment | Deferral
    | CertificateLetter | StopWork
)  # fmt: skip
"""Everything that can be issued."""
