"""Logs of other systems are read in whatever order their parts come, and no file reads more than itself."""

import gzip
import io
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.domain.vocabulary import BadInput, Refusal
from luodi.exchange.logs import reading, table_reading, xes_reading
from luodi.exchange.logs.log import LogCase, LogEvent

BENCH = Path(os.environ.get("LUODI_BENCH_INPUTS", Path(__file__).parents[4] / "shared/bench")) / "logs"
AT = datetime(2010, 10, 2, 7, 20, 39, 266000, tzinfo=UTC)
NAME = '<string key="concept:name" value="受理"/>'
TIME = '<date key="time:timestamp" value="2010-10-02T07:20:39.266+00:00"/>'
WHO = '<string value="张三" key="org:resource"/>'
CASE = '<string key="concept:name" value="c-1"/>'


def of(text: str, *, everything: bool = False) -> list[LogCase]:
    return list(xes_reading.read(io.BytesIO(text.encode()), "x.xes", everything=everything))


def log(inner: str, attributes: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><log xes.version="1.0"{attributes}>{inner}</log>'


def table(text: str, encoding: str = "utf-8") -> list[LogCase]:
    return list(table_reading.read(io.BytesIO(text.encode(encoding)), "x.csv"))


@given(st.permutations([NAME, TIME, WHO, '<int key="x" value="1"/>']), st.booleans())
def test_the_order_of_attributes_does_not_matter(parts: list[str], name_last: bool) -> None:
    event = f"<event>{''.join(parts)}</event>"
    inner = event + CASE if name_last else CASE + event
    assert of(log(f"<trace>{inner}</trace>")) == [LogCase("c-1", (LogEvent("受理", AT, "张三"),))]


def test_a_namespace_is_no_matter() -> None:
    (one,) = of(log(f"<trace>{CASE}<event>{NAME}</event></trace>", ' xmlns="http://www.xes-standard.org/"'))
    (other,) = of('<x:log xmlns:x="urn:x"><x:trace><x:string key="concept:name" value="c-1"/></x:trace></x:log>')
    assert (one.id, other.id) == ("c-1", "c-1")


def test_nested_attributes_are_not_those_of_the_event() -> None:
    nested = f'<event><list key="a"><values>{WHO}</values></list><string key="b" value="1">{WHO}{TIME}</string>{NAME}</event>'
    ((case),) = of(log(f'<global scope="event">{TIME}</global><trace>{CASE}{nested}</trace>'))
    assert case.events == (LogEvent("受理", None),)


def test_types_are_kept_and_what_is_none_stays_text() -> None:
    values = (
        '<int key="i" value="7"/><float key="f" value="1.5"/><float key="n" value="nan"/><boolean key="b" value="true"/>'
        '<int key="broken" value="7.5.1"/><date key="d" value="2010-10-02"/><id key="u" value="x-1"/>'
    )
    (case,) = of(log(f"<trace>{CASE}<event>{values}{NAME}</event></trace>"), everything=True)
    found = dict(case.events[0].attributes)
    assert str(found.pop("n")) == "nan"
    assert found == {"i": 7, "f": 1.5, "b": True, "broken": "7.5.1", "d": datetime(2010, 10, 2, tzinfo=UTC), "u": "x-1"}


def test_events_outside_a_trace_are_of_no_case() -> None:
    assert of(log(f"<event>{NAME}</event><trace>{CASE}</trace>")) == [LogCase("c-1", ())]


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE log [<!ENTITY a "b">]><log><trace/></log>',
        '<!DOCTYPE log SYSTEM "file:///etc/passwd"><log/>',
        '<!DOCTYPE l [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><log><trace><string key="concept:name" value="&b;"/></trace></log>',
    ],
)
def test_entities_are_refused(text: str) -> None:
    with pytest.raises(Refusal, match="log_entities"):
        of(text)


