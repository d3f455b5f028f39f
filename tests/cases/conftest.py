"""The scene as fixtures."""

import pytest
from tests.cases.scene import Scene, play


@pytest.fixture
def scene(db: None) -> Scene:
    """A live project without an announced plan."""
    return play()


@pytest.fixture
def planned(db: None) -> Scene:
    """A live project with its plan announced."""
    return play(plan=True)
