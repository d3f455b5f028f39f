"""What is said of rows, as it is kept and as it is spoken: codes with facts, in either language."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

from luodi.domain.source.reading import data_names, read_data
from luodi.domain.source.tree import plain
from luodi.domain.vocabulary import BadInput, Problem, Refusal, Text
from luodi.exchange.sheets.checking import Flaw

ANSWERS = (Refusal, BadInput)
"""What a room answers to a row that it does not take; anything else is a bug and shows itself."""


@dataclass(frozen=True, slots=True)
class Told:
    """Something said of a row: the column it is about (None: the row), and the sentence."""

    index: int | None
    code: str
    facts: Mapping[str, object]


@cache
def sentences() -> dict[str, dict[str, str]]:
    """Every sentence by code; the pages read the same files."""
    found: dict[str, dict[str, str]] = {}
    for name in data_names("sentences"):
        found.update(cast(dict[str, dict[str, str]], plain(read_data(name))))
    return found


def speak(code: str, facts: Mapping[str, object], language: str) -> str:
    """The sentence in a language."""
    return sentences()[code]["en" if language.startswith("en") else "zh"].format(**facts)


def of_flaws(flaws: Iterable[Flaw]) -> tuple[Told, ...]:
    """What is said of cells."""
    return tuple(Told(flaw.index, flaw.code, flaw.facts) for flaw in flaws)


def of_refusal(refused: Refusal | BadInput) -> tuple[Told, ...]:
    """What a room answered instead of doing what a row asked."""
    said = refused.problems if isinstance(refused, BadInput) else (refused,)
    return tuple(Told(None, one.code, one.facts) for one in said)


def of_problems(problems: Iterable[Problem]) -> tuple[Told, ...]:
    """What is said of the head."""
    return tuple(Told(None, one.code, one.facts) for one in problems)


def written(told: Iterable[Told]) -> str:
    """As it is kept."""
    return json.dumps(
        [[one.index, one.code, {k: _kept(v) for k, v in one.facts.items()}] for one in told], ensure_ascii=False
    )


def read(text: str) -> tuple[Told, ...]:
    """As it was kept."""
    return tuple(Told(index, code, {k: _back(v) for k, v in facts.items()}) for index, code, facts in json.loads(text))


def _kept(value: object) -> object:
    if isinstance(value, Text):
        return {"zh": value.zh, "en": value.en}
    return value if isinstance(value, int | float | str | None) else str(value)


def _back(value: object) -> object:
    return Text(str(value["zh"]), str(value["en"])) if isinstance(value, dict) else value
