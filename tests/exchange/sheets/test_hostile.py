"""Files that were made to do harm, or that only an accident makes so large: refused in kind words, or harmless."""

import io
import zipfile
from contextlib import suppress
from time import perf_counter

import pytest
from tests.exchange.sheets.made import GOOD, HEADS, SHEET, book, changed
from tests.exchange.sheets.old_excel import xls
from tests.exchange.sheets.test_reading import read

from luodi.domain.vocabulary import Refusal
from luodi.exchange.sheets import book as opening
from luodi.exchange.sheets import limits, zipped

PLAIN = book(HEADS, GOOD)


def refused(data: bytes, name: str = "台账.xlsx") -> str:
    with pytest.raises(Refusal) as refusal:
        opening.open_book(data, name)
    return refusal.value.code


@pytest.mark.slow
def test_a_bomb_is_refused_before_it_unfolds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "MOST_INFLATED", 30_000_000)
    bomb = changed(PLAIN, "xl/media/a.xml", lambda _: b"<c>0</c>" * 4_000_000)
    assert len(bomb) < 100_000
    assert refused(bomb) == "sheet_unpacks_too_far"


@pytest.mark.slow
def test_a_bomb_that_lies_about_its_size_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The index says ten bytes; what unpacks is counted, not what is said."""
    monkeypatch.setattr(zipped, "MOST_INFLATED", 30_000_000)
    bomb = bytearray(changed(PLAIN, "xl/a.xml", lambda _: b"<c>0</c>" * 4_000_000))
    for place, size_at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = bomb.find(b"xl/a.xml") if place == b"PK\x03\x04" else bomb.rfind(b"xl/a.xml")
        start = bomb.rfind(place, 0, at)
        bomb[start + size_at : start + size_at + 4] = (10).to_bytes(4, "little")
    assert refused(bytes(bomb)) == "sheet_unpacks_too_far"


@pytest.mark.parametrize("place", ["XFD1048576", "A1048576", "AAA1", "a400000"])
@pytest.mark.parametrize("how", ['r="{}"', "r='{}'", 'r = "{}"'])
def test_a_stray_cell_at_the_end_of_the_world_is_refused(place: str, how: str) -> None:
    cell = f"<row><c {how.format(place)}><v>1</v></c></row></sheetData>".encode()
    data = changed(PLAIN, SHEET, lambda xml: xml.replace(b"</sheetData>", cell))
    assert refused(data) == "sheet_reaches_too_far"


def test_a_wide_and_short_table_is_no_danger() -> None:
    wide = book((*HEADS, *(f"备注{n}" for n in range(150))), (*GOOD, *("x" for _ in range(150))))
    _, rows = read(wide)
    assert len(rows) == 1


def empty_rows(count: int) -> bytes:
    """A workbook in which somebody drew borders down to the last row."""
    row = b'<row r="%d"><c r="A%d" s="0"/><c r="B%d" s="0"/></row>'
    rows = b"".join(row % (n, n, n) for n in range(3, count + 1))
    return changed(PLAIN, SHEET, lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>"))


@pytest.mark.slow
def test_a_million_empty_rows_are_passed_over() -> None:
    data = empty_rows(1_048_576)
    begun = perf_counter()
    _, rows = read(data)
    assert [row.number for row in rows] == [2]
    assert perf_counter() - begun < 60


@pytest.mark.slow
def test_more_rows_than_excel_has_are_refused() -> None:
    rows = b"<row/>" * 1_100_000
    assert (
        refused(changed(PLAIN, SHEET, lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>")))
        == "sheet_too_many_rows"
    )


def test_links_to_other_files_are_not_followed() -> None:
    linked = changed(PLAIN, "xl/externalLinks/externalLink1.xml", lambda _: b"<externalLink/>")
    opened = opening.open_book(linked, "台账.xlsx")
    assert opened.external_links
    assert read(linked)[1][0].values["name"] == "示例甲项目"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.xlsx", "sheet_empty"),
        (b"\r\n \n", "a.csv", "sheet_empty"),
        (PLAIN, "a.csv", "sheet_wrong_extension"),
        ("项目名称,总投资\n".encode(), "a.xlsx", "sheet_wrong_extension"),
        (b"<html><table><tr><td>1</td></tr></table>", "a.xls", "sheet_web_page"),
        (b"%PDF-1.7 ...", "a.xlsx", "sheet_other_format"),
        (b"\x89PNG\r\n\x1a\n", "a.csv", "sheet_other_format"),
        (b"MZ\x90\x00\x03", "a.xls", "sheet_other_format"),
        (PLAIN[: len(PLAIN) // 2], "a.xlsx", "sheet_broken"),
        (b"PK\x03\x04" + b"\0" * 100, "a.xlsx", "sheet_broken"),
        (PLAIN, "a.xlsm", "sheet_macros"),
        (changed(PLAIN, "xl/vbaProject.bin", lambda _: b"x"), "a.xlsx", "sheet_macros"),
        (changed(PLAIN, "xl/macrosheets/sheet1.xml", lambda _: b"x"), "a.xlsx", "sheet_macros"),
        (changed(PLAIN, SHEET, lambda xml: b'<!DOCTYPE a [<!ENTITY b "c">]>' + xml), "a.xlsx", "sheet_broken"),
        (changed(PLAIN, SHEET, lambda xml: xml[:300]), "a.xlsx", "sheet_broken"),
        (xls([HEADS], ("Workbook", "_VBA_PROJECT")), "a.xls", "sheet_macros"),
        (xls([HEADS], ("EncryptedPackage", "EncryptionInfo")), "a.xlsx", "sheet_encrypted"),
        (xls([HEADS], ("WordDocument",)), "a.xls", "sheet_other_format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls", "sheet_broken"),
        (b"a,b\n\xff\xfe\xff\xff,\x81\x20\n", "a.csv", "sheet_unknown_encoding"),
        (b"name,x\n\x00\x01\x02", "a.csv", "sheet_other_format"),
        (b"x" * (limits.MOST_BYTES + 1), "a.csv", "sheet_too_large"),
    ],
)  # fmt: skip
def test_what_is_no_ledger_is_refused_with_what_to_do(data: bytes, name: str, code: str) -> None:
    assert refused(data, name) == code


def test_other_office_formats_are_named() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    assert refused(stream.getvalue(), "a.xlsx") == "sheet_other_format"


def test_an_encrypted_part_is_refused() -> None:
    data = bytearray(PLAIN)
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refused(bytes(data)) == "sheet_encrypted"


def test_a_quotation_that_never_ends_is_named() -> None:
    with pytest.raises(Refusal) as refusal:
        read('项目名称,建设单位\n"甲,乙\n'.encode() + b"x\n" * 90_000, "a.csv")
    assert refusal.value.code == "sheet_quotation_open"


@pytest.mark.slow
def test_no_damaged_workbook_breaks_the_reader() -> None:
    """Cut, flipped and doubled at 150 places: read or refused, never anything else."""
    for at in range(0, len(PLAIN), max(1, len(PLAIN) // 150)):
        for data in (
            PLAIN[:at],
            PLAIN[:at] + bytes([PLAIN[at] ^ 0xFF]) + PLAIN[at + 1 :],
            PLAIN[:at] + PLAIN[max(0, at - 9) :],
        ):
            with suppress(Refusal):
                read(data)


def test_stored_parts_are_searched_too() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as new:
        for one in old.infolist():
            far = b'<row><c r="XFD1048576"><v>1</v></c></row></sheetData>'
            new.writestr(one.filename, old.read(one).replace(b"</sheetData>", far))
    assert refused(stream.getvalue()) == "sheet_reaches_too_far"
