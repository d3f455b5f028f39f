"""One project with one case, as plain values, for tests that need no database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from luodi.domain.catalogue.matters import Catalogue
from luodi.domain.catalogue.reading import load
from luodi.domain.facts import samples
from luodi.domain.facts.project import ProjectFile
from luodi.domain.handling.states import State
from luodi.exchange.national.choices import choices
from luodi.exchange.national.sending import Order
from luodi.exchange.national.standard import standard
from luodi.exchange.national.subjects import Handled, Happening, Sent

CODE = "2609-140702-89-01-123456"
START = datetime(2026, 11, 3, 1, 0, tzinfo=UTC)
WHO = "王敏 · 审批专员 · 综改示范区行政审批局"
UNIT_USCC = "11320000MB151840XJ"


@cache
def catalogue() -> Catalogue:
    return load()


def file(**form: object) -> ProjectFile:
    """The sample project with a national code; `form`: other answers."""
    made = samples.load("jinko", catalogue())
    return replace(made, form={**made.form, "project_code": CODE, "uscc": "91350100M000100Y43", **form})


def event(seq: int, state: int, minutes: int = 0, **more: str) -> Happening:
    """The `seq`-th event, an hour after the one before."""
    if state == State.SPECIAL:
        more = {"details": '{"pause": "hearing"}', **more}
    return Happening(seq, State(state), START + timedelta(hours=seq, minutes=minutes), WHO, **more)


def case(
    *states: int, number: str = "zgsfq-2026-000001", events: tuple[Happening, ...] = (), **more: object
) -> Handled:
    """A case that went through these states."""
    told = events or tuple(event(seq, state) for seq, state in enumerate(states, start=1))
    made = Handled(
        number,
        "energy_review",
        "zgsfq_bureau",
        "综改示范区行政审批局",
        UNIT_USCC,
        20,
        "working_days",
        12,
        "working_days",
        "",
        told,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def sent(*cases: Handled, slug: str = "jinko", **form: object) -> Sent:
    """The project with cases."""
    return Sent(slug, "zgsfq", START, file(**form), {}, cases)


def order(out: str | None = None, version: str = "2.0", at: datetime = START, *, parents_first: bool = False) -> Order:
    """How to send in tests."""
    return Order(standard(version), choices(), catalogue(), at, out, parents_first)
