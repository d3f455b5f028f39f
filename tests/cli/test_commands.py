"""The command line as its users type it: exit codes, all errors at once, nothing half-written."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from luodi.cli import main

PROJECT = """
facts:
  project.eia_class: form
  land_area: 33000
milestones: {contact: 2024-03-04, signed: 2024-04-08}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    file = tmp_path / "project.yaml"
    file.write_text(PROJECT, encoding="utf-8")
    return file


def answer(capsys: pytest.CaptureFixture[str], *argv: str) -> dict[str, Any]:
    main(argv)
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_help_is_quick_because_heavy_libraries_wait() -> None:
    heavy = ("numba", "ortools", "django", "yaml", "numpy")
    script = f"import sys, luodi.cli; luodi.cli.parser(); print([m for m in {heavy} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_a_file_is_planned_and_told_as_text_and_json(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", str(project)]) == 0
    assert "开工" in capsys.readouterr().out
    assert main(["plan", str(project), "--lang", "en"]) == 0
    assert "Construction start" in capsys.readouterr().out
    assert answer(capsys, "plan", str(project), "--json")["format"] == 1


def test_an_impossible_target_exits_3_with_the_contradiction(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", str(project), "--target", "2024-04-20", "--json"]) == 3
    found = json.loads(capsys.readouterr().out)
    assert found["status"] == "infeasible"
    assert len(found["clauses"]) >= 3


@pytest.mark.parametrize(("argv", "needle"), [
    (["plan", "nowhere.yaml"], "nowhere.yaml"),
    (["plan", "jinko", "--levers", "magic"], "magic"),
    (["plan", "jinko", "--regime", "magic"], "before_reform"),
    (["plan", "jinko", "--to", "paradise"], "construction_start"),
    (["plan", "jinko", "--from", "production"], "production"),
    (["levers", "jinko", "--to", "paradise"], "paradise"),
])  # fmt: skip
def test_bad_input_exits_2_and_says_what_and_what_else(
    argv: list[str], needle: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(argv) == 2
    assert needle in capsys.readouterr().err


def test_all_errors_of_a_file_come_at_once_with_their_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(
        "facts: {land_area: -5, no_such_fact: 1}\nmilestones:\n  contact: 9999-01-01\nwhat: 1\n", encoding="utf-8"
    )
    assert main(["plan", str(file), "--svg", str(tmp_path / "out.svg")]) == 2
    told = capsys.readouterr().err
    assert all(f"bad.yaml:{line}" in told for line in (1, 3, 4))
    assert not (tmp_path / "out.svg").exists()


@pytest.mark.parametrize("kind", ["xlsx", "ics", "svg", "mspdi"])
def test_every_kind_of_file_is_written_whole(kind: str, project: Path, tmp_path: Path) -> None:
    file = tmp_path / f"plan.{kind}"
    assert main(["plan", str(project), f"--{kind}", str(file)]) == 0
    assert file.stat().st_size > 2000
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_a_folder_that_is_not_there_is_said_kindly(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", str(project), "--svg", "/no/such/folder/plan.svg"]) == 2
    assert "/no/such/folder" in capsys.readouterr().err


def test_levers_shares_sum_to_what_is_saved(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "levers", "jinko", "--json")
    shares = found["shares"]
    assert sum(shares.values()) == found["saved_days"]
    assert len(shares) == 10


def test_samples_are_listed_with_their_articles(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["samples"]) == 0
    told = capsys.readouterr().out
    assert all(name in told for name in ("jinko", "sany", "tongfu", "taishan"))


def test_what_jinko_must_show(capsys: pytest.CaptureFixture[str]) -> None:
    before = answer(capsys, "plan", "jinko", "--regime", "before_reform", "--from", "signed", "--json")
    after = answer(capsys, "plan", "jinko", "--regime", "reform", "--from", "signed", "--json")
    assert len(after["steps"]) == 74
    assert before["span"]["calendar_days"] > 4 * after["span"]["calendar_days"]
    assert after["span"]["calendar_days"] <= 58
    assert after["lower_bound"]["calendar_days"] == after["span"]["calendar_days"]
    listing = next(s for s in after["steps"] if s["matter"] == "land_listing")
    assert listing["limit"]["kind"] == "min"
