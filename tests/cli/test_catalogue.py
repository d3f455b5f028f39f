"""`luodi catalogue`: what a person sees, and the exit code a script sees."""

import json
import subprocess
import sys

import pytest

from luodi.cli import main


def run(capsys, *words):
    code = main(["catalogue", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_check(capsys):
    code, out, err = run(capsys, "check")
    assert (code, err) == (0, "")
    assert "89" in out
    code, out, _ = run(capsys, "check", "--json")
    assert code == 0
    assert json.loads(out)["problems"] == []


def test_check_says_all_that_contradicts_the_law(capsys, tmp_path):
    (tmp_path / "land_listing.yaml").write_text(
        "matter: land_listing\nnonsense: 1\npromises:\n- {days: 5, unit: calendar_days, kind: max, "
        "confidence: published, source: {title: 公告, place: 某市}}\n", "utf-8",
    )  # fmt: skip
    code, out, err = run(capsys, "check", "--overlay", str(tmp_path), "--json", "--lang", "en")
    assert code == 2
    found = {(one["code"], one["line"]) for one in json.loads(out)["problems"]}
    assert found == {("unknown_key", 2), ("number_without_date", 4), ("promise_below_minimum", 4)}
    assert err.count("\n") == 3
    assert "shorter than the minimum period (10 calendar days" in err


@pytest.mark.parametrize("language", ["zh", "en"])
def test_list_and_show(capsys, language):
    code, out, _ = run(capsys, "list", "--as-of", "2026-11-21", "--lang", language)
    assert code == 0
    assert sum(line.startswith("  ") for line in out.splitlines()) == 89
    code, out, _ = run(capsys, "show", "eia_report", "--lang", language)
    assert code == 0
    assert "2018-12-29" in out


def test_every_matter_can_be_shown_and_is_json(capsys):
    listed = json.loads(run(capsys, "list", "--json")[1])["matters"]
    for one in listed:
        shown = json.loads(run(capsys, "show", one["id"], "--json", "--as-of", "2020-01-01")[1])["matter"]
        assert shown["source"]
        assert shown["name"] == one["name"]


def test_no_such_matter(capsys):
    code, out, err = run(capsys, "show", "eia_reprt")
    assert code == 2
    assert out == ""
    assert "eia_report" in err


def test_coverage(capsys):
    code, out, _ = run(capsys, "coverage", "--json")
    answer = json.loads(out)
    assert code == 0
    assert (answer["fields"], answer["breaches"]) == (28, [])
    assert sum(answer["from"].values()) == answer["inputs"]


def test_the_module_is_light():
    heavy = "import sys, luodi.cli.catalogue; print([m for m in ('yaml', 'numpy', 'difflib') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
