"""What a hostile or careless file can do to the reader: nothing but a list of problems."""

import json
import os
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from luodi.domain.source.reading import MAX_BYTES, read_data, read_file, read_text
from luodi.domain.source.tree import Leaf, plain
from luodi.domain.vocabulary import BadInput

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "\n".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]" for n in range(9)
)


def tree(text) -> Any:
    return read_text(text)


def codes(text):
    with pytest.raises(BadInput) as caught:
        read_text(text)
    return [(problem.code, problem.where.line) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3", ("duplicate_key", 3)),
        ("a: &x 1\nb: 2", ("anchor_refused", 1)),
        ("a: 1\nb: *x", ("anchor_refused", 2)),
        ("a:\n  b: !!python/object:os.system ls", ("tag_refused", 2)),
        ("a: !str 1", ("tag_refused", 1)),
        ("[" * 100, ("too_deep", 1)),
        ("a:\n\tb: 1", ("tab_indent", 2)),
        ("", ("file_empty", 1)),
        ("# only a remark\n", ("file_empty", 1)),
        ("--- 1\n--- 2\n", ("second_document", 2)),
        ("? [1]\n: 2", ("key_not_text", 1)),
        ('{"form": {"uscc": "9114', ("file_cut_off", 1)),
        ('{"form": {\n"uscc": "9114",\n', ("file_cut_off", 3)),
        ("a: 1\nb: [1, 2", ("file_cut_off", 2)),
        ("a: b: c", ("syntax_error", 1)),
        ("a: 1\nb: 9999-01-01", ("year_out_of_range", 2)),
        ("a: 1989-12-31", ("year_out_of_range", 1)),
        ("a: 2023-02-30", ("no_such_day", 1)),
        ("a: 1e999", ("number_not_finite", 1)),
        ("a: .nan", ("number_not_finite", 1)),
        ("a: " + "9" * 5000, ("number_too_long", 1)),
        (b"a: 1\nb: \xff\xfe", ("not_utf8", 2)),
        ("a: 1\nb: \x07", ("character_refused", 2)),
        ("\ud800", ("not_utf8", 1)),
    ],
)
def test_refused(text, expected):
    assert codes(text) == [expected]


def test_bomb_is_refused_and_not_unfolded():
    assert {code for code, _ in codes(BOMB)} == {"anchor_refused", "too_many_problems"}


def test_all_problems_at_once():
    assert codes("a: 1\na: 2\nb: 2023-13-01\nc: *x") == [
        ("duplicate_key", 2),
        ("no_such_day", 3),
        ("anchor_refused", 4),
    ]


def test_large_file_is_not_read(tmp_path):
    path = tmp_path / "large.yaml"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    with pytest.raises(BadInput) as caught:
        read_file(path)
    assert [problem.code for problem in caught.value.problems] == ["file_too_large"]
    assert MAX_BYTES < 50_000_000


@pytest.mark.parametrize(("make", "code"), [("missing", "file_missing"), ("folder", "file_unreadable")])
def test_no_file(tmp_path, make, code):
    path = tmp_path / "x"
    if make == "folder":
        path.mkdir()
    with pytest.raises(BadInput) as caught:
        read_file(path)
    assert caught.value.problems[0].code == code
    assert caught.value.problems[0].where.file == os.fspath(path)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("no", "no"), ("on", "on"), ("true", True), ("~", None), ("", None), ("0123", "0123"), ("1_000", "1_000"),
        ("12:30", "12:30"), ("-5", -5), ("1.50", 1.5), ("1e5", 1e5), (".5", 0.5), ("2023-3-5", date(2023, 3, 5)),
        ("'2023-03-05'", "2023-03-05"), ("2303-140100-04-01-123456", "2303-140100-04-01-123456"), ("0x1F", "0x1F"),
        ("-", [None]), ("+1", 1), ("1.2.3", "1.2.3"), ("4.8万", "4.8万"), ("２", "２"),
    ],
)  # fmt: skip
def test_meaning_of_bare_words(raw, value):
    assert plain(tree(f"a: {raw}" if raw != "-" else "a:\n-"))["a"] == value


def test_raw_is_what_was_written():
    node = tree("a: 0351\nb: 911401\nc: 1.50").entries
    assert [leaf.raw for leaf in node.values()] == ["0351", "911401", "1.50"]
    assert isinstance(node["b"], Leaf)
    assert node["c"].line == 3


def test_lines_of_keys():
    found = tree("a: 1\n\nb:\n  c:\n  - 1\n  - 2\n")
    assert dict(found.lines) == {"a": 1, "b": 3}
    assert [item.line for item in found.entries["b"].entries["c"].items] == [5, 6]


def test_packaged_data():
    levers: Any = plain(read_data("levers.yaml"))
    assert levers["regimes"]["before_reform"] == []


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | st.floats(-1e15, 1e15) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.slow
@given(values, st.sampled_from([None, 1, "\t"]), st.booleans())
@example({"a": "\U0001f600"}, None, True)
@example({"a": "\x7f\x85\u2028\ufeff"}, "\t", False)
def test_json_means_what_json_says(value, indent, ascii_only):
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    try:
        read = plain(tree(text))
    except BadInput as refused:
        # YAML refuses raw control characters that JSON allows, and keys longer than 1024
        assert {problem.code for problem in refused.problems} <= {"character_refused", "syntax_error"}  # noqa: PT017
        assert not ascii_only
        return
    assert read == value or str(read) == str(value)


@pytest.mark.slow
@given(st.binary(max_size=300) | st.text(max_size=300) | st.text("{}[]:,-?&*!|>'\"%@`#~ \t\nab1.", max_size=80))
def test_no_bytes_crash_the_reader(data):
    try:
        read_text(data)
    except BadInput as refused:
        assert refused.problems  # noqa: PT017
