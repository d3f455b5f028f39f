"""A case is found by its number as soon as it is opened."""

import pytest
from tests.cases.scene import SLUG, play

from luodi.finding.readers import Within, look

pytestmark = pytest.mark.django_db


def test_an_opened_case_is_found_by_its_number() -> None:
    scene = play()
    row = scene.row(scene.opened("project_filing"))
    (found,) = look(row.number, within={"case": Within(frozenset({row.zone}))})
    assert (found.link, found.project) == (f"/cases/{row.number}/", SLUG)
    assert look(row.number, within={"case": Within(frozenset({"elsewhere"}))}) == ()
