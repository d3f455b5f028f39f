"""The small files beside the matters: units, milestones with stages and phases, facts, levers and regimes."""

from collections.abc import Collection
from dataclasses import dataclass

from luodi.domain.catalogue.matters import FactRule, Kind, Lever, MilestoneRule, Number
from luodi.domain.catalogue.parts import number_of
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.grounds import source_of, text_of
from luodi.domain.source.tree import Leaf
from luodi.domain.vocabulary import Confidence, DayUnit, Source, Text

FACT_TYPES = ("bool", "number", "choice")
MILESTONES = ("contact", "signed", "land_supplied", "construction_start", "completion", "production", "statistics")
EFFECTS = (
    "parallel", "promised_limits", "commitment", "regional_assessment", "standard_land", "deferral", "letter",
    "staged_permit", "front_loading", "one_form",
)  # fmt: skip
SIZED = {"deferral", "one_form"}  # effects that need a number of days
NO_NUMBER = Number(0, DayUnit.WORKING, Kind.ASSUMED, Confidence.ASSUMPTION, Source(""))


@dataclass(frozen=True, slots=True)
class Calendar:
    """Stages and phases, the milestones with the rows they were read from, and the length of the works."""

    stages: dict[int, Text]
    phases: dict[str, Text]
    milestones: dict[str, MilestoneRule]
    rows: dict[str, ask.Row]
    works: Number


def read_units(root: ask.Row) -> dict[str, Text]:
    """`units.yaml`: id -> name of the unit."""
    return {key: text_of(root, key) for key, _ in ask.entries(root)}


def read_milestones(root: ask.Row) -> Calendar:
    """`milestones.yaml`; the milestones that the plan speaks of must all be there."""
    stages = ask.child(root, "stages")
    phases = ask.child(root, "phases")
    rows = dict(ask.rows(ask.child(root, "milestones")))
    works = ask.child(root, "works")
    found = Calendar(
        {int(key): text_of(stages, key) for key, _ in ask.entries(stages) if _is_stage(stages, key)},
        {key: text_of(phases, key) for key, _ in ask.entries(phases)},
        {key: _milestone(key, row) for key, row in rows.items()},
        rows,
        number_of(works) if works.table.entries else NO_NUMBER,
    )
    for key in MILESTONES:
        if rows and key not in rows:
            root.faults.add(ask.line(root, "milestones"), "milestone_missing", key=key)
    ask.close(root)
    return found


def read_facts(root: ask.Row, fields: Collection[str]) -> dict[str, FactRule]:
    """`facts.yaml`: the facts of site and project; those taken from the form must name one of its `fields`."""
    rows = dict(ask.rows(root))
    facts = {key: _fact(key, row) for key, row in rows.items()}
    for key, rule in facts.items():
        if rule.from_field is not None and rule.from_field.split(".")[0] not in fields:
            row = rows[key]
            ask.unknown(row.faults, ask.line(row, "from_field"), "no_such_field", rule.from_field, fields)
    return facts


def read_levers(root: ask.Row) -> tuple[dict[str, Lever], dict[str, tuple[str, ...]]]:
    """`levers.yaml`: the reforms, and the regimes that name sets of them."""
    levers = {key: _lever(key, row) for key, row in ask.rows(ask.child(root, "levers"))}
    table = ask.child(root, "regimes")
    regimes = {key: ask.texts(table, key) for key, _ in ask.entries(table)}
    for regime, names in regimes.items():
        for name in names:
            if name not in levers:
                ask.unknown(table.faults, ask.item_line(table, regime, name), "no_such_lever", name, levers)
    ask.close(root)
    return levers, regimes


def _is_stage(row: ask.Row, key: str) -> bool:
    if key.isascii() and key.isdigit() and len(key) < 3:
        return True
    row.faults.add(ask.line(row, key), "expected_whole", key=key, value=key[:40])
    return False


def _milestone(key: str, row: ask.Row) -> MilestoneRule:
    rule = MilestoneRule(
        key,
        ask.pair(row),
        ask.texts(row, "requires"),
        ask.texts(row, "any_of"),
        text_of(row, "note") if ask.has(row, "note") else None,
    )
    ask.close(row)
    return rule


def _lever(key: str, row: ask.Row) -> Lever:
    number = ask.child_or_none(row, "number")
    lever = Lever(
        key,
        ask.pair(row),
        ask.choice(row, "effect", EFFECTS),
        text_of(row, "meaning"),
        source_of(row),
        number_of(number) if number else None,
    )
    if lever.effect in SIZED and number is None:
        row.faults.add(ask.line(row), "missing_key", key="number")
    ask.close(row)
    return lever


def _fact(key: str, row: ask.Row) -> FactRule:
    rule = FactRule(
        key,
        ask.pair(row),
        ask.choice(row, "type", FACT_TYPES),
        ask.text(row, "unit", None),
        ask.texts(row, "choices"),
        ask.text(row, "from_field", None),
        _if_missing(row, row.faults),
        source_of(row),
    )
    if (rule.type == "choice") != bool(rule.choices):
        row.faults.add(ask.line(row, "choices"), "choices_not_fitting", key=key)
    if rule.if_missing is not None and not fits(rule, rule.if_missing):
        at = ask.line(row, "if_missing")
        row.faults.add(at, "value_not_of_fact", fact=key, value=rule.if_missing, type=rule.type)
    ask.close(row)
    return rule


def _if_missing(row: ask.Row, faults: Faults) -> bool | float | str | None:
    node = ask.node(row, "if_missing")
    if node is None:
        return None
    if isinstance(node, Leaf) and isinstance(node.value, bool | int | float | str):
        return node.value
    faults.add(node.line, "expected_text", key="if_missing", value="")
    return None


def fits(rule: FactRule, value: object) -> bool:
    """Whether a value can be the value of a fact."""
    match rule.type:
        case "bool":
            return isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
    return value in rule.choices
