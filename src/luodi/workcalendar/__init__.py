"""The working days in force: the published notices, and what officers added to them since."""
