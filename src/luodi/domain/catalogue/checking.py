"""What no file can know of itself: names that must exist elsewhere, cycles, softened gates, promises over the law."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from luodi.domain.catalogue.conditions import Condition, Either, Every, Test
from luodi.domain.catalogue.contradictions import compare
from luodi.domain.catalogue.matter_files import MatterFile
from luodi.domain.catalogue.matters import FactRule, Matter
from luodi.domain.catalogue.order import topological
from luodi.domain.catalogue.tables import Calendar, fits
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.vocabulary import Place, Text

NUMERIC = (">", ">=", "<", "<=")


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything read, before it is believed."""

    files: Mapping[str, MatterFile]
    overlays: tuple[Place, ...]
    units: Mapping[str, Text]
    timing: Calendar
    facts: Mapping[str, FactRule]
    fields: Collection[str]
    faults: Faults


def check(draft: Draft) -> list[str]:
    """Note every problem between the files; returns matters and milestones in the order of the catalogue."""
    ids = draft.files.keys() | draft.timing.milestones.keys()
    for entry in draft.files.values():
        _names(draft, entry, ids)
        _conditions(draft, entry)
        _gates(draft, entry)
        compare(entry.matter, draft.faults)
    _table_names(draft, ids)
    return _ordered(draft)


def _names(draft: Draft, entry: MatterFile, ids: Collection[str]) -> None:
    """Units, stages, phases, prerequisites and inputs must exist."""
    row, matter = entry.row, entry.matter
    for key, word, known in (("unit", matter.unit, draft.units), ("phase", matter.phase, draft.timing.phases)):
        if word and word not in known:
            ask.unknown(row.faults, ask.line(row, key), f"no_such_{key}", word, known)
    if matter.stage not in draft.timing.stages:
        stages = " / ".join(str(stage) for stage in draft.timing.stages)
        row.faults.add(ask.line(row, "stage"), "no_such_stage", key=matter.stage, choices=stages)
    _known(row, "requires", matter.requires, ids, "prerequisite")
    _known(row, "starts_with", matter.starts_with, draft.files, "matter")
    _known(row, "prepare_after", matter.prepare_after, ids, "prerequisite")
    _known(row, "inputs", matter.inputs, {*draft.fields, *draft.facts, *draft.files}, "input")
    for key, owner in (("front", matter.front), ("deferral", matter.deferral)):
        if owner is not None:
            _waived(draft, ask.child(row, key), owner.waives, matter)
    if matter.letter is not None:
        letter = ask.child(row, "letter")
        for key, word in (("replaces", matter.letter.replaces), ("by", matter.letter.by)):
            if word not in draft.files:
                ask.unknown(row.faults, ask.line(letter, key), "no_such_matter", word, draft.files)
        if matter.letter.replaces not in matter.requires:
            _not_required(letter, "replaces", matter.letter.replaces)


def _known(row: ask.Row, key: str, words: Iterable[str], ids: Collection[str], what: str) -> None:
    for word in words:
        if word not in ids:
            ask.unknown(row.faults, ask.item_line(row, key, word), f"no_such_{what}", word, ids)


def _waived(draft: Draft, row: ask.Row, waives: tuple[str, ...], matter: Matter) -> None:
    _known(row, "waives", waives, draft.files, "matter")
    for word in waives:
        if word in draft.files and word not in (*matter.requires, *matter.prepare_after):
            _not_required(row, "waives", word)


def _not_required(row: ask.Row, key: str, word: str) -> None:
    row.faults.add(ask.item_line(row, key, word), "waived_not_required", key=word)


def _conditions(draft: Draft, entry: MatterFile) -> None:
    """Facts of conditions must exist, and be compared with something they can be."""
    matter = entry.matter
    _condition(draft, matter.applies, _line_of_when(entry.row))
    for number in (*matter.limits, *matter.promises, *matter.preparation):
        _condition(draft, number.when, number.at or matter.at)


def _line_of_when(row: ask.Row) -> Place:
    applies = ask.child_or_none(row, "applies")
    return ask.place(applies, "when") if applies else ask.place(row)


