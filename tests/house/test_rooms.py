"""The rooms of ARCHITECTURE.md, where neither the type checker nor the import contracts look."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.house.tree import ROOT, SOURCE, files, modules, name, syntax, text

BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "base", "manager", "managers", "service",
                "services", "misc", "signals", "receivers"}  # fmt: skip
ROOMS = sorted(path.parent for path in SOURCE.glob("*/__init__.py"))
INNER_ROOMS = sorted(path.parent for path in (SOURCE / "domain").glob("*/__init__.py"))


def room(path: Path) -> str:
    """The folder name of a room, with a slash."""
    return path.relative_to(SOURCE).as_posix() + "/"


def sentences() -> dict[str, str]:
    """Room to sentence, from the tables of ARCHITECTURE.md."""
    rows = re.findall(r"^\| `([\w/]+/)` \| (.+?) \|$", text(ROOT / "ARCHITECTURE.md"), re.MULTILINE)
    return dict(rows)


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and top package of every import of a file."""
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, (node.module or ".").split(".")[0]


@pytest.mark.parametrize("path", [*ROOMS, *INNER_ROOMS], ids=room)
def test_a_room_says_its_sentence(path: Path) -> None:
    doc = (ast.get_docstring(syntax(path / "__init__.py")) or "").split("\n\n")[0].replace("\n", " ")
    assert sentences().get(room(path)) == doc


def test_the_page_names_no_room_that_is_gone() -> None:
    assert set(sentences()) == {room(path) for path in [*ROOMS, *INNER_ROOMS]}


def test_no_module_is_called_after_nothing() -> None:
    found = [name(p) for p in files(".py", "src") if BANNED_NAMES & {part.split(".")[0] for part in p.parts[-3:]}]
    assert not found


def test_every_module_says_why_it_exists() -> None:
    missing = [name(path) for path in modules() if text(path).strip() and not ast.get_docstring(syntax(path))]
    assert not missing


@pytest.mark.parametrize(
    ("package", "allowed"),
    [
        ("django", ()),
        ("jinja2", ()),
        ("yaml", ("domain/source/",)),
        ("ortools", ("domain/planning/cpsat",)),
        ("numba", ("domain/planning/kernels",)),
    ],
)
def test_the_domain_keeps_each_library_behind_one_door(package: str, allowed: tuple[str, ...]) -> None:
    found = [
        f"{name(path)}:{line}"
        for path in modules("src/luodi/domain")
        for line, what in imported(path)
        if what == package and not path.relative_to(SOURCE).as_posix().startswith(allowed or ("-",))
    ]
    assert not found


def test_the_domain_asks_no_clock() -> None:
    clock = re.compile(r"\b(date\.today|datetime\.now|datetime\.utcnow|timezone\.now|time\.time)\(")
    found = [name(path) for path in modules("src/luodi/domain") if clock.search(text(path))]
    assert not found


def test_migrations_are_named_for_what_they_do() -> None:
    found = [name(p) for p in files(".py", "src/luodi") if "migrations" in p.parts and "_auto_" in p.name]
    assert not found


def test_saving_is_never_overridden() -> None:
    found = [
        f"{name(path)}::{node.name}"
        for path in modules()
        if path.name == "models.py"
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.FunctionDef) and node.name in ("save", "delete")
    ]
    assert not found
