"""The facts of a notice as they are kept: JSON, bilingual where the fact is."""

import json
from collections.abc import Mapping
from datetime import date

from luodi.domain.vocabulary import Text
from luodi.notices.kinds import kinds

Fact = str | int | date | Text
LONGEST = 400
"""Characters of one fact: a notice points at a page, it does not replace it."""


def pack(kind: str, facts: Mapping[str, Fact]) -> str:
    """The facts as JSON.  Raises `ValueError` for a kind that is not in the file or a fact its sentence lacks: a bug."""
    rule = kinds().get(kind)
    if rule is None:
        raise ValueError(f"no kind of notice is called {kind}")
    if lacking := sorted(rule.facts - set(facts)):
        raise ValueError(f"a notice of the kind {kind} lacks {', '.join(lacking)}")
    return json.dumps({name: _kept(fact) for name, fact in facts.items()}, ensure_ascii=False, sort_keys=True)


def unpack(kept: str) -> dict[str, str | int | Text]:
    """The facts of a kept notice."""
    return {name: Text(**fact) if isinstance(fact, dict) else fact for name, fact in json.loads(kept).items()}


def _kept(fact: Fact) -> str | int | dict[str, str]:
    if isinstance(fact, Text):
        return {"zh": _short(fact.zh), "en": _short(fact.en)}
    if isinstance(fact, date):
        return fact.isoformat()
    return _short(fact) if isinstance(fact, str) else fact


def _short(words: str) -> str:
    """One line without control characters, so that it may stand in the subject of a letter."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
