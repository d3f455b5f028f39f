"""Canonical JSON (RFC 8785): the same facts are always the same bytes, so that they always have the same hash.

Only what every language reads alike gets in: text as given, whole numbers up to 2^53 − 1, yes and no, nothing, lists and
tables.  There are no fractions: an amount of money or an area is written as text.  Days and moments become text here.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Never

import rfc8785

from luodi.domain.vocabulary import Refusal

Json = None | bool | int | str | date | Sequence["Json"] | Mapping[str, "Json"]
"""What an entry may hold; a moment (aware `datetime`) is a `date` to Python."""

LARGEST = 2**53 - 1
DEEPEST = 20

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode
BEYOND = re.compile("[\U00010000-\U0010ffff]")
HALF = re.compile("[\ud800-\udfff]")

quoted = json.encoder.encode_basestring
"""A text as JSON writes it, in its quotes."""


def moment_text(at: datetime) -> str:
    """A moment as UTC with microseconds: `2026-03-02T01:30:00.000000Z`.  A naive one raises ValueError."""
    if at.tzinfo is None:
        raise ValueError(f"a moment without a time zone: {at}")
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def moment_of(text: str) -> datetime:
    """The moment of a text that `moment_text` wrote; any other text raises ValueError."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None or moment_text(at) != text:
        raise ValueError(f"not a moment of the record: {text[:40]}")
    return at


def canonical(value: Json) -> str:
    """The canonical JSON of a value.

    A number with a fraction or beyond 2^53, a naive moment or an object of ours is a bug (TypeError, ValueError).
    A half character, which a person can paste, is a `Refusal` (`text_unreadable`).
    """
    text = encoded(_plain(value, 0))
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise Refusal("text_unreadable", field=error.object[max(0, error.start - 20) : error.start]) from None
    return text


def encoded(value: object) -> str:
    """The canonical text of what `parsed` returned.

    Python's own encoder writes the same as RFC 8785, at four times the speed, except in the order of keys outside the basic
    plane (emoji, rare characters); a text with any of those goes through the library.
    """
    text = _encode(value)
    if text.isascii() or not BEYOND.search(text) or HALF.search(text):
        return text
    by_library: bytes = rfc8785.dumps(value)  # type: ignore[arg-type]  # whatever JSON can say
    return by_library.decode()


def parsed(text: str) -> object:
    """The value of a JSON text; ValueError for what is no JSON or holds what no entry can hold."""
    try:
        return _DECODER.decode(text)
    except RecursionError:
        raise ValueError("nested too deep") from None


def _plain(value: object, depth: int) -> object:
    """The value with its dates as text, checked."""
    if type(value) is str or value is None:  # the quick way for nearly all
        return value
    if isinstance(value, dict):
        if depth >= DEEPEST:
            raise ValueError(f"nested more than {DEEPEST} levels deep")
        return {_name(key): one if type(one) is str else _plain(one, depth + 1) for key, one in value.items()}
    if isinstance(value, int) and not isinstance(value, bool):
        if not -LARGEST <= value <= LARGEST:
            raise ValueError(f"{value} is beyond what JSON readers keep exactly; write it as text")
        return value
    if isinstance(value, str | bool):
        return value
    if isinstance(value, date):
        return moment_text(value) if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, Mapping):
        return _plain(dict(value), depth)
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        if depth >= DEEPEST:
            raise ValueError(f"nested more than {DEEPEST} levels deep")
        return [_plain(one, depth + 1) for one in value]
    raise TypeError(f"the record holds no {type(value).__name__}: {value!r}")


def _name(key: object) -> str:
    if isinstance(key, str):
        return key
    raise TypeError(f"a key of the record is text: {key!r}")


def _bounded(digits: str) -> int:
    if len(digits) > 17 or abs(number := int(digits)) > LARGEST:
        raise ValueError("a number beyond 2^53")
    return number


def _refused(what: str) -> Never:
    raise ValueError(f"not a whole number: {what[:20]}")


_DECODER = json.JSONDecoder(parse_float=_refused, parse_int=_bounded, parse_constant=_refused)
