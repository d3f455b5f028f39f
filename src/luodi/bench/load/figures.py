"""One row of the load bench: what was measured, beside what, the aims, and whether each is met."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Aim:
    """An aim in words; `met` None where it could not be measured."""

    words: str
    met: bool | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A row.  `numbers` by name, units in the names; `note`: how it was measured, or why it was not."""

    what: str
    numbers: dict[str, float] = field(default_factory=dict)
    aims: tuple[Aim, ...] = ()
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether every aim that could be measured is met; None where none could."""
        told = [aim.met for aim in self.aims if aim.met is not None]
        return all(told) if told else None


def within(words: str, value: float | None, most: float) -> Aim:
    """An aim that a value stays at or below."""
    return Aim(f"{words} <= {most:g}", None if value is None else value <= most)


def atleast(words: str, value: float | None, least: float) -> Aim:
    """An aim that a value reaches."""
    return Aim(f"{words} >= {least:g}", None if value is None else value >= least)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of all values does not exceed (nearest rank).  Raises ValueError on none."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def lines(figures: Sequence[Figure]) -> list[str]:
    """The rows as text."""
    found = []
    for one in figures:
        mark = {True: "met", False: "NOT MET", None: "-"}[one.met]
        numbers = ", ".join(f"{name} {value:,.2f}" for name, value in one.numbers.items())
        found.append(f"{one.what}: {mark}")
        found += [f"    {numbers}"] if numbers else []
        found += [f"    {'ok ' if aim.met else '?? ' if aim.met is None else 'NO '} {aim.words}" for aim in one.aims]
        found += [f"    {one.note}"] if one.note else []
    return found
