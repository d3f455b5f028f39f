"""The staging database: written in order and at once, only what changed the second time, corrections beside what they correct."""

# ruff: noqa: S608 - names of the standard

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.exchange.national.scenes import START, UNIT_USCC, case, order, sent

from luodi.domain.vocabulary import Refusal
from luodi.exchange.national.choices import choices
from luodi.exchange.national.sending import send
from luodi.exchange.national.standard import standard
from luodi.exchange.national.subjects import Result, Sent

PROJECT, CASE, EVENT = "SPGL_XMJBXXB", "SPGL_XMSPSXBLXXB", "SPGL_XMSPSXBLXXXXB"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "national.sqlite3"


@pytest.fixture
def url(file: Path) -> str:
    return f"sqlite:///{file}"


def rows(file: Path, table: str, columns: str = "DFSJZJ, SJYXBS, SJWXYY, SJSCZT") -> list[tuple[Any, ...]]:
    with sqlite3.connect(file) as connection:
        return connection.execute(f"SELECT {columns} FROM {table} ORDER BY LSH").fetchall()


def answer(file: Path, table: str, state: int, why: str | None = None) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute(f"UPDATE {table} SET SJSCZT = ?, SBYY = ?", (state, why))


def test_parents_come_before_their_children(file: Path, url: str) -> None:
    send([sent(case(1, 3, 8, 9, 10, 11))], order(url))
    first = [rows(file, table.name, "MIN(LSH), MAX(LSH)")[0] for table in standard().sent if rows(file, table.name)]
    flows = [one for one in first if one[0] is not None]
    assert flows[0][0] == 1
    of_cases = [rows(file, name, "MIN(LSH), MAX(LSH)")[0] for name in (PROJECT, CASE, EVENT)]
    assert of_cases[0][1] < of_cases[1][0] <= of_cases[1][1] < of_cases[2][0]


def test_a_second_run_writes_nothing(file: Path, url: str) -> None:
    subjects = [sent(case(1, 3, 8, 9, 10, 11))]
    first = send(subjects, order(url))
    before = file.read_bytes()
    second = send(subjects, order(url, at=START + timedelta(days=1)))
    assert sum(first.added.values()) == sum(second.same.values()) > 90
    assert not second.added
    assert not second.corrected
    assert file.read_bytes() == before


def test_a_new_event_is_added_and_nothing_else(file: Path, url: str) -> None:
    send([sent(case(1, 3, 8))], order(url))
    outcome = send([sent(case(1, 3, 8, 11))], order(url))
    assert dict(outcome.added) == {EVENT: 1}
    assert not outcome.corrected
    assert [row[0] for row in rows(file, EVENT)] == [f"zgsfq-2026-000001-{seq}" for seq in (1, 2, 3, 4)]


def test_a_change_is_an_invalid_copy_and_a_new_row(file: Path, url: str) -> None:
    send([sent()], order(url))
    answer(file, PROJECT, 3)
    outcome = send([sent(site_address="另一条路9号")], order(url))
    assert dict(outcome.corrected) == {PROJECT: 1}
    assert rows(file, PROJECT) == [
        ("jinko", 1, None, 3), ("jinko", 0, "数据更正，以新行为准", 0), ("jinko", 1, None, 0),
    ]  # fmt: skip
    texts = rows(file, PROJECT, "JSDD")
    assert texts[0] == texts[1] != texts[2]


def test_what_failed_is_mended_by_a_new_row_alone(file: Path, url: str) -> None:
    send([sent(case(1))], order(url))
    answer(file, PROJECT, 2, "建设地点不规范")
    outcome = send([sent(case(1), site_address="另一条路9号")], order(url))
    assert rows(file, PROJECT) == [("jinko", 1, None, 2), ("jinko", 1, None, 0)]
    assert not outcome.refused


def test_the_children_of_what_failed_wait(file: Path, url: str) -> None:
    send([sent()], order(url))
    answer(file, PROJECT, 2, "建设地点不规范")
    outcome = send([sent(case(1, 3))], order(url))
    assert {one.code for one in outcome.refused} == {"national_parent_failed"}
    assert not rows(file, CASE)


def test_what_is_gone_here_is_taken_back_there(file: Path, url: str) -> None:
    send([sent()], order(url))
    outcome = send([sent(site_boundary=None)], order(url))
    assert dict(outcome.withdrawn) == {"SPGL_XMYDHXJZXXB": 1}
    assert rows(file, "SPGL_XMYDHXJZXXB")[-1] == ("jinko-1", 0, "本地已作废", 0)
    assert not send([sent(site_boundary=None)], order(url)).withdrawn
    again = send([sent()], order(url))
    assert dict(again.added) == {"SPGL_XMYDHXJZXXB": 1}


