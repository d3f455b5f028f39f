"""Asked once: every input of every application comes from the form, from a fact, or from an earlier output."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from luodi.domain.catalogue.checking import waits_for
from luodi.domain.catalogue.matters import Catalogue
from luodi.domain.catalogue.order import reach

FORM, FACT, OUTPUT = "form", "fact", "output"


@dataclass(frozen=True, slots=True)
class Supply:
    """One input of one matter and where it comes from: `form`, `fact` or `output`; None is a breach.

    `late`: it is another matter's output, but that matter need not be finished before this one.
    """

    matter: str
    input: str
    comes_from: str | None
    late: bool = False


def supplies(catalogue: Catalogue, fields: Collection[str]) -> tuple[Supply, ...]:
    """Every input of every matter, in catalogue order; `fields` are the ids of the one form."""
    waits = _waits(catalogue)
    return tuple(
        _supply(catalogue, fields, waits, matter, one)
        for matter, rule in catalogue.matters.items()
        for one in rule.inputs
    )


def breaches(catalogue: Catalogue, fields: Collection[str]) -> tuple[Supply, ...]:
    """The inputs that an enterprise would be asked for a second time, or that cannot be had yet."""
    return tuple(supply for supply in supplies(catalogue, fields) if supply.comes_from is None)


def _supply(
    catalogue: Catalogue, fields: Collection[str], waits: Mapping[str, tuple[str, ...]], matter: str, one: str
) -> Supply:
    if one in fields:
        return Supply(matter, one, FORM)
    if one in catalogue.facts:
        return Supply(matter, one, FACT)
    if one in catalogue.matters:
        earlier = one in reach(waits, matter)
        return Supply(matter, one, OUTPUT if earlier else None, late=not earlier)
    return Supply(matter, one, None)


def _waits(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Who waits for whom, milestones included: what a milestone waits for comes before what waits for it."""
    waits = {key: waits_for(matter) for key, matter in catalogue.matters.items()}
    return waits | {key: rule.requires + rule.any_of for key, rule in catalogue.milestones.items()}
