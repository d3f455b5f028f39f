"""A zone with land, and somebody who may record it."""

import pytest
from tests.people import AT, hired

from luodi.accounts.acting import SYSTEM, Acting
from luodi.zones import registry


@pytest.fixture
def officer(db: None) -> Acting:
    """The data officer of Tunliu."""
    registry.load(by=SYSTEM, at=AT)
    return hired("data_officer", "tunliu")
