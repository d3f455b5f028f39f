"""What was played in memory is what the actions would have written: rows, record, sums and plans."""

import json
from typing import Any

import pytest
from tests.cases.recount import kept, recounted
from tests.rehearsal.conftest import UNTIL, played
from tests.rehearsal.replay import AGAIN, replay

from luodi.cases import readers
from luodi.cases.models import Asking, Case, CaseEvent, Part
from luodi.cases.standing import COLUMNS
from luodi.debts.models import Debt, DebtStep
from luodi.journal.readers import entries
from luodi.rehearsal.province import slug

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

EVENT = ("case__matter", "case__round", "seq", "at", "kind", "who", "reason", "basis", "handler_id", *COLUMNS)
ROW = (
    "matter",
    "round",
    "organisation_id",
    "opened_at",
    "changed_at",
    "corrections",
    "mode",
    "unit",
    "promise_unit",
    "seq",
)
NUMBERS = ("case", "cases", "asking", "debt", "revision", "document", "digest", "finish")
"""What two projects cannot share: numbers, and what follows from the name."""


def rows(model: Any, project: str, *names: str, through: str = "") -> list[tuple[Any, ...]]:
    """The columns of a project's rows, in an order of their own."""
    found = model.objects.filter(**{f"{through}project__slug": project}).values_list(*names)
    return sorted(found, key=str)


def record(project: str) -> list[tuple[Any, ...]]:
    """The entries of a project without the numbers."""
    found = entries(project=project, limit=100_000).records
    return [(one.kind, one.at, one.who, one.person, one.post, without(json.loads(one.payload))) for one in found]


def without(value: Any) -> Any:
    """A payload without its numbers."""
    if isinstance(value, dict):
        return {key: without(one) for key, one in value.items() if key not in NUMBERS}
    return [without(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("index", [0, 1, 2])
def test_a_played_project_reads_as_one_that_was_acted(index: int) -> None:
    order = played(seed=11, projects=3)
    first = slug(order.seed, index)
    replay(first)
    assert rows(CaseEvent, first, *EVENT, through="case__") == rows(CaseEvent, AGAIN, *EVENT, through="case__")
    for model, names, through in (
        (Case, (*ROW, *COLUMNS), ""),
        (Part, ("case__matter", "post_id", "role", "since", "until"), "case__"),
        (
            Asking,
            ("case__matter", "organisation_id", "kind", "question", "asked_at", "due", "answered_at", "opinion"),
            "case__",
        ),
        (
            Debt,
            ("matter", "kind", "text", "standard", "papers", "checker", "since", "due", "grace_until", "state", "rung"),
            "",
        ),
        (DebtStep, ("debt__matter", "at", "step", "who", "note", "state"), "debt__"),
    ):
        assert rows(model, first, *names, through=through) == rows(model, AGAIN, *names, through=through)
    assert record(first) == record(AGAIN)
    assert kept() == recounted()


def test_a_page_of_a_played_case_can_be_read() -> None:
    order = played()
    for row in readers.of_project(slug(order.seed, 0), now=UNTIL):
        page = readers.case(row.number, now=UNTIL)
        assert page is not None
        assert page.history[-1].seq == row.seq
        assert page.reading.due == row.due or not row.open
