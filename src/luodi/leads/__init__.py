"""Companies before they are projects: who was first, what was said, and what comes next."""
