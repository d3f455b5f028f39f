"""Figures per zone and period, each traceable to the rows it came from; batches, lags and enrolment."""
