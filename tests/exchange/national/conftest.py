"""The staging database of these tests: a SQLite file, and PostgreSQL where the tests run on it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def staging(tmp_path: Path) -> Iterator[str]:
    """An empty staging database, on the database these tests run on."""
    url = os.environ.get("LUODI_DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield f"sqlite:///{tmp_path / 'national.sqlite3'}"
        return
    import psycopg

    yield f"{url}?schema=spgl_test"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS spgl_test CASCADE")
