"""A page of cases knows its rows for some seconds, and never shows a case as it stood before its last event."""

from time import monotonic

import pytest
from tests.cases.scene import Scene

from luodi.cases import readers
from luodi.cases.models import Case
from luodi.cases.readers import rows

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def shown(scene: Scene) -> readers.Row:
    """The only row of the bureau's inbox."""
    page = readers.inbox(now=scene.at, organisations=[scene.bureau])
    assert len(page.rows) == 1
    return page.rows[0]


def test_an_act_shows_at_once(scene: Scene) -> None:
    case = scene.opened("project_filing")
    before = shown(scene)
    scene.on(case).accept()
    after = shown(scene)
    assert (before.state, before.accepted_at) == (1, None)
    assert (after.state, after.seq) == (8, Case.objects.get(pk=after.id).seq)


def test_what_moves_without_an_event_is_known_for_some_seconds_only(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.opened("project_filing")
    number = shown(scene).number
    Case.objects.filter(number=number).update(mode="commitment")  # no act does this: it stands for a name that changes
    assert shown(scene).mode == "record_filing"
    late = monotonic() + rows.KEPT_SECONDS
    monkeypatch.setattr(rows, "monotonic", lambda: late)
    assert shown(scene).mode == "commitment"
