"""Pages of looking things up: one search box, kept views, acts on many rows."""
