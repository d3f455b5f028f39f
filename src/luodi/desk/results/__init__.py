"""Pages of what came of it: milestone clocks, three batches, what lags, enrolment, monthly figures."""
