"""Under which beginnings names and codes stand."""

import pytest

from luodi.finding.spelling import VARIANTS, marks, plain, words


def found(name: str, word: str, *codes: str) -> bool:
    """Whether a thing is found by a word as the index finds it: one of its entries begins so."""
    return any(mark.startswith(plain(word)) for _, mark in marks([name] if name else [], codes))


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("山西晶科能源有限公司", "晶科"),
        ("山西晶科能源有限公司", "能源"),
        ("山西晶科能源有限公司", "SXJK"),
        ("山西晶科能源有限公司", "jkny"),
        ("山西晶科能源有限公司", "jingke"),
        ("山西晶科能源有限公司", "ｊｉｎｇｋｅｎｅｎｇ"),
        ("长治重型机械", "changzhi"),
        ("长治重型机械", "zzzx"),
        ("TCL中环光伏", "zhonghuan"),
        ("TCL中环光伏", "tcl中环"),
        ("单雪", "shanxue"),
        ("单雪", "dx"),
        ("Jinko base", "base"),
        ("𬭚光材料", "材料"),
    ],
)
def test_a_name_is_found(name: str, word: str) -> None:
    assert found(name, word)


@pytest.mark.parametrize(("word"), ["gke", "源公", "yxgs", "jkk"])
def test_a_name_is_not_found_by_what_it_does_not_say(word: str) -> None:
    assert not found("山西晶科能源有限公司", word)


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("zgsfq-2026-000123", "zgsfq-2026-0001"),
        ("zgsfq-2026-000123", "2026-000123"),
        ("zgsfq-2026-000123", "123"),
        ("91140100MA0KXX1234", "91140100"),
        ("91140100MA0KXX1234", "MA0KXX"),
        ("并审管〔2026〕12号", "12号"),
        ("并审管〔2026〕12号", "审管2026"),
    ],
)
def test_a_code_is_found(code: str, word: str) -> None:
    assert found("", word, code)


def test_the_beginning_of_a_name_stands_before_its_middle() -> None:
    assert (0, "晶科能源") in marks(["晶科能源"])
    assert (1, "能源") in marks(["晶科能源"])


def test_a_name_of_many_readings_does_not_run_away() -> None:
    lines = words(["长重行乐厦单解曾"]).splitlines()
    assert len(lines) <= 1 + 2 * VARIANTS


def test_an_odd_name_is_no_fault() -> None:
    assert marks(["", "…", "〇〡", "🙂", "é"]) >= {(0, "é")}
    assert words(["🙂"]) == ""