def test_refused_rows_are_neither_written_nor_taken_back(file: Path, url: str) -> None:
    send([sent(case(1, 3, 8))], order(url))
    outcome = send([sent(case(1, 3, 8, 13))], order(url))
    assert [one.code for one in outcome.refused] == ["national_opinion_missing"]
    assert len(rows(file, EVENT)) == 3
    assert not outcome.withdrawn


def test_children_can_wait_until_their_parents_passed(file: Path, url: str) -> None:
    subjects = [sent(case(1, 3))]
    counts = []
    for _ in range(4):
        send(subjects, order(url, parents_first=True))
        assert send(subjects, order(url, parents_first=True)).added.total() == 0  # nobody has answered yet
        counts.append([len(rows(file, table)) for table in ("SPGL_DFXMSPLCXXB", PROJECT, CASE, EVENT)])
        for table in standard().sent:
            answer(file, table.name, 3)
    assert counts == [[1, 0, 0, 0], [1, 1, 0, 0], [1, 1, 1, 0], [1, 1, 1, 2]]


def test_a_fault_half_way_leaves_nothing(file: Path, url: str) -> None:
    def broken() -> Iterator[Sent]:
        yield sent(case(1))
        raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        send(broken(), order(url))
    with sqlite3.connect(file) as connection:
        assert not connection.execute("SELECT name FROM sqlite_master").fetchall()


def test_a_later_version_adds_its_columns(file: Path, url: str) -> None:
    send([sent(case(1))], order(url))
    outcome = send([sent(case(1))], order(url, version="3.0"))
    assert {one.code for one in outcome.refused} >= {"national_code_unknown_yet"}
    assert rows(file, CASE, "LXR") == [(None,)]


@pytest.mark.parametrize("address", ["mysql://x/y", "sqlite:////no/such/folder/x.sqlite3"])
def test_an_address_that_cannot_be_is_said(address: str) -> None:
    with pytest.raises(Refusal, match="national_staging"):
        send([], order(address))


def test_the_document_of_a_decision_is_sent_and_taken_back(file: Path, url: str) -> None:
    result = Result(7, "decision", "综改审批许字〔2026〕1号", "准予行政许可决定书", START.date(), None, "a" * 64)
    send([sent(case(1, 3, 8, 11, results=(result,)))], order(url))
    (row,) = rows(file, "SPGL_XMSPSXPFWJXXB", "PFWH, PFWJBT, PFWJYXQX, FJLX, FJID")
    assert row == ("综改审批许字〔2026〕1号", "准予行政许可决定书", "9999-01-01", "pdf", "a" * 64)
    outcome = send([sent(case(1, 3, 8, 11))], order(url))
    assert dict(outcome.withdrawn) == {"SPGL_XMSPSXPFWJXXB": 1}


def test_the_third_version_has_flows_by_its_own_names_and_matters_by_their_codes(file: Path, url: str) -> None:
    known = choices()
    told = tuple(replace(one, more={"DYBZSPLCLX": 6, "SYFW": 1}) for one in known.flows)
    codes = {"project_filing": {"JBBM": "0" * 12, "SSBM": "0" * 31, "SSZTBM": UNIT_USCC}}
    third = replace(order(url, version="3.0"), choices=replace(known, flows=told, basics=codes))
    outcome = send([sent(case(1, 3, 8, 11))], third)
    assert not outcome.refused, [(one.code, one.facts) for one in outcome.refused]
    assert rows(file, "SPGL_SPSXJBXXB", "SPSXBM, DYBZSPSXBM, SSZTBM") == [("project_filing", "9990000", UNIT_USCC)]
    with sqlite3.connect(file) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        columns = [one[1] for one in connection.execute("PRAGMA table_info(SPGL_SPLCJDSXXXB)")]
    assert {"SPGL_SPLCXXB", "SPGL_SPJDXXB", "SPGL_SPLCJDSXXXB"} <= tables
    assert not tables & {"SPGL_DFXMSPLCXXB", "SPGL_DFXMSPLCJDXXB", "SPGL_DFXMSPLCJDSXXXB"}
    assert columns[3:8] == ["SPLCBM", "SPLCBBH", "SPJDXH", "SPSXBM", "SPSXBBH"]
    again = send([sent(case(1, 3, 8, 11))], third)
    assert not again.added
    assert sum(again.same.values()) == sum(outcome.added.values())


def test_the_third_version_makes_no_official_code_up() -> None:
    outcome = send([sent(case(1))], order(version="3.0"))
    assert not outcome.checked["SPGL_SPSXJBXXB"]
