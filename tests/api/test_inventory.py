"""Everything the pages can read or do has its operation, or a stated reason: `inventory.yaml` says which, page by page."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from tests.accounts.test_matrix import filled

from luodi.accounts.access import access
from luodi.accounts.gate import PUBLIC
from luodi.api.operations import Operation, operations
from luodi.config.pages import Page, pages
from luodi.desk.casework import acts as case_acts
from luodi.desk.casework import bulk_views
from luodi.desk.entering import front_views
from luodi.desk.land import parcel_views
from luodi.desk.owing import acts as debt_acts
from luodi.desk.owing import halt_views
from luodi.desk.pipeline import lead_views
from luodi.desk.quota import acts as quota_acts

INVENTORY: Any = yaml.safe_load((Path(__file__).parent / "inventory.yaml").read_text(encoding="utf-8"))
SAME: dict[str, list[str] | dict[str, str]] = INVENTORY["same"]
WITHOUT: dict[str, dict[str, Any]] = INVENTORY["without"]
VERBS = {
    "case_act": case_acts.VERBS, "bulk_do": bulk_views.BULK, "debt_act": debt_acts.VERBS, "halt_act": halt_views.STEPS,
    "parcel_act": parcel_views.ACTS, "promise_act": quota_acts.VERBS, "lead_act": lead_views.VERBS,
    "front_step": front_views.VERBS,
}  # fmt: skip
"""The verbs that stand in an address, as the pages have them."""
ONE_OPERATION = {"offer": "decide_offer", "many": "weigh_many", "many_begin": "begin_many"}
"""Pages with a verb in their address whose operation has it in its own."""


def test_every_page_has_an_operation_or_a_reason() -> None:
    reasons = [name for one in WITHOUT.values() for name in one["pages"]]
    named = [*SAME, *reasons]
    known = {page.name for page in pages()}
    assert sorted(known - set(named)) == [], "say in tests/api/inventory.yaml which operation does the same"
    assert sorted(set(named) - known) == [], "no such page any more"
    assert len(named) == len(set(named))
    assert all(len(one["why"]) > 40 for one in WITHOUT.values())


def test_every_operation_it_names_exists() -> None:
    known = {one.name for one in operations()}
    missing = {page: wrong for page in SAME if (wrong := set(names(page)) - known)}
    assert not missing


def test_every_verb_of_an_address_has_its_own_operation() -> None:
    for page in pages():
        if "verb>" not in page.route or page.name not in SAME:
            continue
        if page.name in ONE_OPERATION:
            assert "{str:verb}" in operation(ONE_OPERATION[page.name]).route.replace("slug:", "str:")
            continue
        assert set(VERBS[page.name]) == set(SAME[page.name]), page.name
        assert len(set(names(page.name))) == len(names(page.name))


def test_whoever_may_open_a_page_may_ask_one_of_its_operations() -> None:
    """A page that some kinds of post open and whose operations are all shut to them would be for people alone.

    Not so where a verb stands in the address: there each verb asks for its own function, on the page as in the operation.
    """
    shut = {}
    for page in (one for one in told() if one.name not in VERBS):
        holders = set(access().holders(function_of(page)))
        open_to = {kind for one in names(page.name) for kind in access().holders(operation(one).function)}
        if holders - open_to:
            shut[page.name] = sorted(holders - open_to)
    assert not shut


@pytest.mark.django_db
@pytest.mark.slow
def test_an_act_is_an_act_there_too() -> None:
    """A page that takes no GET names at least one operation that is not a question."""
    client, wrong = Client(), []
    for page in told():
        reads = all(operation(one).method == "GET" for one in names(page.name))
        if reads and page.function != PUBLIC and client.get(filled(page)).status_code == 405:
            wrong.append(page.name)
    assert not wrong


def told() -> Iterator[Page]:
    """The pages that have operations."""
    return (page for page in pages() if page.name in SAME)


def names(page: str) -> list[str]:
    """The operations of a page."""
    said = SAME[page]
    return list(said.values()) if isinstance(said, dict) else said


def operation(name: str) -> Operation:
    """An operation by its name."""
    return next(one for one in operations() if one.name == name)


def function_of(page: Page) -> str:
    """The function a page needs; a public one is there for whoever is signed in."""
    return "account.own" if page.function == PUBLIC else page.function