def _condition(draft: Draft, condition: Condition | None, at: Place) -> None:
    match condition:
        case Every(parts=parts) | Either(parts=parts):
            for part in parts:
                _condition(draft, part, at)
        case Test() if condition.fact:
            _test(draft, condition, at)


def _test(draft: Draft, test: Test, at: Place) -> None:
    faults = draft.faults.of(at.file)
    rule = draft.facts.get(test.fact)
    if rule is None:
        ask.unknown(faults, at.line, "no_such_fact", test.fact, draft.facts)
        return
    if test.op in ("is_true", "is_false"):
        fitting = rule.type == "bool"
    elif test.op in NUMERIC:
        fitting = rule.type == "number" and fits(rule, test.value)
    else:
        fitting = all(fits(rule, one) for one in (test.value if isinstance(test.value, tuple) else (test.value,)))
    if not fitting:
        value = test.op if test.value is None else f"{test.op} {test.value}"
        faults.add(at.line, "value_not_of_fact", fact=test.fact, value=value, type=rule.type)


def _gates(draft: Draft, entry: MatterFile) -> None:
    """No lever softens a hard gate: not its own, and not by waiving it before another matter."""
    matter, row = entry.matter, entry.row
    for key in ("commitment", "deferral", "letter"):
        if matter.hard_gate and getattr(matter, key) is not None:
            at = ask.place(row, key) if key != "commitment" else _overlay_of(draft, matter.id) or matter.at
            draft.faults.of(at.file).add(at.line, "hard_gate_softened", matter=matter.id, lever=key)
    if matter.commitment is not None and any(number.kind == "min" for number in matter.limits):
        at = _overlay_of(draft, matter.id) or matter.at
        draft.faults.of(at.file).add(at.line, "minimum_softened", matter=matter.id, lever="commitment")
    softened = {
        "front": matter.front.waives if matter.front else (),
        "deferral": matter.deferral.waives if matter.deferral else (),
        "letter": (matter.letter.replaces,) if matter.letter else (),
    }
    for key, words in softened.items():
        for word in words:
            if word in draft.files and draft.files[word].matter.hard_gate:
                row.faults.add(ask.line(row, key), "hard_gate_softened", matter=word, lever=key)


def _overlay_of(draft: Draft, matter: str) -> Place | None:
    """The last overlay file of a matter, where its commitment was written."""
    found = [place for place in draft.overlays if PurePath(place.file).stem == matter]
    return found[-1] if found else None


def _table_names(draft: Draft, ids: Collection[str]) -> None:
    for key, row in draft.timing.rows.items():
        rule = draft.timing.milestones[key]
        _known(row, "requires", rule.requires, ids, "prerequisite")
        _known(row, "any_of", rule.any_of, ids, "prerequisite")


def _ordered(draft: Draft) -> list[str]:
    matters = {key: entry.matter for key, entry in draft.files.items()}
    waits: dict[str, tuple[str, ...]] = {key: waits_for(matter) for key, matter in matters.items()}
    keys = {key: (matter.stage, key) for key, matter in matters.items()}
    for key, rule in draft.timing.milestones.items():
        if key not in waits:
            waits[key], keys[key] = rule.requires + rule.any_of, (0, key)
        else:
            draft.faults.of("milestones.yaml").add(
                ask.line(draft.timing.rows[key]), "duplicate_matter", key=key, other=matters[key].at.file
            )
    order, cycles = topological(waits, keys)
    for cycle in cycles:
        first = cycle[0]
        row = draft.files[first].row if first in draft.files else draft.timing.rows[first]
        row.faults.add(ask.item_line(row, "requires", cycle[1]), "cycle", cycle=" → ".join(cycle))
    return order


def waits_for(matter: Matter) -> tuple[str, ...]:
    """Everything that must have begun or ended before a matter ends, with or without levers."""
    by = (matter.letter.by,) if matter.letter else ()
    return matter.requires + matter.starts_with + matter.prepare_after + by
