"""Views of lists: kept, shared with the unit, usual, taken away and brought back."""

from datetime import UTC, datetime

import pytest
from tests.people import OTHER, hired

from luodi.accounts.acting import Acting
from luodi.domain.vocabulary import BadInput, Refusal
from luodi.finding.keeping import (
    MOST,
    all_kept,
    change_view,
    filter_of,
    keep_view,
    kept,
    remove_view,
    restore_view,
    usual,
)
from luodi.journal.readers import last

AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def keep(
    by: Acting, name: str = "逾期", *, query: str = "?light=red", shared: bool = False, usual: bool = False
) -> int:
    """Keep a view of the inbox."""
    return keep_view(page="inbox", name=name, query=query, shared=shared, usual=usual, by=by, at=AT)


def names(by: Acting, page: str = "inbox") -> list[str]:
    """What somebody sees above a list."""
    return [one.name for one in kept(page=page, by=by)]


def test_a_view_is_a_filter_and_not_a_place_in_a_list() -> None:
    assert filter_of("?light=red&after=2026-1&case=x&done=&state=3&state=4") == "light=red&state=3&state=4"
    assert filter_of("") == filter_of("?view=") == ""


def test_views_are_ones_own_until_they_are_shared() -> None:
    mine, colleague, stranger = hired("bureau_officer"), hired("bureau_officer"), hired("bureau_officer", OTHER)
    view = keep(mine)
    keep(mine, "本周", shared=True)
    assert names(mine) == ["本周", "逾期"]
    assert names(colleague) == ["本周"]
    assert names(stranger) == names(mine, "projects") == []
    assert [one.own for one in all_kept(by=colleague)] == [False]
    for act in (
        lambda: change_view(view=view, name="x", shared=True, usual=False, by=colleague, at=AT),
        lambda: remove_view(view=view, by=colleague, at=AT),
        lambda: restore_view(view=view, by=mine, at=AT),
    ):
        with pytest.raises(Refusal, match="view_gone"):
            act()


def test_one_usual_view_of_a_list() -> None:
    mine = hired("bureau_officer")
    first = keep(mine, usual=True)
    keep(mine, "本周", query="state=3", usual=True)
    assert usual(page="inbox", post=mine.post) == "state=3"
    change_view(view=first, name="红灯", shared=False, usual=True, by=mine, at=AT)
    assert usual(page="inbox", post=mine.post) == "light=red"
    assert (usual(page="projects", post=mine.post), usual(page="inbox", post=0)) == (None, None)


def test_a_removed_view_comes_back_as_it_was() -> None:
    mine = hired("bureau_officer")
    view = keep(mine, usual=True, shared=True)
    assert remove_view(view=view, by=mine, at=AT) == "逾期"
    assert names(mine) == []
    keep(mine, "本周", usual=True)
    restore_view(view=view, by=mine, at=AT)
    assert names(mine) == ["本周", "逾期"]
    assert usual(page="inbox", post=mine.post) == "light=red"  # of the one kept meanwhile, whose filter is the same
    assert [one.usual for one in kept(page="inbox", by=mine)] == [True, False]
    written = last("accounts")
    assert written is not None
    assert (written.kind, written.person) == ("view.restored", mine.person)


def test_what_cannot_be_kept_is_said() -> None:
    mine = hired("bureau_officer")
    keep(mine)
    with pytest.raises(Refusal, match="view_name_taken"):
        keep(mine)
    with pytest.raises(Refusal, match="view_query_too_long"):
        keep(mine, "x", query="q=" + "长" * 200)
    with pytest.raises((Refusal, BadInput)):
        keep(mine, "  ")
    for one in range(MOST - 1):
        keep(mine, f"v{one}")
    with pytest.raises(Refusal, match="views_too_many"):
        keep(mine, "one more")
