"""The small catalogue as a fixture."""

import pytest
from tests.domain.catalogue.small import Small

from luodi.config.sentences import sentences


@pytest.fixture
def small(tmp_path, monkeypatch):
    """An empty small catalogue in place of the packaged one; the packaged sentences stay."""
    sentences()
    monkeypatch.setattr("luodi.domain.source.reading.DATA", tmp_path)
    return Small(tmp_path)
