"""Whole files: heads found and matched, rows with their right numbers, every fault in one pass."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from tests.exchange.sheets.made import GOOD, HEADS, SHEET, book, changed
from tests.exchange.sheets.old_excel import xls

from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_text
from luodi.domain.vocabulary import BadInput, Refusal
from luodi.exchange.sheets import book as opening
from luodi.exchange.sheets import checking, heads, ledgers
from luodi.exchange.sheets.cells import Amount
from luodi.exchange.sheets.checking import Row
from luodi.exchange.sheets.heads import Layout

TODAY = date(2026, 11, 21)


def read(
    data: bytes, name: str = "台账.xlsx", kind: str = "projects", saved: Mapping[str, str] | None = None
) -> tuple[Layout, list[Row]]:
    """A file read as a kind of ledger."""
    opened, rules = opening.open_book(data, name), ledgers.ledger(kind)
    sheet, layout = heads.best_sheet(rules, opened.sheets, saved)
    return layout, list(checking.check(rules, layout, sheet, today=TODAY, epoch_1904=opened.epoch_1904))


def codes(row: Row) -> list[str]:
    return [flaw.code for flaw in row.flaws]


def test_a_plain_ledger_is_understood() -> None:
    layout, (row,) = read(book(HEADS, GOOD))
    assert (layout.head, layout.first, row.number, row.flaws) == (1, 2, 2, ())
    assert row.values["name"] == "示例甲项目"
    assert row.values["signed"] == date(2026, 3, 5)
    money = row.values["total_investment"]
    assert isinstance(money, Amount)
    assert (money.amount, money.written) == (12000, "12000 万元")


def test_titles_before_the_head_and_empty_rows_do_not_shift_the_numbers() -> None:
    table = [("2026年重点项目台账",), ("单位：亿元、亩",), (),
             ("", "序号", "项目名称*", "总投资", "占地"), (), ("", 1, "甲项目", 5.6, 15), (),
             ("", 2, "乙项目", "x", 3), ("", "合计", "", 5.6, 18)]  # fmt: skip
    layout, rows = read(book(*table))
    assert layout.head == 4
    assert [row.number for row in rows] == [6, 8]
    good, bad = rows
    assert good.values["total_investment"].amount == 56000
    assert good.values["land_area"].amount == 10000
    assert [(flaw.index, flaw.code) for flaw in bad.flaws] == [(3, "not_an_amount")]


def test_merged_heads_of_two_rows_are_read_together() -> None:
    table = [
        ("序号", "项目名称", "投资情况（亿元）", None, "进度", None),
        (None, None, "总投资", "其中：固定资产投资", "签约", "开工"),
        (1, "甲项目", 5, 3, "2026.1.5", "2026.2.6"),
    ]  # fmt: skip
    layout, (row,) = read(book(*table, merged=[(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5)]))
    assert (layout.head, layout.first) == (2, 3)
    assert row.values["fixed_investment"].amount == 30000
    assert (row.values["signed"], row.values["construction_start"]) == (date(2026, 1, 5), date(2026, 2, 6))


def test_a_csv_knows_no_merging_and_the_upper_head_still_counts() -> None:
    text = "项目名称,投资（万元）,,签约\n,总投资,固定资产投资,\n甲项目,100,50,2026-1-5\n"
    _, (row,) = read(text.encode(), "a.csv")
    assert row.values["name"] == "甲项目"
    assert row.values["fixed_investment"].amount == 50


def test_a_cell_merged_over_rows_holds_for_all_of_them() -> None:
    table = [("项目名称", "事项", "受理日期", "办结日期"), ("甲", "企业投资项目备案", "2026.3.1", "2026.3.2"),
             (None, "企业投资项目备案", "2026.3.3", None)]  # fmt: skip
    _, (one, two) = read(book(*table, merged=[(1, 0, 2, 0)]), kind="matters")
    assert one.values["project"] == two.values["project"] == "甲"
    assert one.values["matter"] == "project_filing"
    assert codes(two) == ["row_repeated"]


def test_every_fault_of_every_row_comes_in_one_pass() -> None:
    bad = ("", "甲" * 101, "12", "2026.13.1")
    table = [("项目名称", "建设单位", "总投资", "签约日期", "信用代码", "开工日期"),
             (*bad, "91350100M000100Y4Z", "2027-1-1"), (*GOOD[:2], "1亿元", *GOOD[3:], "91350100M000100Y43")]  # fmt: skip
    _, (wrong, fine) = read(book(*table))
    assert codes(wrong) == [
        "length",
        "cell_unit_missing",
        "cell_no_such_day",
        "uscc_character",
        "cell_date_ahead",
        "field_missing",
    ]
    assert [flaw.index for flaw in wrong.flaws] == [1, 2, 3, 4, 5, 0]
    assert not fine.flaws


def test_columns_must_agree_and_rows_must_differ() -> None:
    table = [
        ("项目名称", "总投资（万元）", "固定资产投资（亿元）"),
        ("甲项目", 100, 1),
        ("乙项目", 20000, 1),
        ("乙项目", 20000, 1),
    ]
    _, rows = read(book(*table))
    assert [codes(row) for row in rows] == [["cells_out_of_order"], [], ["row_repeated"]]
    assert rows[2].flaws[0].facts["line"] == 3


def test_what_is_missing_or_not_taken_is_said_of_the_head() -> None:
    layout, _ = read(book(("建设单位", "签约日期", "总投資额", "备注"), ("甲", "2026.1.1", 1, "")))
    assert [(one.code, getattr(one.facts["field"], "zh", "")) for one in layout.problems] == [
        ("sheet_column_missing", "项目名称")
    ]
    assert [one.code for one in layout.notes] == ["sheet_column_perhaps", "sheet_column_left_out"]


def test_a_choice_of_columns_is_kept_and_taken_again() -> None:
    data = book(("项目叫法", "总投资（万元）", "备注"), ("甲项目", 1, "乙公司"))
    rules = ledgers.ledger("projects")
    (sheet,) = opening.open_book(data, "a.xlsx").sheets
    chosen = heads.lay_out(rules, sheet, chosen={0: "name", 2: "applicant_name"})
    assert {one.column for one in chosen.taken} == {"name", "total_investment", "applicant_name"}
    layout, (row,) = read(data, saved=chosen.choices)
    assert not layout.problems
    assert row.values["applicant_name"] == "乙公司"


def test_the_sheet_with_the_best_head_is_taken() -> None:
    data = book(("说明",), ("请填写",), name="说明", more={"数据": [HEADS, GOOD]})
    _, rows = read(data)
    assert len(rows) == 1


def test_a_sheet_without_head_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        read(book(("甲", "乙"), (1, 2)))
    assert refused.value.code == "sheet_no_head"


def test_inline_strings_and_1904_dates_of_other_programs() -> None:
    inline = book(HEADS, GOOD, constant_memory=True)
    assert b"inlineStr" in zipfile.ZipFile(io.BytesIO(inline)).read(SHEET)
    _, (row,) = read(inline)
    assert row.values["name"] == "示例甲项目"
    since_1904 = book(("项目名称", "签约日期", "拟开工日期"), ("甲项目", date(2026, 3, 5), 44624), date_1904=True)
    _, (row,) = read(since_1904)
    assert row.values["signed"] == row.values["planned_start"] == date(2026, 3, 5) or row.values["signed"] == date(
        2026, 3, 5
    )


def test_old_workbooks_are_read() -> None:
    _, (row,) = read(xls([HEADS, ("甲项目", "乙公司", 12000.0, 46086.0)]), "台账.xls")
    assert row.values["signed"] == date(2026, 3, 5)
    assert row.values["applicant_name"] == "乙公司"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_tables_in_every_encoding_of_an_office(encoding: str) -> None:
    text = '项目名称,建设单位,总投资（万元）,签约日期\r\n䶮示例项目,"山西,示例\n公司","12,000",2026年3月5日\r\n,,,\r\n'
    text += "乙项目,丙公司,1,2026/3/6\r\n"
    _, (one, two) = read(text.encode(encoding), "台账.csv")
    assert one.values["name"] == "䶮示例项目"
    assert one.values["applicant_name"] == "山西,示例 公司"
    assert (one.number, two.number) == (2, 4)


def test_the_handwritten_ledger_of_an_office() -> None:
    data = (Path(__file__).parent / "gb18030.csv").read_bytes()
    _, rows = read(data, "gb18030.csv")
    assert [codes(row) for row in rows] == [[], ["cell_day_missing"], []]
    assert rows[0].values["land_area"].written == "120.5 亩"


def test_a_new_kind_is_data_alone() -> None:
    text = """
