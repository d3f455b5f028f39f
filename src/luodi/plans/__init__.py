"""Saved plan revisions, exactly as the domain returned them, and the days lost between them."""
