"""A promise against the law: never longer than the authority's deadline, never shorter than a minimum period.

Within one unit the days are compared.  Across units only what is certain on every calendar counts against a longer
promise, and only what is certain counts for a shorter one: n working days last at least n calendar days and, the two
long holidays and their weekends included, at most 2 n + 9; a month has 28 to 31 days.
"""

from collections.abc import Iterator
from datetime import date

from luodi.domain.catalogue.matters import Kind, Matter, Number
from luodi.domain.catalogue.wording import period
from luodi.domain.source.faults import Faults
from luodi.domain.vocabulary import DayUnit


def compare(matter: Matter, faults: Faults) -> None:
    """Note each promise that contradicts a number of the law while both are in force."""
    for promise in matter.promises:
        for law in matter.limits:
            if not _both_count(promise, law, matter):
                continue
            code = contradiction(promise, law)
            if code and promise.at:
                said, ruled = period(promise.days, promise.unit), period(law.days, law.unit)
                faults.of(promise.at.file).add(
                    promise.at.line, code, matter=matter.id, source=str(law.source),
                    promise_zh=said.zh, promise_en=said.en, law_zh=ruled.zh, law_en=ruled.en,
                )  # fmt: skip


def contradiction(promise: Number, law: Number) -> str | None:
    """The code of the contradiction between a promise and a number of the law, if there is one."""
    same = promise.unit is law.unit
    if law.kind is Kind.MIN:
        least = promise.days if same else _shortest(promise)
        return "promise_below_minimum" if least < (law.days if same else _longest(law)) else None
    if law.kind is Kind.ASSUMED:
        return None  # no law to contradict
    longer = promise.days > law.days if same else _shortest(promise) > _longest(law)
    return "promise_longer_than_law" if longer else None


def _shortest(number: Number) -> int:
    return number.days * 28 if number.unit is DayUnit.MONTHS else number.days


def _longest(number: Number) -> int:
    match number.unit:
        case DayUnit.WORKING:
            return 2 * number.days + 9
        case DayUnit.MONTHS:
            return 31 * number.days
    return number.days


def _both_count(promise: Number, law: Number, matter: Matter) -> bool:
    """Whether there is a date and a project for which both numbers are the ones in force."""
    if promise.when is not None and law.when is not None and promise.when != law.when:
        return False
    return any(
        start < other_end and other_start < end
        for start, end in _reign(promise, matter.promises)
        for other_start, other_end in _reign(law, matter.limits)
    )


def _reign(number: Number, numbers: tuple[Number, ...]) -> Iterator[tuple[date, date]]:
    """From when to when a number is the one in force among those with its condition."""
    starts = sorted(other.since for other in numbers if other.since and other.when == number.when)
    if number.since is None:
        yield date.min, starts[0] if starts else date.max
    else:
        later = [start for start in starts if start > number.since]
        yield number.since, later[0] if later else date.max
