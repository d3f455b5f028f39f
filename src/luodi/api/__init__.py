"""The same actions and readers as JSON."""
