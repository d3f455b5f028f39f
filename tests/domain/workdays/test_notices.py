"""A notice that an officer adds is a data file; what is wrong with it is said with its line."""

from datetime import date

import pytest

from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_text
from luodi.domain.vocabulary import Refusal
from luodi.domain.workdays.notices import Year, calendar_of
from luodi.domain.workdays.reading import check_years, official, read_year, read_years

NOTICE = """year: 2027
notices:
- title: 示例通知
  number: 示例〔2026〕1号
  issued: 2026-11-20
  holidays:
  - {zh: 元旦, en: New Year, from: 2027-01-01, to: 2027-01-03}
  workdays: [2027-01-09]
"""


def problems(text: str, file: str = "workdays/2027.yaml") -> list[tuple[str, int | None]]:
    faults = Faults(file)
    read_year(read_text(text, file, faults), faults)
    return [(problem.code, problem.where.line) for problem in faults.found]


def test_next_years_notice_extends_the_calendar() -> None:
    faults = Faults("workdays/2027.yaml")
    years = (*read_years([f"workdays/{year}.yaml" for year in range(2019, 2027)]), read_year(read_text(NOTICE), faults))
    assert faults.found == []
    calendar = calendar_of(years)
    assert calendar.add(date(2026, 12, 31), 1) == date(2027, 1, 4)
    assert calendar.is_workday(date(2027, 1, 9))
    with pytest.raises(Refusal) as refused:
        calendar.is_workday(date(2028, 1, 1))
    assert refused.value.facts["year"] == 2028
    assert not official().projected(date(2026, 12, 31))


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("year: 2027", "year: 2028", "year_not_of_file", 1),
        ("2027-01-09", "2027-01-08", "makeup_day_not_weekend", 8),
        ("2027-01-09", "2027-01-02", "day_both_off_and_worked", 8),
        ("2027-01-09", "2025-01-04", "day_of_another_year", 8),
        ("to: 2027-01-03", "to: 2026-12-31", "dates_out_of_order", 7),
        ("to: 2027-01-03", "to: 9999-01-03", "year_out_of_range", 7),
        ("workdays: [2027-01-09]", "workdays: 2027-01-09", "expected_list", 8),
        ("en: New Year, ", "", "language_missing", 7),
        ("number: 示例〔2026〕1号", "nummer: 3", "missing_key", 3),
    ],
)
def test_what_is_wrong_with_a_notice_is_said_with_its_line(old: str, new: str, code: str, line: int) -> None:
    assert (code, line) in problems(NOTICE.replace(old, new))


def test_a_second_notice_must_be_later() -> None:
    again = NOTICE + NOTICE.split("notices:\n")[1]
    assert problems(again) == [("notices_out_of_order", 11)]


def test_a_gap_between_years_is_a_problem() -> None:
    faults = Faults("workdays")
    check_years([Year(2019, ()), Year(2021, ())], faults)
    assert [(problem.code, problem.facts["year"]) for problem in faults.found] == [("holiday_notice_missing", 2020)]
    check_years([], faults)
    assert faults.found[-1].code == "no_holiday_notices"
