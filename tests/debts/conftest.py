"""A live project that owes something."""

from tests.cases.conftest import scene

__all__ = ["scene"]
