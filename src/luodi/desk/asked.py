"""What a form sent, as actions want it: whole numbers, dates, keys; and an act whose refusal is shown beside the form."""

import uuid
from collections.abc import Callable
from datetime import date

from django.http import QueryDict

from luodi.domain.vocabulary import Refusal


def number(sent: QueryDict, name: str) -> int:
    """A whole number, such as the id of what was chosen.  Raises `Refusal` beside its field."""
    text = sent.get(name, "").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise Refusal("choice_missing", field=name)
    return int(text)


def day(sent: QueryDict, name: str) -> date:
    """A date as browsers send it (2026-11-21).  Raises `Refusal` beside its field."""
    text = sent.get(name, "").strip()
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise Refusal("date_unreadable", field=name, value=text[:40]) from None
    if not 2000 <= found.year <= 2100:
        raise Refusal("date_unreadable", field=name, value=text[:40])
    return found


def given(sent: QueryDict, name: str) -> bool:
    """Whether a field holds anything."""
    return bool(sent.get(name, "").strip())


def key(sent: QueryDict) -> str | None:
    """The idempotency key of the form: the same form sent twice is done once."""
    return sent.get("key", "")[:64] or None


def new_key() -> str:
    """A key for a form about to be shown."""
    return uuid.uuid4().hex


def attempt(act: Callable[[], object]) -> Refusal | None:
    """Do it; the refusal where it cannot be done.  A form sent twice was done the first time, and is no fault."""
    try:
        act()
    except Refusal as refused:
        return None if refused.code == "already_done" else refused
    return None


def status(refused: Refusal | None) -> int:
    """The status of a page whose form comes back with what was typed: 403 for what the post may not do, else 400."""
    return 200 if refused is None else 403 if refused.code == "not_allowed" else 400
