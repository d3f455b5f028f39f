"""`luodi exchange national`: one list of why not, and a staging database."""

from pathlib import Path

import pytest
from tests.cases.scene import play, text_of_project
from tests.exchange.national.scenes import CODE

from luodi.cli.exchange import FAULTY, GOOD, register
from luodi.domain.vocabulary import Refusal

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def run(*words: str) -> int:
    import argparse

    top = argparse.ArgumentParser()
    register(top.add_subparsers())
    args = top.parse_args(["exchange", "national", *words])
    code: int = args.func(args)
    return code


def test_a_project_without_a_code_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    scene = play()
    scene.accepted("project_filing")
    assert run("--since", "2026-01-01", "--check", "--lang", "zh") == FAULTY
    said = capsys.readouterr().out
    assert said.count("这一行会被退回 · 项目基本信息表") == 2  # XMDM and GCDM
    assert "另有 6 行依附于它" in said


def test_a_sound_project_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = f"  uscc: 91350100M000100Y43\n  project_code: {CODE}"
    play(document=text_of_project(**{"  uscc: 91140000MA0000000X": code})).accepted("project_filing")
    out = f"sqlite:///{tmp_path / 'x.sqlite3'}"
    assert run("--since", "2026-01-01", "--out", out, "--lang", "en") == GOOD
    assert "SPGL_XMSPSXBLXXXXB  Event of a case: checked 3, added 3" in capsys.readouterr().out
    assert run("--since", "2026-01-01", "--out", out, "--zone", "pinglu") == GOOD


def test_where_to_must_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LUODI_EXCHANGE_URL", raising=False)
    with pytest.raises(Refusal, match="national_staging_missing"):
        run("--since", "2026-01-01")