zh: 指标台账
en: Quota ledger
function: project.record
key: [parcel]
columns:
- {id: parcel, zh: 地块编号, en: Parcel, type: text, required: true}
- {id: area, zh: 面积, en: Area, type: amount, unit: m2, required: true, heads: [地块面积]}
- {id: share, zh: 占比, en: Share, type: number, low: 0}
"""
    faults = Faults("<kind>")
    rules = ledgers.read_ledger("quota", read_text(text, "<kind>", faults), faults)
    faults.settle()
    (sheet,) = opening.open_book(
        book(("地块编号", "地块面积（公顷）", "占比"), ("A-1", 2, 0.5), ("A-2", 2, -1)), "a.xlsx"
    ).sheets
    layout = heads.lay_out(rules, sheet)
    good, bad = checking.check(rules, layout, sheet, today=TODAY)
    assert good.values["area"].amount == 20000
    assert codes(bad) == ["below"]


def test_a_kind_with_faults_says_them_all() -> None:
    text = "zh: 甲\nen: A\nfunction: x\nkey: [gone]\ncolumns:\n"
    text += "- {id: a, zh: 甲, en: A, to: form.nothing}\n- {id: b, zh: 甲, en: B}\n"
    faults = Faults("<kind>")
    ledgers.read_ledger("bad", read_text(text, "<kind>", faults), faults)
    with pytest.raises(BadInput) as bad:
        faults.settle()
    assert {one.code for one in bad.value.problems} == {"names_nothing", "sheet_head_twice"}


@pytest.mark.parametrize("kind", ledgers.kinds())
def test_every_kind_that_ships_is_sound(kind: str) -> None:
    assert ledgers.ledger(kind).required


def test_a_file_of_another_workbook_part_order_keeps_its_rows() -> None:
    """LibreOffice leaves out places of cells it wrote one after another."""
    data = changed(book(HEADS, GOOD), SHEET, lambda xml: xml.replace(b' r="A2"', b"").replace(b' r="B2"', b""))
    _, (row,) = read(data)
    assert row.number == 2


def test_a_table_that_begins_at_the_third_column_keeps_its_places() -> None:
    _, (row,) = read(book((), (None, None, *HEADS), (None, None, "示例甲项目", "甲公司", "x", "2026.3.5")))
    assert (row.number, [flaw.index for flaw in row.flaws]) == (3, [4])
