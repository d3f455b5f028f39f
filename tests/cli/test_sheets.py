"""`luodi sheets`: every fault by its cell, the marked file, empty ledgers; and the same by import."""

import argparse
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from tests.exchange.sheets.made import GOOD, HEADS, book
from tests.people import OWN, hired

from luodi.cli import sheets
from luodi.domain.vocabulary import Refusal
from luodi.projects.readers import named
from luodi.zones.models import Zone


def run(*words: str) -> int:
    top = argparse.ArgumentParser()
    sheets.register(top.add_subparsers())
    args = top.parse_args(["sheets", *words])
    code: int = args.func(args)
    return code


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    file = tmp_path / "台账.xlsx"
    file.write_bytes(book(HEADS, GOOD, ("", "山西示例乙有限公司", "x", "2026.3")))
    return file


def test_every_fault_is_said_with_its_cell(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", str(ledger), "--kind", "projects") == sheets.FAULTY
    said = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in said[:3]] == ["台账 C3", "台账 D3", "台账 A3"]
    assert said[-1] == "1 行无误，1 行需修改"


def test_the_marked_file_is_written(ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    run("check", str(ledger), "--kind", "projects", "--returned", str(out), "--lang", "en")
    rows = CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python()
    assert "must be an amount" in str(rows[2][4])


def test_a_sound_ledger_ends_well(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(book(HEADS, GOOD))
    assert run("check", str(file), "--kind", "projects") == sheets.GOOD


def test_an_empty_ledger_is_written(tmp_path: Path) -> None:
    assert run("template", "projects", "--out", str(tmp_path / "t.xlsx")) == sheets.GOOD
    assert run("check", str(tmp_path / "t.xlsx"), "--kind", "projects") == sheets.GOOD


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("check", "/nowhere.xlsx", "--kind", "projects"), "file_unreadable_here"),
        (("template", "x", "--out", "y"), "sheet_no_such_kind"),
    ],
)
def test_what_cannot_be_is_refused(words: tuple[str, ...], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        run(*words)
    assert refused.value.code == code


@pytest.mark.django_db
def test_import_is_a_dry_run_until_yes(ledger: Path) -> None:
    Zone.objects.get_or_create(id=OWN, defaults={"zh": OWN, "en": OWN, "kind": "industrial", "confidence": "verified"})
    hired("investment_officer", username="zhao")
    words = ("import", str(ledger), "--kind", "projects", "--as", "zhao")
    assert run(*words) == sheets.FAULTY
    assert not named()
    assert run(*words, "--yes") == sheets.FAULTY
    assert [one.name.zh for one in named()] == ["示例甲项目"]


@pytest.mark.django_db
def test_who_may_not_is_refused(ledger: Path) -> None:
    hired("window_clerk", username="qian")
    with pytest.raises(Refusal) as refused:
        run("import", str(ledger), "--kind", "projects", "--as", "qian")
    assert refused.value.code == "not_allowed"
