"""A province invented for trying things out: zones, people, projects and what happened, the same for the same seed."""
