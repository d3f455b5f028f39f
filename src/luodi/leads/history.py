"""The life of one lead: its dated rows, who answered for it and when nobody did, its people, whose credit it is."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from luodi.accounts import readers as accounts
from luodi.accounts.sealing import masked, unseal
from luodi.domain.clock.office import day_of
from luodi.domain.leads.held import Gap, Handover, gaps
from luodi.domain.vocabulary import Refusal
from luodi.leads.models import Credit, Person, Turn
from luodi.leads.rows import Row


@dataclass(frozen=True, slots=True)
class TurnRow:
    """A dated row."""

    seq: int
    kind: str
    on: date
    word: str
    reason: str
    text: str
    rival: str
    post: int | None
    post_name: str
    due: date | None
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CreditRow:
    """A claim, a dispute or a share.  `holds`: a share of the newest division."""

    id: int
    division: int
    kind: str
    name: str
    on: date
    evidence: str
    share: int | None
    who: str
    at: datetime
    holds: bool


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody of the company; numbers masked."""

    id: int
    name: str
    role: str
    telephone: str
    address: str


def turns(lead: int, as_of: datetime | None = None) -> tuple[TurnRow, ...]:
    """The dated rows of a lead, the newest day first; `as_of`: those that were written by then.  One query."""
    found = Turn.objects.filter(lead=lead)
    if as_of is not None:
        found = found.filter(at__lte=as_of)
    rows = found.order_by("-on", "-seq").values_list(
        "seq", "kind", "on", "word", "reason", "text", "rival", "post_id", "post__person__name", "due", "who", "at"
    )  # fmt: skip
    return tuple(TurnRow(*row[:8], row[8] or "", *row[9:]) for row in rows)


def credits_of(lead: int, as_of: datetime | None = None) -> tuple[CreditRow, ...]:
    """Claims, disputes and shares of a lead, in the order in which they were written.  One query."""
    written = Credit.objects.filter(lead=lead)
    if as_of is not None:
        written = written.filter(at__lte=as_of)
    rows = written.order_by("id").values_list(
        "id", "division", "kind", "name", "on", "evidence", "share", "who", "at"
    )  # fmt: skip
    found = list(rows)
    newest = max((row[1] for row in found), default=0)
    return tuple(CreditRow(*row, holds=bool(row[1]) and row[1] == newest) for row in found)


def people_of(lead: int, as_of: datetime | None = None) -> tuple[PersonRow, ...]:
    """The people of a company, masked.  One query."""
    rows = Person.objects.filter(lead=lead, gone=None).order_by("id")
    if as_of is not None:
        there = Q(gone=None) | Q(gone__gt=day_of(as_of))
        rows = Person.objects.filter(there, lead=lead, at__lte=as_of).order_by("id")
    return tuple(PersonRow(one.pk, one.name, one.role, _masked(one.telephone), _hidden(one.address)) for one in rows)


def unowned(lead: Row, rows: tuple[TurnRow, ...], until: date) -> tuple[Gap, ...]:
    """The days from first contact on which nobody answered: none was named, or whoever was had left the post.  One query.

    A day that a status ended the case is its last.  A lead taken from a publication that names no owner has no gaps: who
    answered is not known.
    """
    held = [Handover(one.on, one.post) for one in reversed(rows) if one.kind == "owner"]
    named = {one.post for one in held if one.post is not None}
    if lead.source and not named:
        return ()
    posts = accounts.posts_by_number(named)
    ended = {number: one.ends for number, one in posts.items()}
    closed = next((one.on for one in rows if one.kind == "status"), until) if lead.over else until
    return gaps(held, ended, lead.contacted, min(closed, until))


def _masked(sealed: str) -> str:
    return masked(_plain(sealed)) if sealed else ""


def _hidden(sealed: str) -> str:
    """An address as a page shows it: its first letter and stars."""
    return f"{_plain(sealed)[:1]}****" if sealed else ""


def _plain(sealed: str) -> str:
    """What was sealed; stars where the key is not at hand, so that the page about the company still opens."""
    try:
        return unseal(sealed)
    except Refusal:
        return "*" * 11
