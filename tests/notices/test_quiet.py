"""When a channel may speak."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from luodi.notices.quiet import SHANGHAI, released


def at(text: str) -> datetime:
    """A moment in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("now", "hours", "away", "urgent", "then"),
    [
        ("2026-03-03T10:00", None, None, False, "2026-03-03T10:00"),
        ("2026-03-03T10:00", ("22:00", "08:00"), None, False, "2026-03-03T10:00"),
        ("2026-03-03T22:00", ("22:00", "08:00"), None, False, "2026-03-04T08:00"),
        ("2026-03-03T23:59", ("22:00", "08:00"), None, False, "2026-03-04T08:00"),
        ("2026-03-03T07:59", ("22:00", "08:00"), None, False, "2026-03-03T08:00"),
        ("2026-03-03T08:00", ("22:00", "08:00"), None, False, "2026-03-03T08:00"),
        ("2026-03-03T12:30", ("12:00", "14:00"), None, False, "2026-03-03T14:00"),
        ("2026-03-03T12:30", ("12:00", "14:00"), None, True, "2026-03-03T12:30"),
        ("2026-03-03T12:30", ("12:00", "12:00"), None, False, "2026-03-03T12:30"),
        ("2026-03-03T12:30", ("12:00", "14:00"), "2026-03-05", False, "2026-03-05T00:00"),
        ("2026-03-03T12:30", ("22:00", "08:00"), "2026-03-05", False, "2026-03-05T08:00"),
        ("2026-03-03T12:30", ("22:00", "08:00"), "2026-03-05", True, "2026-03-05T00:00"),
        ("2026-03-05T12:30", None, "2026-03-05", False, "2026-03-05T12:30"),
    ],
)
def test_examples(now: str, hours: tuple[str, str] | None, away: str | None, urgent: bool, then: str) -> None:
    first, last = (time.fromisoformat(one) for one in hours) if hours else (None, None)
    back = date.fromisoformat(away) if away else None
    assert released(at(now), quiet_from=first, quiet_to=last, away_until=back, urgent=urgent) == at(then)


@pytest.mark.slow
@given(
    some.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)),  # noqa: DTZ001 - the zone follows
    some.times(),
    some.times(),
    some.none() | some.dates(date(2026, 1, 1), date(2027, 1, 1)),
    some.booleans(),
)
def test_what_is_released_is_released(now: datetime, first: time, last: time, back: date | None, urgent: bool) -> None:
    asked = {"quiet_from": first, "quiet_to": last, "away_until": back, "urgent": urgent}
    moment = now.replace(tzinfo=SHANGHAI)
    then = released(moment, **asked)  # type: ignore[arg-type]
    assert then >= moment
    assert released(then, **asked) == then  # type: ignore[arg-type]
    if back is None:
        assert then - moment <= timedelta(days=1)
