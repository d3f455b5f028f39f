"""What is written: the file given back with its reasons, exported lists, empty ledgers that come back as they went out."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from tests.exchange.sheets.made import GOOD, HEADS, Cell, book
from tests.exchange.sheets.test_reading import TODAY, read

from luodi.domain.vocabulary import Text
from luodi.exchange.sheets import blank, export, ledgers, paint, returning, telling
from luodi.exchange.sheets.handing import take_up

COLUMNS = (
    export.Shown(Text("项目", "Project"), 40), export.Shown(Text("受理", "Accepted"), group=Text("日期", "Dates")),
    export.Shown(Text("办结", "Decided"), group=Text("日期", "Dates")), export.Shown(Text("投资", "Investment")),
)  # fmt: skip
DANGEROUS = ("=1+1", "+1+cmd", "-2+3", "@SUM(A1)", '=HYPERLINK("http://a","b")', "\t=1", "＝1+1", "|calc")


def sheet(data: bytes, name: str | int = 0) -> list[list[object]]:
    opened = CalamineWorkbook.from_filelike(io.BytesIO(data))
    found = opened.get_sheet_by_name(name) if isinstance(name, str) else opened.get_sheet_by_index(name)
    return [list(row) for row in found.to_python(skip_empty_area=False)]


def returned(*rows: Sequence[Cell], **more: object) -> bytes:
    handed = take_up(book(*rows, **more), "台账.xlsx", "projects")  # type: ignore[arg-type]
    told = {row.number: telling.of_flaws(row.flaws) for row in handed.rows(TODAY) if row.flaws}
    return returning.write(handed, told, "zh")


def test_bad_rows_come_back_in_the_same_file_with_the_reason() -> None:
    table = [
        ("2026年台账",),
        (),
        HEADS,
        GOOD,
        ("示例乙项目", "山西示例乙有限公司", "x", date(2026, 3, 5)),
        ("", "乙公司", 3, "2026.3"),
    ]
    data = returned(*table, more={"说明": [("不动",)]})
    rows = sheet(data, "台账")
    assert rows[0][0] == "2026年台账"
    assert rows[3][:4] == list(GOOD)
    assert rows[4][3] == date(2026, 3, 5)
    assert rows[2][4] == returning.REASON.zh
    assert rows[3][4] == ""
    assert "应填数量" in str(rows[4][4])
    assert "项目名称”没有填" in str(rows[5][4])
    assert "只写到月" in str(rows[5][4])
    assert sheet(data, "说明") == [["不动"]]


def test_the_cell_itself_is_coloured_and_noted() -> None:
    data = returned(HEADS, ("示例乙项目", "山西示例乙有限公司", "x", "2026.3.5"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))
        comments = archive.read("xl/comments1.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
    cells = {cell.get("r"): int(cell.get("s", "0")) for cell in root.iter() if cell.tag.endswith("}c")}
    assert cells["C2"] not in (cells["A2"], cells["B2"])
    assert returning.PAPER[1:] in styles
    assert 'ref="C2"' in comments
    assert 'ref="A2"' not in comments


def test_what_was_given_back_and_mended_is_read_again() -> None:
    data = returned(HEADS, ("示例乙项目", "山西示例乙有限公司", "x", "2026.3.5"))
    _, (row,) = read(data)
    assert [flaw.code for flaw in row.flaws] == ["not_an_amount"]
    layout, _ = read(data)
    assert not layout.problems


def test_merged_heads_are_merged_again() -> None:
    table = [("项目名称", "投资（亿元）", None), (None, "总投资", "固定资产投资"), ("示例甲项目", "x", 1)]
    data = returned(*table, merged=[(0, 0, 1, 0), (0, 1, 0, 2)])
    merged = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).merged_cell_ranges
    assert sorted(merged or []) == [((0, 0), (1, 0)), ((0, 1), (0, 2))]
    assert sheet(data)[0][:3] == ["项目名称", "投资（亿元）", ""]


@pytest.mark.parametrize("words", DANGEROUS)
def test_nothing_that_was_handed_in_becomes_a_formula(words: str) -> None:
    for data in (
        returned(HEADS, (words, words, words, words)),
        export.write(COLUMNS, [(words, None, None, words)], title=Text(words, words), language="zh", about=words),
    ):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
            assert not [name for name in archive.namelist() if "externalLink" in name]
    lines = b"".join(export.write_csv(COLUMNS, [(words, None, None, -5)], language="zh")).decode("utf-8-sig")
    first = next(csv.reader(io.StringIO(lines.partition("\n")[2])))
    assert first[0] == f"'{words}"
    assert first[3] == "-5"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_no_text_of_a_csv_begins_like_a_formula(words: str) -> None:
    plain = paint.plain(words)
    assert plain in (words, f"'{words}")
    assert not plain.startswith(("=", "@"))
    assert not plain.startswith(("+", "-")) or plain[1:].replace(".", "").isdecimal()


def test_a_list_is_written_as_it_is_filtered() -> None:
    rows = [("甲", date(2026, 1, 1), None, 5.5), (Text("乙", "B"), None, date(2026, 2, 1), 3)]
    data = export.write(COLUMNS, iter(rows), title=Text("办件", "Cases"), language="zh", about="学府园区 · 逾期")
    found = sheet(data)
    assert found[0][0] == "办件"
    assert found[1][0] == "学府园区 · 逾期"
    assert found[2] == ["项目", "日期", "", "投资"]
    assert found[3] == ["", "受理", "办结", ""]
    assert found[4:] == [["甲", date(2026, 1, 1), "", 5.5], ["乙", "", date(2026, 2, 1), 3]]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert 'state="frozen"' in xml
    merged = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).merged_cell_ranges
    assert sorted(merged or []) == [((0, 0), (0, 3)), ((2, 0), (3, 0)), ((2, 1), (2, 2)), ((2, 3), (3, 3))]


def test_a_list_without_groups_has_one_row_of_heads() -> None:
    found = sheet(export.write(COLUMNS[:1], [("甲",)], title=Text("表", "List"), language="en"))
    assert found[2:] == [["Project"], ["甲"]]


def test_a_csv_is_known_by_excel_and_reads_back() -> None:
    data = b"".join(export.write_csv(COLUMNS, [("甲,乙", date(2026, 1, 1), None, 5.5)], language="zh"))
    assert data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig")))) == [
        ["项目", "日期 · 受理", "日期 · 办结", "投资"], ["甲,乙", "2026-01-01", "", "5.5"],
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ledgers.kinds())
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_empty_ledger_comes_back_as_it_went_out(kind: str, language: str) -> None:
    rules = ledgers.ledger(kind)
    handed = take_up(blank.write(rules, language), "模板.xlsx", kind)
    assert [one.column for one in handed.layout.columns] == list(rules.columns)
    assert not handed.layout.problems
    assert list(handed.rows(TODAY)) == []


@pytest.mark.parametrize("kind", ledgers.kinds())
def test_the_examples_of_a_ledger_are_right(kind: str) -> None:
    rules = ledgers.ledger(kind)
    heads = [column.name.zh for column in rules.columns.values()]
    handed = take_up(book(heads, [column.example for column in rules.columns.values()]), "a.xlsx", kind)
    (row,) = handed.rows(TODAY)
    assert not row.flaws
