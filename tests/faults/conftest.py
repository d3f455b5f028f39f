"""The served office, and a case with its people."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from tests.cases.scene import Scene, play
from tests.faults.theatre import Stage, staged
from tests.people import sign_in

from luodi.accounts.acting import Acting
from luodi.cases import readers


@pytest.fixture(scope="module")
def served(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The server of `luodi serve` with two processes, on a database with two projects."""
    with django_db_blocker.unblock():
        scene = staged(tmp_path_factory.mktemp("served"), 2)
        stage = scene.__enter__()
    stage.serve()
    yield stage
    with django_db_blocker.unblock():
        scene.__exit__(None, None, None)


@pytest.fixture
def scene(db: None) -> Scene:
    """A live project without an announced plan."""
    return play()


@pytest.fixture
def case(scene: Scene) -> int:
    """A case just received."""
    return scene.opened()


def number(scene: Scene, case: int) -> str:
    """The number by which pages call a case."""
    return scene.row(case).number


def browser(acting: Acting) -> Client:
    """Somebody signed in, at a browser that must send the safety mark of forms."""
    client = Client()
    sign_in(client, acting)
    return client


def seen(scene: Scene, case: int) -> readers.CasePage:
    """The case as a page shows it."""
    page = readers.case(number(scene, case), now=scene.at)
    assert page is not None
    return page
