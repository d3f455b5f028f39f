"""Reads one line of an exported record, distrusting every byte of it."""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from luodi.domain.events.canonical import encoded, parsed

TEXTS = ("at", "chain", "hash", "kind", "previous", "project", "who", "zone")
NUMBERS = ("person", "post")
FIELDS = frozenset((*TEXTS, *NUMBERS, "seq", "payload"))
HASH = re.compile(r"[0-9a-f]{64}")
MARK = '"hash":"'


class NoEntry(ValueError):  # noqa: N818 - names what the line is not
    """A line that is no entry; `detail` names the fields in question, empty where it is no JSON table at all."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Line:
    """What the proof needs of a line: where the entry says it stands, the hash it carries, and the hash it ought to have."""

    chain: str
    seq: int
    previous: str
    at: str
    who: str
    hash: str
    computed: str
    canonical: bool  # written exactly as an export writes it


def read_line(text: str) -> Line:
    """One line without its line break.  Raises `NoEntry`."""
    value = _entry(text)
    try:
        canonical = encoded(value) == text
        if canonical:
            cut = text.index(MARK)
            body = text[:cut] + text[cut + len(MARK) + 66 :]
        else:
            body = encoded({key: one for key, one in value.items() if key != "hash"})
        computed = sha256(body.encode()).hexdigest()
    except (ValueError, RecursionError) as error:  # a byte that is no UTF-8, lists in lists without end
        raise NoEntry from error
    return Line(
        value["chain"], value["seq"], value["previous"], value["at"], value["who"], value["hash"], computed, canonical
    )


def _entry(text: str) -> dict[str, Any]:
    """The fields of a line.  Raises `NoEntry`, with the names of those that are missing, unknown or of another type."""
    try:
        value = parsed(text)
    except ValueError as error:
        raise NoEntry from error
    if not isinstance(value, dict):
        raise NoEntry
    wrong = set(value) ^ FIELDS
    if not wrong:
        wrong |= {key for key in TEXTS if type(value[key]) is not str}
        wrong |= {key for key in NUMBERS if value[key] is not None and type(value[key]) is not int}
        wrong |= {"payload"} if type(value["payload"]) is not dict else set()
        wrong |= {"seq"} if type(value["seq"]) is not int or value["seq"] < 1 else set()
        wrong |= {key for key in ("hash", "previous") if key not in wrong and not HASH.fullmatch(value[key])}
    if wrong:
        raise NoEntry(", ".join(sorted(wrong))[:200])
    return value
