"""The project of the factor tests, for the pages that show it."""

from tests.factors.conftest import jinko, officer

__all__ = ("jinko", "officer")
