"""以函代证: a letter that stands for a certificate, for the matters that accept it, until it expires."""

from dataclasses import dataclass
from datetime import date

from luodi.domain.catalogue.matters import Number
from luodi.domain.vocabulary import Refusal
from luodi.domain.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: valid from `issued` to `expires`, both included; `exchanged`: when the certificate took its place."""

    issued: date
    expires: date
    accepted_by: tuple[str, ...]
    exchanged: date | None = None


def letter_expires(issued: date, number: Number, calendar: WorkCalendar) -> date:
    """The last day of validity, counted as the plan counts it (`planning/debts.py`)."""
    return calendar.due(issued, number.days, number.unit)


def letter_holds(letter: Letter, on: date) -> bool:
    """Whether, on a day, the letter is valid or has been exchanged for the certificate."""
    if on < letter.issued:
        return False
    return on <= letter.expires or (letter.exchanged is not None and letter.exchanged <= on)


def letter_accepted(letter: Letter, matter: str, on: date) -> None:
    """Return if the matter may rest on the letter on that day.

    Raises `Refusal`: `letter_not_for_matter`, `letter_not_issued`, `letter_expired`.
    """
    if matter not in letter.accepted_by:
        raise Refusal("letter_not_for_matter", matter=matter)
    if on < letter.issued:
        raise Refusal("letter_not_issued", issued=letter.issued)
    if not letter_holds(letter, on):
        raise Refusal("letter_expired", expires=letter.expires)


def letter_blocks(start: date, letter: Letter) -> bool:
    """Whether a start of works on a day is blocked because the letter it rests on does not hold that day."""
    return not letter_holds(letter, start)
