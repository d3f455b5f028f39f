"""Identity numbers: the examples of their standards, and every single slip of one character."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from luodi.domain.facts.codes import (
    CHECKS,
    USCC_CHARACTERS,
    is_industrial,
    uscc_check_character,
    wrong_cas,
    wrong_identity,
    wrong_industry,
    wrong_passport,
    wrong_phone,
    wrong_project_code,
    wrong_region,
    wrong_uscc,
)

BODY = some.tuples(
    some.text(USCC_CHARACTERS, min_size=2, max_size=2),
    some.text("0123456789", min_size=6, max_size=6),
    some.text(USCC_CHARACTERS, min_size=9, max_size=9),
).map("".join)


def code(wrong: object) -> str | None:
    """The code of what is wrong."""
    return getattr(wrong, "code", None)


def test_the_example_of_the_standard() -> None:
    assert wrong_uscc("91350100M000100Y43") is None
    assert code(wrong_uscc("91350100M000100Y4Z")) == "uscc_character"
    assert code(wrong_uscc("91350100M000100Y44")) == "uscc_check"
    assert code(wrong_uscc("91350100M000100Y4")) == "uscc_shape"


@given(BODY, some.integers(0, 16), some.sampled_from(USCC_CHARACTERS))
def test_every_changed_character_is_found(body: str, place: int, other: str) -> None:
    right = body + uscc_check_character(body)
    assert wrong_uscc(right) is None
    changed = right[:place] + other + right[place + 1 :]
    assert (wrong_uscc(changed) is None) == (changed == right)


@pytest.mark.parametrize(
    ("number", "answer"),
    [
        ("11010519491231002X", None),
        ("440524188001010014", None),
        ("110105194912310021", "identity_check"),
        ("11010519491331002X", "identity_birthday"),
        ("1101051949123100", "identity_shape"),
    ],
)
def test_resident_numbers(number: str, answer: str | None) -> None:
    wrong = wrong_identity(number)
    assert code(wrong) == answer
    assert wrong is None or number not in repr(wrong)


def test_passports() -> None:
    assert wrong_passport("E12345678") is None
    assert code(wrong_passport("ABCDEF")) == "passport_shape"


@given(some.from_regex(r"[0-9]{2}(0[1-9]|1[0-2])-[0-9]{6}-[0-9]{2}-[0-9]{2}-[0-9]{6}", fullmatch=True))
def test_a_project_code_is_never_refused_by_a_check_digit(written: str) -> None:
    if written.isascii():
        assert wrong_project_code(written) is None


@pytest.mark.parametrize(
    "written", ["2305-140172-89-01-12345", "2313-140172-89-01-123456", "230514017289011234567", ""]
)
def test_a_project_code_has_the_shape_4_6_2_2_6(written: str) -> None:
    assert code(wrong_project_code(written)) == "project_code_shape"


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("C3825", None), ("B0610", None), ("D4420", None), ("T9700", None),
        ("C4420", "industry_section"), ("A0610", "industry_section"), ("U3825", "industry_section_unknown"),
        ("3825", "industry_shape"), ("C382", "industry_shape"), ("C38250", "industry_shape"),
    ],
)  # fmt: skip
def test_an_industry_code_lies_in_the_divisions_of_its_section(written: str, answer: str | None) -> None:
    assert code(wrong_industry(written)) == answer


def test_industry_is_sections_b_c_and_d() -> None:
    assert [letter for letter in "ABCDE" if is_industrial(letter + "0000")] == ["B", "C", "D"]


def test_regions_phones_and_substances() -> None:
    assert wrong_region("140603") is None
    assert {code(wrong_region(each)) for each in ("110000", "149901", "1406", "14060A")} == {"region_shape"}
    assert wrong_phone("13812345678") is None
    assert wrong_phone("0351-7654321") is None
    assert {code(wrong_phone(each)) for each in ("12812345678", "7654321", "1381234567")} == {"phone_shape"}
    assert wrong_cas("7803-62-5") is None
    assert code(wrong_cas("7803-62-6")) == "cas_check"
    assert code(wrong_cas("7803625")) == "cas_shape"


@given(some.sampled_from(sorted(CHECKS)), some.text(max_size=30))
def test_no_check_is_upset_by_any_text(check: str, written: str) -> None:
    CHECKS[check](written)
