"""Whether the demo database is taken as it is."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from luodi.cli import prepared


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of one rule and one line, with a database beside it."""
    package = tmp_path / "package"
    package.mkdir()
    (package / "rule.yaml").write_text("days: 5")
    (package / "table.py").write_text("pass")
    monkeypatch.setattr(prepared, "PACKAGE", package)
    return package


def database(folder: Path) -> Path:
    """A database with something in it."""
    path = folder.parent / "demo.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE one (two)")
    return path


def test_a_database_is_prepared_once(program: Path) -> None:
    path = database(program)
    assert not prepared.unchanged(path)
    prepared.mark(path)
    assert prepared.unchanged(path)


@pytest.mark.parametrize("name", ["rule.yaml", "table.py", "new.yaml"])
def test_and_again_after_any_change_to_the_program(program: Path, name: str) -> None:
    path = database(program)
    prepared.mark(path)
    (program / name).write_text("days: 7")
    os.utime(program / name, (1, 1))
    assert not prepared.unchanged(path)


def test_a_new_or_broken_database_is_prepared(program: Path) -> None:
    assert not prepared.unchanged(program / "none.sqlite3")
    broken = program.parent / "broken.sqlite3"
    broken.write_bytes(b"this is no database at all" * 100)
    assert not prepared.unchanged(broken)
