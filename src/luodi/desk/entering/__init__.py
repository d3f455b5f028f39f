"""Pages of entry reviews, the five fronts, stage gates and task forces."""
