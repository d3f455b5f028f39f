"""What a row of the bench says about its aims."""

import pytest

from luodi.bench.rows import Row, agree, median_ms, table


def test_an_aim_is_met_only_when_all_that_was_measured_holds() -> None:
    assert Row("a", 1.0, "peer", 10.0, faster=5, within=2).met is True
    assert Row("a", 3.0, "peer", 30.0, faster=5, within=2).met is False
    assert Row("a", 1.0, limit="pass", limit_ms=0.1, of_limit=5).met is False
    assert Row("a", 1.0, faster=5).met is None


def test_results_that_differ_stop_the_bench() -> None:
    agree([1], [1], "figures")
    with pytest.raises(AssertionError, match="figures"):
        agree([1], [2], "figures")


def test_the_table_says_what_was_missed() -> None:
    text = "\n".join(table([Row("slow", 3.0, "peer", 4.0, faster=2, note="why")]))
    assert "NOT MET" in text
    assert "why" in text


def test_the_first_call_does_not_count() -> None:
    calls: list[int] = []
    assert median_ms(lambda: calls.append(1), 3) >= 0
    assert len(calls) == 4
