"""The 28 fields of the one form, as `data/forms/fields.yaml` defines them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from luodi.domain.facts.codes import CHECKS
from luodi.domain.facts.quantities import UNITS
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_data
from luodi.domain.vocabulary import Source, Text

TYPES = ("text", "code", "choice", "number", "quantity", "date", "object", "list", "boundary")
FORM_FILE = "forms/fields.yaml"


@dataclass(frozen=True, slots=True)
class Field:
    """One field or part of a field: its type and what its value must keep to.

    `unit`: of a bare number.  `above`: the value must be greater; `low`: not less.  `shorthand`: the part that a
    bare value stands for.  `secret`: never shown or logged.
    """

    id: str
    no: int | None
    name: Text
    type: str
    unit: str | None
    required: bool
    page: int | None
    low: float | None
    above: float | None
    min_length: int
    max_length: int
    min_items: int
    check: str | None
    choices: tuple[Text, ...]
    parts: Mapping[str, "Field"]
    shorthand: str | None
    secret: bool
    help: Text | None


@dataclass(frozen=True, slots=True)
class Form:
    """The fields in their order, the pages they stand on, and the standards they keep to."""

    fields: Mapping[str, Field]
    pages: Mapping[int, Text]
    standards: Mapping[str, Source]
    source: Source


@lru_cache(maxsize=1)
def the_form() -> Form:
    """The form of `data/forms/fields.yaml`; raises `BadInput` with every problem of that file."""
    faults = Faults(FORM_FILE)
    root = ask.row(read_data(FORM_FILE, faults), faults)
    fields = [_field(row) for row in ask.children(root, "fields")]
    pages = {int(key): _named(row) for key, row in ask.rows(ask.child(root, "pages"))}
    standards = {key: _source(row) for key, row in ask.rows(ask.child(root, "standards"))}
    source = _source(ask.child(root, "source"))
    ask.close(root)
    if [field.no for field in fields] != list(range(1, len(fields) + 1)):
        faults.add(ask.line(root, "fields"), "fields_not_numbered")
    faults.settle()
    return Form({field.id: field for field in fields}, pages, standards, source)


def _field(row: ask.Row) -> Field:
    kind = ask.choice(row, "type", TYPES)
    whole = {key: ask.whole(row, key, default) for key, default in
             (("min_length", 0), ("max_length", 1000), ("min_items", 0))}  # fmt: skip
    help_row = ask.child_or_none(row, "help")
    field = Field(
        id=ask.text(row, "id"),
        no=ask.whole(row, "no", None),
        name=ask.pair(row),
        type=kind,
        unit=ask.choice(row, "unit", tuple(UNITS)) if kind == "quantity" else None,
        required=ask.flag(row, "required", False),
        page=ask.whole(row, "page", None),
        low=ask.number(row, "low", None),
        above=ask.number(row, "above", None),
        check=ask.choice(row, "check", tuple(CHECKS), None),
        choices=tuple(_named(choice) for choice in ask.children(row, "choices")),
        parts={part.id: part for part in (_field(each) for each in ask.children(row, "parts"))},
        shorthand=ask.text(row, "shorthand", None),
        secret=ask.flag(row, "secret", False),
        help=_named(help_row) if help_row else None,
        **whole,
    )
    ask.close(row)
    return field


def _named(row: ask.Row) -> Text:
    name = ask.pair(row)
    ask.close(row)
    return name


def _source(row: ask.Row) -> Source:
    source = Source(ask.text(row, "title"), ask.text(row, "article", None), ask.text(row, "link", None))
    ask.close(row)
    return source
