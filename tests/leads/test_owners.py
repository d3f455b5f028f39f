"""Who answered for a project while it was a lead: to the day of signing, by the posts that were held, as known at a moment."""

from datetime import timedelta

import pytest
from tests.leads.room import NOW as AT
from tests.leads.room import SEEN as CONTACT
from tests.leads.room import lead
from tests.people import hired
from tests.projects.test_outlines import recorded

from luodi.accounts.acting import SYSTEM
from luodi.leads import actions, adopting, landing
from luodi.leads.owners import owners
from luodi.projects import readers as projects

pytestmark = pytest.mark.django_db
WON = CONTACT + timedelta(days=40)


def project(number: int, slug: str = "gz") -> int:
    landing.become_project(lead=number, slug=slug, by=SYSTEM, at=AT + timedelta(hours=1))
    found = projects.project(slug)
    assert found is not None
    return found.id


def test_the_owner_of_a_lead_answers_up_to_the_day_of_signing() -> None:
    officer = hired("investment_officer")
    number = lead(by=officer)
    (row,) = owners([project(number)]).values()
    assert [(one.post, one.since, one.until) for one in row.posts] == [(officer.post, CONTACT, None)]
    actions.set_status(lead=number, status="won", reason="signed", on=WON, by=SYSTEM, at=AT + timedelta(hours=3))
    (row,) = owners([row_id("gz")]).values()
    assert (row.won, row.posts[0].until, row.known) == (WON, WON, True)
    (then,) = owners([row_id("gz")], AT + timedelta(hours=2)).values()
    assert (then.won, then.posts[0].until) == (None, None)
    assert owners([424242]) == {}


def row_id(slug: str) -> int:
    found = projects.project(slug)
    assert found is not None
    return found.id


def test_a_project_taken_up_later_tells_nothing_of_its_lead() -> None:
    recorded("late", ("contact", "signed"), zone="zgsfq")
    assert adopting.follow(at=AT + timedelta(days=1)) == 1
    assert owners([row_id("late")]) == {}
