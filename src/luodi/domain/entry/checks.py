"""The checks of an entry review as data (`entry/checks.yaml`), and the answer that follows from the opinions given."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from luodi.domain.catalogue.reading import load
from luodi.domain.source import asking as ask
from luodi.domain.source.grounds import confidence_of, source_of, text_of
from luodi.domain.source.tables import Days, days_of, known, read_table
from luodi.domain.vocabulary import Confidence, Refusal, Source, Text

FILE = "entry/checks.yaml"
AGREE, CONDITIONS, OBJECT = VIEWS = ("agree", "conditions", "object")


@dataclass(frozen=True, slots=True)
class Check:
    """One check: which units look (`experts`: persons from outside may too), at what, and which matters may rest on it."""

    id: str
    name: Text
    units: tuple[str, ...]
    experts: bool
    asks: Text
    serves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checks:
    """All of `checks.yaml`; `days`: the usual time for an opinion."""

    views: Mapping[str, Text]
    answers: Mapping[str, Text]
    days: Days
    checks: Mapping[str, Check]
    source: Source
    confidence: Confidence


@cache
def rules() -> Checks:
    """The checks and the words of opinions, read once in a process."""
    return read_table(FILE, read_checks)


def checks() -> Mapping[str, Check]:
    """The checks in the order of the file."""
    return rules().checks


def serving(matter: str) -> tuple[Check, ...]:
    """The checks that a matter's later approval may rest on."""
    return tuple(one for one in checks().values() if matter in one.serves)


def read_checks(root: ask.Row) -> Checks:
    """`checks.yaml`."""
    words = {key: {one: text_of(row, one) for one, _ in ask.entries(row)} for key, row in _tables(root)}
    found, catalogue = {}, load()
    for key, row in ask.rows(ask.child(root, "checks")):
        units, serves = ask.texts(row, "units"), ask.texts(row, "serves")
        for unit in units:
            known(row, "units", unit, catalogue.units)
        for matter in serves:
            known(row, "serves", matter, catalogue.matters)
        found[key] = Check(key, ask.pair(row), units, ask.flag(row, "experts", False), text_of(row, "asks"), serves)
        ask.close(row)
    read = Checks(
        MappingProxyType(words["views"]), MappingProxyType(words["answers"]), days_of(root, "days"),
        MappingProxyType(found), source_of(root), confidence_of(root),
    )  # fmt: skip
    ask.close(root)
    return read


def _tables(root: ask.Row) -> Iterable[tuple[str, ask.Row]]:
    return ((key, ask.child(root, key)) for key in ("views", "answers"))


def sound(view: str, conditions: str, blocking: str) -> None:
    """An objection says what blocks, a conditional yes says its conditions.  Raises `Refusal` beside the field."""
    if view not in VIEWS:
        raise Refusal("entry_view_unknown", field="view")
    if view == OBJECT and not blocking.strip():
        raise Refusal("entry_blocking_missing", field="blocking")
    if view == CONDITIONS and not conditions.strip():
        raise Refusal("entry_conditions_missing", field="conditions")


def overall(latest: Collection[str | None]) -> str:
    """The answer of a review from the newest opinion of everybody asked (None: none given yet); one of `answers`.

    An objection blocks at once; otherwise all opinions are waited for: silence is never consent.
    """
    if OBJECT in latest:
        return "blocked"
    if not latest:
        return "unasked"
    if None in latest:
        return "waiting"
    return "conditional" if CONDITIONS in latest else "passed"
