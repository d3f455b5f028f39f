"""The filters of an inbox live in its address."""

import pytest
from django.http import QueryDict

from luodi.desk.casework.inbox_state import InboxState, read_inbox
from luodi.domain.vocabulary import Refusal


def test_what_is_not_filtered_is_left_out() -> None:
    assert InboxState().query() == "?"
    assert read_inbox(QueryDict("")) == InboxState()
    assert not InboxState(whose="mine").filtered


def test_an_address_says_all_filters_and_is_read_back() -> None:
    state = InboxState(
        whose="unit", state="8", light="red", turn="unit", project="jinko", after="2026-06-01:7", case="z-1"
    )
    assert read_inbox(QueryDict(state.query()[1:])) == state
    assert state.filtered


def test_a_changed_filter_starts_at_the_first_page_and_closes_the_detail() -> None:
    state = InboxState(light="red", after="2026-06-01:7", case="z-1")
    assert state.changed(turn="unit") == "?light=red&turn=unit"
    assert state.changed(light=None) == "?"
    assert state.page("x:1") == "?light=red&after=x%3A1"
    assert state.opened("z-2").endswith("case=z-2")


@pytest.mark.parametrize("query", ["whose=all", "state=99", "state=11", "light=blue", "turn=me"])
def test_an_unknown_filter_is_refused(query: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_inbox(QueryDict(query))
    assert refused.value.code == "unknown_switch"
