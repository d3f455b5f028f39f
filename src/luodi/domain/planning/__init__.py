"""The plan: problem, solver, result; and the reasons for every date."""
