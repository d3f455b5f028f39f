"""Asking a tree: every problem is noted with its line, and reading goes on."""

from datetime import date

import pytest

from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults, hint, nearest
from luodi.domain.source.reading import read_text
from luodi.domain.vocabulary import BadInput, Place, Text


def rows(text):
    faults = Faults("f.yaml")
    return ask.row(read_text(text), faults), faults


def found(faults):
    return [(problem.code, problem.where.line) for problem in faults.found]


def test_everything_in_order():
    row, faults = rows(
        "name: x\ncount: 3\narea: 1.5\nyes: true\nday: 2023-03-10\njson_day: '2023-03-11'\nuscc: 0123\n"
        "kind: max\nlist: [a, b]\nzh: 中\nen: mid\nnull_: ~\ninside: {a: 1}\nmany: [{a: 1}, {a: 2}]\n"
    )
    assert ask.text(row, "name") == "x"
    assert ask.whole(row, "count", low=1, high=3) == 3
    assert ask.number(row, "area") == 1.5
    assert ask.flag(row, "yes") is True
    assert ask.day(row, "day") == date(2023, 3, 10)
    assert ask.day(row, "json_day") == date(2023, 3, 11)
    assert ask.code(row, "uscc") == "0123"
    assert ask.choice(row, "kind", ("min", "max")) == "max"
    assert ask.texts(row, "list") == ("a", "b")
    assert ask.pair(row) == Text("中", "mid")
    assert ask.text(row, "null_", "absent") == "absent"
    assert ask.whole(ask.child(row, "inside"), "a") == 1
    assert [ask.whole(each, "a") for each in ask.children(row, "many")] == [1, 2]
    assert ask.place(row, "day") == Place("f.yaml", 5)
    ask.close(row)
    assert not faults.found


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        ("a: 1", lambda r: ask.text(r, "b"), ("missing_key", 1)),
        ("a: 1\nb: 2", lambda r: ask.text(r, "b"), ("expected_text", 2)),
        ("b: ' '", lambda r: ask.text(r, "b"), ("empty_text", 1)),
        ("b: {c: 1}", lambda r: ask.text(r, "b"), ("expected_text", 1)),
        ("b: x", lambda r: ask.number(r, "b"), ("expected_number", 1)),
        ("b: true", lambda r: ask.number(r, "b"), ("expected_number", 1)),
        ("b: -1", lambda r: ask.number(r, "b", low=0), ("out_of_range", 1)),
        ("b: 1.5", lambda r: ask.whole(r, "b"), ("expected_whole", 1)),
        ("b: 11", lambda r: ask.whole(r, "b", low=0, high=10), ("out_of_range", 1)),
        ("b: yes", lambda r: ask.flag(r, "b"), ("expected_flag", 1)),
        ("b: soon", lambda r: ask.day(r, "b"), ("not_a_date", 1)),
        ("b: 3", lambda r: ask.day(r, "b"), ("expected_date", 1)),
        ("b: '2023-02-29'", lambda r: ask.day(r, "b"), ("no_such_day", 1)),
        ("b: mox", lambda r: ask.choice(r, "b", ("max", "min")), ("unknown_choice", 1)),
        ("b: x", lambda r: ask.texts(r, "b"), ("expected_list", 1)),
        ("b:\n- x\n- 1", lambda r: ask.texts(r, "b"), ("expected_text", 3)),
        ("b:\n- x\n- x", lambda r: ask.texts(r, "b"), ("repeated_item", 3)),
        ("zh: x", ask.pair, ("language_missing", 1)),
        ("a: x", ask.pair, ("missing_key", 1)),
        ("a: x", lambda r: ask.child(r, "b"), ("missing_key", 1)),
        ("b: x", lambda r: ask.child_or_none(r, "b"), ("expected_table", 1)),
        ("b: [x]", lambda r: ask.children(r, "b"), ("expected_table", 1)),
    ],
)
def test_problem(text, question, expected):
    row, faults = rows(text)
    question(row)
    assert found(faults) == [expected]


def test_close_reports_what_nobody_asked_for():
    row, faults = rows("aria: 1\nb: 2")
    ask.number(row, "area", None)
    ask.number(row, "b")
    ask.close(row)
    assert found(faults) == [("unknown_key", 1)]
    assert faults.found[0].facts == {"key": "aria", "hint": " → area?"}


def test_a_list_is_no_table():
    faults = Faults("f.yaml")
    ask.row(read_text("- 1"), faults)
    assert found(faults) == [("expected_table", 1)]


def test_nearest():
    assert nearest("requries", ("requires", "limits")) == "requires"
    assert hint("requries", ("requires",)) == " → requires?"
    assert hint("qqq", ("requires",)) == ""


def test_settle_sorts_and_says_each_once():
    faults = Faults("b")
    faults.add(2, "x")
    faults.add(1, "x")
    faults.of("a").add(9, "x")
    faults.add(2, "x")
    with pytest.raises(BadInput) as caught:
        faults.settle()
    assert [(one.where.file, one.where.line) for one in caught.value.problems] == [("a", 9), ("b", 1), ("b", 2)]