def test_what_is_endlessly_deep_is_refused() -> None:
    with pytest.raises(Refusal, match="log_too_deep"):
        of("<log>" + "<list>" * 200)
    with pytest.raises(Refusal, match="log_too_deep"):
        of("<log>" + "<trace>" * 200)


@pytest.mark.parametrize(("text", "code"), [(log("<trace>"), "log_broken"), ("<html><p/></html>", "log_no_xes")])
def test_what_is_no_log_is_said_with_its_line(text: str, code: str) -> None:
    with pytest.raises(BadInput) as found:
        of(text)
    assert [one.code for one in found.value.problems] == [code]
    assert found.value.problems[0].where.line == 1


def test_a_packed_bomb_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST", 1_000_000)
    for begin, name in ((b"<log>", "a.xes.gz"), (b"case,activity,time\n", "a.csv.gz")):
        file = tmp_path / name
        file.write_bytes(gzip.compress(begin + b" " * 5_000_000))
        with pytest.raises(Refusal, match="log_too_large"):
            list(reading.read(file))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_in_any_order_is_the_same_log(separator: str, encoding: str) -> None:
    rows = ["办理时间,办件编号,活动,办理人,备注", "2026-03-02 09:30,甲,受理,张三,急", "2026/3/1 9:05:00,甲,接件,李四,",
            "2026-02-01T00:00:00Z,乙,接件,李四,"]  # fmt: skip
    straight = table("\n".join(rows).replace(",", separator), encoding)
    turned = table("\r\n".join([rows[0], *reversed(rows[1:])]).replace(",", separator), encoding)
    assert [one.id for one in straight] == ["乙", "甲"]
    assert [event.activity for event in straight[1].events] == ["接件", "受理"]
    assert straight[1].events[1].resource == "张三"
    assert straight[1].events[1].attributes == {"备注": "急"}
    assert straight == turned


def test_every_row_that_cannot_be_understood_is_said_at_once() -> None:
    with pytest.raises(BadInput) as found:
        table("case,activity,time\na,x,2026-01-01\n,x,2026-01-01\nb,,2026-01-01\nc,x,01.02.2026\n\n")
    assert [(one.where.line, one.code) for one in found.value.problems] == [
        (3, "log_row_incomplete"), (4, "log_row_incomplete"), (5, "log_time_unreadable"),
    ]  # fmt: skip


def test_missing_columns_are_named() -> None:
    with pytest.raises(Refusal, match="log_columns_missing") as found:
        table("编号,事项\n1,2\n")
    assert "time:timestamp" in str(found.value.facts["columns"])


@pytest.mark.parametrize("text", ["", "case,activity,time\n" + "a" * 2_000_000 + ",x,2026-01-01"])
def test_an_empty_or_monstrous_table_is_refused(text: str) -> None:
    with pytest.raises((Refusal, BadInput)):
        table(text)


def test_a_small_log_is_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "log"  # its name says nothing: its first bytes do
    file.write_text(
        "\ufeff" + log(f"<trace>{CASE}<event>{NAME}{TIME}</event></trace>").split("?>")[1], encoding="utf-8"
    )
    assert [one.id for one in reading.read(file)] == ["c-1"]
    with pytest.raises(Refusal, match="file_unreadable_here"):
        list(reading.read(tmp_path / "none"))


@pytest.mark.slow
@pytest.mark.skipif(not BENCH.is_dir(), reason=f"no folder {BENCH}")
def test_a_real_log_of_municipalities_is_read() -> None:
    cases = list(reading.read(BENCH / "train_val_env_permit.xes.gz"))
    assert len(cases) == 1147
    assert sum(len(one.events) for one in cases) == 6988
    assert len({event.activity for one in cases for event in one.events}) == 27
    assert all(event.at and event.resource and event.group for one in cases for event in one.events)
    assert cases[0].id == "case-891"
    assert cases[0].events[0] == LogEvent("Confirmation of receipt", AT, "Resource26", "Group 1")
