"""Collecting problems: a reader goes on to the end of the file and then says everything at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from luodi.domain.vocabulary import BadInput, Place, Problem


@dataclass(frozen=True, slots=True)
class Faults:
    """The problems found so far, and the file that is being read.  Files read together share one `found` list."""

    file: str
    found: list[Problem] = field(default_factory=list)

    def add(self, line: int | None, code: str, **facts: object) -> None:
        """Note a problem of this file at `line`."""
        self.found.append(Problem(Place(self.file, line), code, facts))

    def of(self, file: str) -> "Faults":
        """The same collection, for another file."""
        return Faults(file, self.found)

    def settle(self) -> None:
        """Raise `BadInput` with all that was found, in the order of files and lines; nothing found: return."""
        if self.found:
            raise BadInput(sorted(set_of(self.found), key=lambda one: (one.where.file, one.where.line or 0, one.code)))


def set_of(problems: Iterable[Problem]) -> list[Problem]:
    """The problems without repetitions, in their order."""
    return list({(one.where, one.code, repr(one.facts)): one for one in problems}.values())


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, if any is like it at all."""
    found = get_close_matches(word[:100], list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def hint(word: str, known: Iterable[str]) -> str:
    """The nearest known word as the tail of a sentence in any language; empty where none is near."""
    found = nearest(word, known)
    return f" → {found}?" if found else ""
