"""What a row of the load bench says about its aims."""

from collections import Counter
from dataclasses import replace

import pytest

from luodi.bench.load import acts, lists, officers, pages, province, serving, suite
from luodi.bench.load.afterwards import Verdict, compared
from luodi.bench.load.figures import Aim, Figure, atleast, lines, percentile, within
from luodi.domain.vocabulary import Refusal


def test_a_percentile_is_the_value_that_so_many_do_not_exceed() -> None:
    assert percentile(range(1, 101), 0.95) == 95
    assert percentile([3.0], 0.5) == 3.0
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def test_a_row_is_met_when_every_aim_that_was_measured_is() -> None:
    assert Figure("a", aims=(within("ms", 3, 3), atleast("per s", 5, 4))).met is True
    assert Figure("a", aims=(within("ms", 3.1, 3), atleast("per s", 5, 4))).met is False
    assert Figure("a", aims=(Aim("not measured", None),)).met is None
    assert "NOT MET" in "\n".join(lines([Figure("slow", {"ms": 4.0}, (within("ms", 4, 3),), "why")]))


def test_a_page_is_held_to_its_time_its_bare_sql_and_its_queries() -> None:
    ours, bare, slow = [(9.0, 6.0)] * 20, [(4.0, 2.0)] * 20, [(9.0, 6.0)] * 18 + [(101.0, 6.0)] * 2
    quick = [(4.0, 1.9)] * 20
    assert pages.told("inbox", "sqlite", (ours, ours, bare), 5, 5).met is True
    assert pages.told("inbox", "sqlite", (slow, ours, bare), 5, 5).met is False
    assert pages.told("inbox", "sqlite", (ours, bare, quick), 5, 5).met is False
    assert pages.told("inbox", "sqlite", (bare, ours, quick), 5, 5).met is False
    assert pages.told("inbox", "postgresql", (ours, ours, quick), 5, 5).met is True
    assert pages.told("inbox", "sqlite", (ours, ours, bare), 6, 5).met is False


def test_every_address_is_another() -> None:
    assert pages.unlike("/inbox/", 1) == "/inbox/?_=1"
    assert pages.unlike("/inbox/?whose=zone", 2) == "/inbox/?whose=zone&_=2"


def test_an_act_is_timed_only_where_it_was_done(monkeypatch: pytest.MonkeyPatch) -> None:
    times = acts.Times()
    monkeypatch.setattr(acts, "recorded", {"in the record": 1}.get)

    def refused() -> str:
        raise Refusal("case_changed")

    acts.attempt(times, refused)
    acts.attempt(times, lambda: "")
    acts.attempt(times, lambda: "in the record")
    with pytest.raises(AssertionError, match="is not in the record"):
        acts.attempt(times, lambda: "not in the record")
    assert (times.refused, len(times.wall), len(times.processor)) == (2, 1, 1)
    assert acts.told("accept", acts.Times()).met is None
    assert acts.told("accept", acts.Times(wall=[79.0] * 10, processor=[9.0] * 10)).met is True
    assert acts.told("accept", acts.Times(wall=[79.0] * 9 + [81.0], processor=[9.0] * 10)).met is False


def test_the_record_is_held_against_the_forms() -> None:
    forms = {"a": True, "b": True, "c": False, "d": False}
    assert compared(forms, ["a", "b"]) == (0, 0, 0)
    assert compared(forms, ["a"]) == (1, 0, 0), "b was answered as done and is not in the record"
    assert compared(forms, ["a", "b", "c"]) == (0, 1, 0), "c was refused and is in the record"
    assert compared(forms, ["a", "b", None]) == (0, 0, 1), "something nobody sent"


def test_officers_fail_on_any_error_or_fault() -> None:
    sent = [officers.Sent("a", "accept", (302, 302)), officers.Sent("b", "pause", (409,))]
    fine = Verdict(0, 0, 0, 0, 10)
    assert officers.told("sqlite", 60, sent, Counter(), [5.0], fine).met is True
    assert officers.told("sqlite", 60, sent, Counter({"page 500": 1}), [5.0], fine).met is False
    for bad in (Verdict(1, 0, 0, 0, 10), Verdict(0, 1, 0, 0, 10), Verdict(0, 0, 1, 0, 10), Verdict(0, 0, 0, 1, 10)):
        assert officers.told("sqlite", 60, sent, Counter(), [5.0], bad).met is False


def test_the_list_is_judged_by_the_slower_of_ours() -> None:
    rates = {"ours": 2000.0, "anew": 1600.0, "peer": 300.0, "bare": 4000.0}
    assert lists.told("sqlite", rates, 50).met is True
    assert lists.told("sqlite", rates | {"anew": 1499.0}, 50).met is False
    assert lists.told("postgresql", rates | {"anew": 1100.0}, 50).met is False, "less than four times the peer"
    lists.agree([b"1"], [b"1"])
    for ours, theirs in (([b"1"], [b"2"]), ([], [])):
        with pytest.raises(AssertionError, match="not the same"):
            lists.agree(ours, theirs)


def test_a_broken_answer_stops_the_load_generator() -> None:
    assert serving.read_rate("Requests/sec:   1234.50\nTransfer/sec: 1MB") == 1234.5
    with pytest.raises(AssertionError):
        serving.read_rate("Non-2xx or 3xx responses: 3\nRequests/sec: 1234.50")
    with pytest.raises(AssertionError):
        serving.read_rate("nothing")


def test_the_province_is_held_to_computing_live_and_freshness() -> None:
    fine = province.Taken("sqlite", (9.0,) * 20, (8.0,) * 20, (9.0,) * 20, 90.0, 600.0, 20.0, 5, 5)
    assert province.told(fine).met is True
    assert province.told(replace(fine, computing=(10.5,) * 20)).met is False
    assert province.told(replace(fine, anew=(10.5,) * 20)).met is False
    assert province.told(replace(fine, live=400.0)).met is False
    assert province.told(replace(fine, seen=1500.0)).met is False


def test_a_row_there_is_not_is_refused() -> None:
    with pytest.raises(Refusal, match="no_such_bench_row"):
        suite.measure(["nothing"], 1, lambda _text: None)
