"""What the forms of talks sent: lines of terms, owners and days; everything that is wrong is noted under its field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from luodi.dealings.actions import Owed
from luodi.dealings.readers import RoundRow
from luodi.desk.asked import day, given, number
from luodi.domain.dealings.authority import Offer
from luodi.domain.dealings.terms import Term, read, typed
from luodi.domain.vocabulary import Refusal

MOST, BLANK = 80, 5
"""Lines a form may send, and blank ones it offers."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the form: the names of its fields end in its place."""

    place: int
    kind: str = ""
    subject: str = ""
    value: str = ""
    note: str = ""


def lines_of(row: RoundRow | None) -> tuple[Line, ...]:
    """The terms of a round as lines, and blank ones after them."""
    terms = row.terms if row else ()
    kept = [
        Line(place, one.kind, one.subject, typed(one), one.words if one.words != typed(one) else "")
        for place, one in enumerate(terms)
    ]
    return (*kept, *(Line(len(kept) + more) for more in range(BLANK)))


def sent_lines(sent: QueryDict) -> tuple[Line, ...]:
    """The lines as they were sent."""
    return tuple(
        Line(place, *(sent.get(f"{name}_{place}", "").strip() for name in ("kind", "subject", "value", "note")))
        for place in range(MOST)
        if f"kind_{place}" in sent
    )


def terms_of(lines: tuple[Line, ...], wrong: dict[str, Refusal]) -> tuple[Term, ...]:
    """The terms of the lines that hold any; a line emptied is a term dropped."""
    found = []
    for one in lines:
        if not one.value:
            continue
        try:
            found.append(read(one.kind, one.subject, one.value, one.note, field=f"value_{one.place}"))
        except Refusal as refused:
            wrong[f"value_{one.place}"] = refused
    return tuple(found)


def day_or_none(sent: QueryDict, name: str, wrong: dict[str, Refusal]) -> date | None:
    """A day that may be left out."""
    return None if not given(sent, name) else day_noted(sent, name, wrong)


def day_noted(sent: QueryDict, name: str, wrong: dict[str, Refusal]) -> date:
    """A day; what is wrong with it is noted."""
    try:
        return day(sent, name)
    except Refusal as refused:
        wrong[name] = refused
        return date.min


def owed_of(sent: QueryDict, row: RoundRow, wrong: dict[str, Refusal]) -> tuple[Owed, ...]:
    """Owner and day of every term of a round; a term that is itself a day is due on it."""
    found = []
    for place, one in enumerate(row.terms):
        try:
            owner = number(sent, f"owner_{place}")
        except Refusal as refused:
            wrong[f"owner_{place}"] = refused
            owner = 0
        due = one.on if one.on and not given(sent, f"due_{place}") else day_noted(sent, f"due_{place}", wrong)
        found.append(Owed(one.key, owner, due))
    return tuple(found)


def offer_of(sent: QueryDict) -> Offer:
    """The offer somebody approves.  Raises `Refusal` beside its field."""
    term = read(sent.get("kind", ""), "", sent.get("value", ""))
    return Offer(term.kind, term.size, term.words if term.size is None and term.on is None else "")


def first(wrong: Mapping[str, Refusal]) -> Refusal | None:
    """One of the faults, for the status of the answer."""
    return next(iter(wrong.values()), None)
