"""A right form and a small project file to break one line at a time."""

import copy
import json
from collections.abc import Callable
from typing import Any

from luodi.domain.catalogue.reading import load
from luodi.domain.facts.project import ProjectFile
from luodi.domain.facts.reading import read_project
from luodi.domain.source.reading import read_data
from luodi.domain.source.tree import plain
from luodi.domain.vocabulary import BadInput

CATALOGUE = load()
JINKO: dict[str, Any] = plain(read_data("samples/jinko.yaml"))  # type: ignore[assignment]


def project(change: Callable[[dict[str, Any]], object] = lambda file: None) -> ProjectFile:
    """The Jinko sample after a change, read as JSON text."""
    file = copy.deepcopy(JINKO)
    change(file)
    return read(json.dumps(file, ensure_ascii=False, default=str))


def read(text: str) -> ProjectFile:
    """A project of a text."""
    return read_project(text, CATALOGUE)


def faults(text: str) -> list[tuple[str, int | None]]:
    """Code and line of every problem of a text."""
    try:
        read(text)
    except BadInput as bad:
        return [(problem.code, problem.where.line) for problem in bad.problems]
    return []


def codes(change: Callable[[dict[str, Any]], object]) -> set[str]:
    """The codes of every problem of the Jinko sample after a change."""
    try:
        project(change)
    except BadInput as bad:
        return {problem.code for problem in bad.problems}
    return set()
