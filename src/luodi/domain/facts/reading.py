"""Reads a project file: everything that is wrong with it is said at once, with its line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isclose
from pathlib import Path
from types import MappingProxyType

from luodi.domain.catalogue.matters import Catalogue, FactRule
from luodi.domain.facts.about import About, about_of
from luodi.domain.facts.deriving import Derived, derive
from luodi.domain.facts.fields import the_form
from luodi.domain.facts.form import Filled, fill
from luodi.domain.facts.happened import check_against_today, milestones_of, options_of, progress_of
from luodi.domain.facts.project import Options, Origin, ProjectFile
from luodi.domain.facts.quantities import Quantity, quantity
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults, hint
from luodi.domain.source.reading import read_file, read_text
from luodi.domain.source.tree import Leaf, Node, Table
from luodi.domain.vocabulary import Scalar, Text

STAGING = "permit.staging"
NEVER = date.min  # stands for a missing day of planning while the rest of the file is read


def read_project(path_or_text: Path | str | bytes, catalogue: Catalogue) -> ProjectFile:
    """The project of a file (`Path`), or of YAML or JSON text.  Raises `BadInput` with every problem found."""
    faults = Faults(str(path_or_text) if isinstance(path_or_text, Path) else "<text>")
    if isinstance(path_or_text, Path):
        node = read_file(path_or_text, faults)
    else:
        node = read_text(path_or_text, "<text>", faults)
    if node is None:
        faults.settle()
    usual = path_or_text.stem if isinstance(path_or_text, Path) else "project"
    project = project_of(node, faults, catalogue, usual)
    faults.settle()
    return project


def check_form_file(path: Path, catalogue: Catalogue) -> int:
    """Check a project file whose form must be complete, or a file that is a form alone; the number of fields given.

    Raises `BadInput` with every problem found.
    """
    faults = Faults(str(path))
    node = read_file(path, faults)
    root = ask.row(node, faults)
    if node is not None and "form" not in root.table.entries:
        filled = len(fill(root).values)
    elif node is not None and set(root.table.entries) == {"form"}:
        filled = len(fill(ask.child(root, "form")).values)
    elif node is not None:
        filled = len(project_of(node, faults, catalogue, path.stem, complete=True).form)
    faults.settle()
    return filled


def project_of(
    node: Node | None, faults: Faults, catalogue: Catalogue, usual: str, *, complete: bool = False
) -> ProjectFile:
    """The project a tree describes, problems noted in `faults`; `usual`: its id where it states none.

    `complete`: the form must have all its fields, and a day of planning is not asked for.
    """
    root = ask.row(node, faults)
    identity = _identity(root, usual)
    form, options_row = ask.child_or_none(root, "form"), ask.child_or_none(root, "options")
    filled = fill(form, complete=complete) if form else Filled({}, {})
    events = {*catalogue.milestones, *catalogue.matters}
    about = about_of(ask.child_or_none(root, "about"), {*catalogue.facts, *the_form().fields, *events}, events)
    stated = _stated(ask.child_or_none(root, "facts"), options_row, catalogue.facts)
    known = _known(stated, filled, about, catalogue, faults)
    milestones = milestones_of(ask.child_or_none(root, "milestones"), catalogue)
    progress = progress_of(ask.child_or_none(root, "progress"), catalogue)
    options = options_of(options_row, catalogue, milestones)
    ask.close(root)
    if options is not None:
        check_against_today(root, options.as_of, milestones, progress, catalogue)
    elif not complete and not faults.found:
        faults.add(ask.line(root, "options"), "as_of_missing")
    return ProjectFile(
        id=identity,
        name=about.name or _name(filled, identity),
        form=MappingProxyType(dict(filled.values)),
        facts=MappingProxyType(known.facts),
        assumed=known.assumed,
        origins=MappingProxyType(known.origins),
        milestones=MappingProxyType(milestones),
        progress=MappingProxyType(progress),
        options=options or Options(NEVER),
        zone=about.zone,
        sources=about.sources,
        claims=about.claims,
        notes=about.notes,
    )


def _identity(root: ask.Row, usual: str) -> str:
    head = ask.child_or_none(root, "project")
    if head is None:
        return usual
    identity = ask.text(head, "id", usual)
    ask.close(head)
    return identity


@dataclass(frozen=True, slots=True)
class _Stated:
    """A fact as the file gives it, and its line."""

    value: Scalar
    line: int


def _stated(row: ask.Row | None, options: ask.Row | None, rules: Mapping[str, FactRule]) -> dict[str, _Stated]:
    """The facts given by their ids; `options.staging` is another way to give the staging of permits."""
    found: dict[str, _Stated] = {}
    for key, node in ask.entries(row) if row else ():
        rule = rules.get(key)
        if row and rule is None:
            row.faults.add(ask.line(row, key), "fact_unknown", key=key[:80], hint=hint(key, rules))
        elif row and rule and (value := _fact(node, rule, row.faults)) is not None:
            found[key] = _Stated(value, node.line)
    if options and STAGING in rules and (staging := ask.node(options, "staging")) is not None:
        value = _fact(staging, rules[STAGING], options.faults)
        if value is not None and found.get(STAGING, _Stated(value, 0)).value != value:
            options.faults.add(
                staging.line, "fact_stated_twice", fact=rules[STAGING].name, other_line=found[STAGING].line
            )
        elif value is not None:
            found[STAGING] = _Stated(value, staging.line)
    return found


def _fact(node: Node, rule: FactRule, faults: Faults) -> Scalar | None:
    """The value of one fact, None where it is left open (null) or wrong."""
    if isinstance(node, Leaf) and node.value is None:
        return None
    if rule.type == "number":
        return _number(node, rule, faults)
    if rule.type == "bool" and isinstance(node, Leaf) and isinstance(node.value, bool):
        return node.value
    if rule.type == "choice" and isinstance(node, Leaf) and node.raw in rule.choices:
        return node.raw
    if rule.type == "bool":
        faults.add(node.line, "fact_not_yes_no", fact=rule.name, key=rule.id)
    else:
        written = node.raw[:40] if isinstance(node, Leaf) else "…"
        faults.add(node.line, "fact_not_a_choice", fact=rule.name, key=rule.id, value=written,
                   known=", ".join(rule.choices), hint=hint(written, rule.choices))  # fmt: skip
    return None


def _number(node: Node, rule: FactRule, faults: Faults) -> int | float | None:
    given: str | None = None
    number: Node = node
    if isinstance(node, Table):
        row = ask.row(node, faults, rule.id)
        number, given = ask.node(row, "value") or Leaf(None, node.line, ""), ask.text(row, "unit", None)
        ask.close(row)
    found = quantity(number.value if isinstance(number, Leaf) else None, rule.unit, given)
    if not isinstance(found, Quantity):
        faults.add(node.line, found.code, field=rule.name, key=rule.id, **found.facts)
    elif found.amount < 0:
        faults.add(node.line, "below", field=rule.name, key=rule.id, value=found.written, bound=0)
    else:
        return found.number()
    return None


@dataclass(frozen=True, slots=True)
class _Known:
    """Every fact with its origin: given, derived from the form, or assumed."""

    facts: dict[str, Scalar]
    assumed: tuple[str, ...]
    origins: dict[str, Origin]


def _known(stated: Mapping[str, _Stated], filled: Filled, about: About, catalogue: Catalogue, faults: Faults) -> _Known:
    derived = derive(filled.values, catalogue.facts)
    _conflicts(stated, derived, filled, catalogue, faults)
    facts = {fact: follows.value for fact, follows in derived.items()}
    facts |= {fact: given.value for fact, given in stated.items()}
    missing = {fact: rule.if_missing for fact, rule in catalogue.facts.items() if fact not in facts}
    assumed: dict[str, Scalar] = {fact: value for fact, value in missing.items() if value is not None}
    return _Known(facts | assumed, tuple(assumed), _origins(about, filled, stated, derived, assumed, catalogue))


def _conflicts(stated: Mapping[str, _Stated], derived: Mapping[str, Derived], filled: Filled, catalogue: Catalogue,
               faults: Faults) -> None:  # fmt: skip
    for fact, given in stated.items():
        follows = derived.get(fact)
        if follows is None or _same(given.value, follows.value):
            continue
        faults.add(
            given.line,
            "fact_against_form",
            fact=catalogue.facts[fact].name,
            key=fact,
            stated=given.value,
            follows=follows.value,
            field=the_form().fields[follows.field].name,
            other_line=filled.lines[follows.field],
        )


def _same(one: Scalar, other: Scalar) -> bool:
    numbers = isinstance(one, int | float) and isinstance(other, int | float)
    return isclose(one, other, rel_tol=1e-6) if numbers and not isinstance(one, bool) else one == other  # type: ignore[arg-type]


def _origins(about: About, filled: Filled, stated: Mapping[str, _Stated], derived: Mapping[str, Derived],
             assumed: Mapping[str, Scalar], catalogue: Catalogue) -> dict[str, Origin]:  # fmt: skip
    """What every fact and field rests on, and those milestones and matters of which the file says it."""

    def of(key: str, otherwise: Origin) -> Origin:
        return about.basis.get(key) or about.default or otherwise

    origins = {field: of(field, Origin("form")) for field in filled.values}
    for fact, follows in derived.items():
        basis = of(follows.field, Origin("derived", catalogue.facts[fact].source))
        origins.setdefault(fact, basis)
    origins |= {fact: of(fact, Origin("given")) for fact in stated if fact not in origins or fact in about.basis}
    origins |= {
        key: origin for key, origin in about.basis.items() if key in {*catalogue.milestones, *catalogue.matters}
    }
    return origins | {fact: Origin("assumption", catalogue.facts[fact].source) for fact in assumed}


def _name(filled: Filled, identity: str) -> Text:
    name = filled.values.get("project_name")
    words = name if isinstance(name, str) else identity
    return Text(words, words)
