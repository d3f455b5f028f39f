"""Every refusal and problem has its sentence in both languages, and every sentence is said somewhere."""

import ast
import re
import string
from collections.abc import Iterator
from functools import cache

import yaml
from tests.house.tree import ROOT, files, modules, name, syntax, text

CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


@cache
def sentences() -> dict[str, dict[str, str]]:
    """All sentences by code; the same code in two files is a fault by itself."""
    found: dict[str, dict[str, str]] = {}
    for path in files(".yaml", "src/luodi/data/sentences"):
        content = yaml.safe_load(text(path)) or {}
        assert not set(content) & set(found), f"{name(path)} repeats {set(content) & set(found)}"
        found |= content
    return found


def parameter(node: ast.FunctionDef | ast.ClassDef) -> int | None:
    """Where a function, or a dataclass with a field `code`, takes the code: the position in a call."""
    if isinstance(node, ast.ClassDef):
        fields = [f.target.id for f in node.body if isinstance(f, ast.AnnAssign) and isinstance(f.target, ast.Name)]
        made = next((f for f in node.body if isinstance(f, ast.FunctionDef) and f.name == "__init__"), None)
        names = [arg.arg for arg in made.args.args[1:]] if made else fields
    else:
        names = [arg.arg for arg in node.args.args if arg.arg not in ("self", "cls")]
    return next((place for place, one in enumerate(names) if one.rstrip("_") == "code"), None)


@cache
def speakers() -> dict[str, set[int]]:
    """Names of what takes a sentence code, with the position it takes it at."""
    found: dict[str, set[int]] = {}
    for path in modules():
        for node in ast.walk(syntax(path)):
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and (place := parameter(node)) is not None:
                found.setdefault(node.name, set()).add(place)
    return found


def literals(node: ast.expr) -> Iterator[str]:
    """The codes an expression can be: a literal, or either branch of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)


def calls() -> Iterator[tuple[str, str, str, ast.Call]]:
    """Place, speaker, code and call of every sentence said by a literal code."""
    for path in modules():
        for node in ast.walk(syntax(path)):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            for place in speakers().get(called, ()):
                given = [*node.args[place : place + 1], *(k.value for k in node.keywords if k.arg == "code")]
                for argument in given:
                    for code in literals(argument):
                        if CODE.fullmatch(code):
                            yield f"{name(path)}:{node.lineno}", called, code, node


def test_every_code_that_is_raised_has_a_sentence() -> None:
    said = sorted({f"{code} ({where})" for where, called, code, _ in calls() if code not in sentences()
                   and called not in OTHER_CODES})  # fmt: skip
    assert not said, "\n".join(said)


OTHER_CODES = {
    "Infeasible": "carries its own words",
    "Clause": "carries its own words",
    "Fault": "the verifier speaks to programmers",
}


def test_every_sentence_is_said_somewhere() -> None:
    source = "\n".join(text(path) for path in (*modules(), *files(".html", "src/luodi"), *files(".js", "src/luodi")))
    spelled = set(re.findall(r"[\"']([a-z][a-z0-9_]*)[\"']", source))
    started = tuple(re.findall(r"f[\"']([a-z][a-z0-9_]*_)\{", source))
    idle = [code for code in sentences() if code not in spelled and not (started and code.startswith(started))]
    assert not idle


def test_every_sentence_is_in_both_languages() -> None:
    wrong = [code for code, both in sentences().items() if set(both) != {"zh", "en"} or not all(both.values())]
    assert not wrong
    chinese = re.compile(r"[一-鿿]")
    wrong = [code for code, both in sentences().items() if not chinese.search(both["zh"])]
    assert not wrong, "no Chinese in the Chinese sentence"


def fields(sentence: str) -> set[str]:
    """The facts a sentence speaks of."""
    return {re.split(r"[.\[!:]", field)[0] for _, field, _, _ in string.Formatter().parse(sentence) if field}


def test_a_refusal_gives_its_sentence_the_facts_it_needs() -> None:
    lacking = []
    for where, called, code, call in calls():
        given = {keyword.arg for keyword in call.keywords}
        if called != "Refusal" or None in given or code not in sentences():
            continue
        needed = fields(sentences()[code]["zh"]) | fields(sentences()[code]["en"])
        lacking += [f"{where} {code}: {sorted(needed - given)}"] if needed - given else []
    assert not lacking, "\n".join(lacking)


def test_the_folder_is_where_we_look() -> None:
    assert files(".yaml", "src/luodi/data/sentences")
    assert (ROOT / "src/luodi/data/sentences").is_dir()
