"""Periods counted in months (民法典 第202条): the day of the same number, or the last day of a shorter month."""

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int, latest: date) -> date:
    """The last day of a period of `months` months from `day`; the day after `latest` stands for anything later."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > latest.year:
        return date(latest.year + 1, 1, 1)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_between(start: date, end: date) -> int:
    """How many periods of one month from `start` have ended by `end`, which is not before `start`."""
    months = (end.year - start.year) * 12 + end.month - start.month
    last_day = monthrange(end.year, end.month)[1]
    return months - (end.day < min(start.day, last_day))
