"""The one form as pages show it: per field its places with what stands there, who typed it, the rule, and what is wrong."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from luodi.domain.facts.fields import Field, the_form
from luodi.domain.facts.quantities import UNITS
from luodi.domain.facts.typed import NONE
from luodi.domain.vocabulary import Refusal
from luodi.papers.drafts import Held, Typist

LONG = 500
"""From so many characters on a text gets several lines."""
SIGNS = ("㎡",)
IN_ENGLISH = {"亩": "亩 (mu)", "万元": "万元 (10,000 yuan)", "亿元": "亿元 (100 million yuan)", "元": "元 (yuan)"}
SPARE = 1
"""Empty rows offered at the end of a list."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One place to type at.  `kept`: a sealed part that is there but not shown."""

    place: str
    field: Field
    value: str
    kept: bool
    typist: Typist | None
    wrong: tuple[Refusal, ...]
    other: str | None  # what somebody else typed here meanwhile

    @property
    def long(self) -> bool:
        """Whether it needs several lines."""
        return self.field.type == "text" and self.field.max_length >= LONG and self.field.min_length > 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A field with its places: `cells` of itself or its parts, `items` of a list; `wrong` with it as a whole."""

    field: Field
    cells: tuple[Cell, ...]
    items: tuple[tuple[Cell, ...], ...]
    wrong: tuple[Refusal, ...]
    none: bool
    empty: bool

    @property
    def all_cells(self) -> tuple[Cell, ...]:
        """Every place."""
        return (*self.cells, *(cell for item in self.items for cell in item))

    @property
    def waiting(self) -> bool:
        """Whether the enterprise has still to confirm something of it."""
        return any(cell.typist is not None and cell.typist.waits and cell.value for cell in self.all_cells)


@dataclass(frozen=True, slots=True)
class Step:
    """A page of the form: how many of the required fields are filled in, and how much is wrong or waits."""

    page: int
    name: str
    filled: int
    fields: int
    wrong: int
    waiting: int


def asked(
    page: int,
    draft: Held,
    wrong: Mapping[str, tuple[Refusal, ...]],
    typed: Mapping[str, str],
    others: Mapping[str, str],
) -> tuple[Asked, ...]:
    """The fields of a page.  `typed`: what was just sent and not taken; it is shown rather than what stands in the draft."""
    return tuple(
        _asked(field, draft, wrong, typed, others) for field in the_form().fields.values() if field.page == page
    )


def steps(draft: Held, wrong: Mapping[str, tuple[Refusal, ...]], language: str) -> tuple[Step, ...]:
    """The pages of the form in their order."""
    form = the_form()
    filled = {place.partition(".")[0] for place in draft.words}
    faulty = {place.partition(".")[0] for place in wrong}
    waiting = {place.partition(".")[0] for place in draft.waiting}
    found = []
    for page, name in form.pages.items():
        here = {field.id for field in form.fields.values() if field.page == page}
        must = {field.id for field in form.fields.values() if field.page == page and field.required}
        found.append(
            Step(page, name[language], len(must & filled), len(must), len(here & faulty), len(here & waiting))
        )  # fmt: skip
    return tuple(found)


def help_of(field: Field, language: str) -> str:
    """The rule and an example in plain words: the names of parts instead of their ids."""
    said = field.help[language] if field.help else ""
    for part in field.parts.values():
        said = re.sub(rf"(?<![A-Za-z_]){part.id}(?![A-Za-z_])", part.name[language], said)
    return said.replace("{", "").replace("}", "").replace("[]", _("“none”")).replace('"', "")


def units_of(field: Field, language: str) -> str:
    """The units in which an amount may be written, its own first; in English those that need no Chinese, and what 亩 and
    the great sums of yuan are.
    """
    known = tuple(UNITS.get(field.unit or "", ()))
    own, others = known[:1], known[1:]
    if language.startswith("en"):
        spoken = [IN_ENGLISH.get(one, "" if not one[0].isascii() else one) for one in (*own, *others)]
        return ", ".join(dict.fromkeys(unit_shown(one) for one in spoken if one))
    chinese = (one for one in others if not one[0].isascii() and one not in SIGNS and one[-1] not in "23²³")
    return "、".join((*(unit_shown(one) for one in own), *chinese))


def unit_shown(unit: str | None) -> str:
    """A unit as people read it: m² for m2."""
    return (unit or "").replace("m2", "m²").replace("m3", "m³")


def _asked(
    field: Field, draft: Held, wrong: Mapping[str, tuple[Refusal, ...]], typed: Mapping[str, str],
    others: Mapping[str, str],
) -> Asked:  # fmt: skip
    def cell(place: str, part: Field) -> Cell:
        value = typed.get(place, draft.words.get(place, ""))
        kept = part.secret and bool(draft.words.get(place))
        return Cell(place, part, "" if part.secret else value, kept, draft.typists.get(place), wrong.get(place, ()),
                    others.get(place))  # fmt: skip

    none = typed.get(field.id, draft.words.get(field.id, "")) == NONE
    cells: tuple[Cell, ...] = ()
    items: tuple[tuple[Cell, ...], ...] = ()
    if field.type == "list":
        numbers = {int(one.split(".")[1]) for one in {*draft.words, *typed} if one.startswith(f"{field.id}.")}
        rows = [*sorted(numbers), *(max(numbers, default=-1) + 1 + spare for spare in range(SPARE))]
        items = tuple(
            tuple(cell(f"{field.id}.{number}.{part.id}", part) for part in field.parts.values()) for number in rows
        )
    elif field.type == "object":
        cells = tuple(cell(f"{field.id}.{part.id}", part) for part in field.parts.values())
    else:
        cells = (cell(field.id, field),)
    empty = not any(one == field.id or one.startswith(f"{field.id}.") for one in draft.words)
    whole = wrong.get(field.id, ()) if field.type in ("list", "object") else ()
    return Asked(field, cells, items, whole, none, empty)
