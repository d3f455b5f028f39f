"""Moments as people read them: in Shanxi's time, as long as they need to be and no longer."""

from datetime import datetime

from django.utils import timezone

from luodi.desk.tongue import language


def day(at: datetime) -> str:
    """`2026-11-21`."""
    return f"{timezone.localtime(at):%Y-%m-%d}"


def moment(at: datetime) -> str:
    """`2026-11-21 16:40`."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def hours(count: float) -> str:
    """A waiting time in the unit it is felt in: minutes, hours, or days from the third on."""
    zh = language() != "en"
    if count < 1:
        return f"{max(1, round(count * 60))}\u2009{'分钟' if zh else 'min'}"
    if count < 48:
        return f"{count:.0f}\u2009{'小时' if zh else 'h'}"
    return f"{count / 24:.0f}\u2009{'天' if zh else 'd'}"
