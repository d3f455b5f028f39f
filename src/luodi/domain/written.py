"""Texts that people write: kept whole, refused when missing or endless."""

from luodi.domain.vocabulary import Refusal

LONGEST, LINE = 20_000, 200
"""Characters of a text, and of a text of one line."""


def text(value: str, field: str, *, longest: int = LONGEST, empty: bool = False) -> str:
    """The text without blanks around it; `field` names it in the refusal.

    Raises `Refusal` (`text_missing`, `text_too_long`, `text_unreadable`): nothing is ever cut silently.
    """
    kept = value.strip()
    if not kept and not empty:
        raise Refusal("text_missing", field=field)
    if len(kept) > longest:
        raise Refusal("text_too_long", field=field, longest=longest, length=len(kept))
    if "\x00" in kept or any("\ud800" <= one <= "\udfff" for one in kept):
        raise Refusal("text_unreadable", field=field)
    return kept


def line(value: str, field: str, *, empty: bool = False) -> str:
    """A text of one line, 200 characters at most; line breaks become blanks."""
    return text(" ".join(value.split()), field, longest=LINE, empty=empty)
