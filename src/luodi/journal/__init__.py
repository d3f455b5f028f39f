"""The append-only, hash-chained record that every action writes to; it knows people and projects only by id."""
