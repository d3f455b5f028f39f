"""Figures as values: durations with both ends named, rates, progress, shares, lags, and what enrolment needs."""
