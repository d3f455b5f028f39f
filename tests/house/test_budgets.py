"""The budgets of house.md: small files, small functions. An exception needs a reason here."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.house.tree import files, modules, name, syntax, text

FILE, TEST_FILE, FUNCTION, METHODS, TEMPLATE, RULE_FILE = 300, 400, 40, 12, 150, 400

ALLOWED: dict[str, str] = {
    "dev": "one file by design: it must run before anything is installed",
}

PYTHON = (*modules(), *files(".py", "tests"), *files(".py", "docs"))


def lines(path: Path) -> int:
    """The number of lines of a file."""
    return text(path).count("\n")


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function from `def` on, its docstring not counted."""
    first = node.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    doc = (first.end_lineno or first.lineno) - first.lineno + 1 if documented else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - doc


def over(path: Path) -> Iterator[str]:
    """What of a Python file is over its budget."""
    budget = TEST_FILE if name(path).startswith("tests/") else FILE
    if lines(path) > budget:
        yield f"{name(path)}: {lines(path)} lines, {budget} allowed"
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and length(node) > FUNCTION:
            yield f"{name(path)}::{node.name}: {length(node)} lines, {FUNCTION} allowed"
        if isinstance(node, ast.ClassDef):
            methods = sum(isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) for child in node.body)
            if methods > METHODS:
                yield f"{name(path)}::{node.name}: {methods} methods, {METHODS} allowed"


def test_python_is_within_its_budgets() -> None:
    found = [said for path in PYTHON for said in over(path) if said.split(": ", 1)[0] not in ALLOWED]
    assert not found, "\n".join(found)


def test_the_typical_file_is_short() -> None:
    sizes = sorted(lines(path) for path in modules())
    assert sizes[len(sizes) // 2] <= 120, f"median {sizes[len(sizes) // 2]} lines"


@pytest.mark.parametrize(
    ("suffix", "under", "budget"),
    [
        (".html", "src/luodi", TEMPLATE),
        (".typ", "src/luodi", TEMPLATE),
        (".css", "src/luodi", FILE),
        (".js", "src/luodi", FILE),
        (".yaml", "src/luodi/data/catalogue", TEMPLATE),
        (".mjs", ".", FILE),
        (".md", "docs", RULE_FILE),
    ],
)
def test_other_files_are_within_their_budgets(suffix: str, under: str, budget: int) -> None:
    found = [f"{name(p)}: {lines(p)} lines, {budget} allowed" for p in files(suffix, under) if lines(p) > budget]
    assert not [said for said in found if said.split(": ")[0] not in ALLOWED], "\n".join(found)


def test_an_exception_is_still_needed() -> None:
    """Whoever shortens a file takes it off the list."""
    known = {said.split(": ", 1)[0] for path in PYTHON for said in over(path)}
    known |= {name(path) for path in files() if lines(path) > TEMPLATE}
    assert set(ALLOWED) <= known
