"""When a channel may speak: not while its person is away, not in the quiet hours; what waits is delivered afterwards."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def released(
    now: datetime, *, quiet_from: time | None, quiet_to: time | None, away_until: date | None, urgent: bool
) -> datetime:
    """The first moment from `now` on at which a notice may be sent.

    `away_until` is the first day back, from midnight in Shanghai on.  Quiet hours run from `quiet_from` to `quiet_to`,
    over midnight where the second is earlier; equal or missing ends mean none.  An urgent notice breaks the quiet
    hours, never the absence.
    """
    local = now.astimezone(SHANGHAI)
    if away_until is not None and local.date() < away_until:
        local = datetime.combine(away_until, time(), SHANGHAI)
    if urgent or quiet_from is None or quiet_to is None or quiet_from == quiet_to:
        return max(local, now)
    clock, over_midnight = local.time(), quiet_to < quiet_from
    quiet = (clock >= quiet_from or clock < quiet_to) if over_midnight else quiet_from <= clock < quiet_to
    if not quiet:
        return max(local, now)
    day = local.date() + timedelta(days=1) if over_midnight and clock >= quiet_from else local.date()
    return datetime.combine(day, quiet_to, SHANGHAI)
