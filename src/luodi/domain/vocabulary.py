"""The words every room shares: bilingual text, day units, sources of numbers, and the two ways of saying no.

A `Refusal` is one thing a person can mend.  A `BadInput` carries every `Problem` of a file at once.
The sentence for each code stands in `data/sentences.yaml`; here are only the codes and the facts they speak of.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class DayUnit(StrEnum):
    """How a period is counted."""

    WORKING = "working_days"
    CALENDAR = "calendar_days"
    MONTHS = "months"


class Confidence(StrEnum):
    """What a number rests on, strongest first."""

    LAW = "law"
    PUBLISHED = "published"
    ASSUMPTION = "assumption"


@dataclass(frozen=True, slots=True)
class Text:
    """A name or sentence in both languages of the interface."""

    zh: str
    en: str

    def __getitem__(self, language: str) -> str:
        """The text in `language` (`en`, anything else is Chinese)."""
        return self.en if language.startswith("en") else self.zh


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule or figure was read: title and article of the paper, link where one is known."""

    title: str
    article: str | None = None
    link: str | None = None
    place: str | None = None

    def __str__(self) -> str:
        return " ".join(part for part in (self.place, self.title, self.article) if part)


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file, as an editor counts it (first line = 1)."""

    file: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of an input: where it stands, which rule it breaks, and the facts its sentence needs."""

    where: Place
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """One thing that cannot be done as asked, and that a person can mend."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, object] = facts


class BadInput(Exception):  # noqa: N818
    """A file that cannot be used, with every problem found in it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problem(s)")
        self.problems = tuple(problems)


Scalar = str | int | float | bool | date
"""A value of a fact or form field."""
