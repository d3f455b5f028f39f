"""Reads YAML and JSON with file and line; the only room that knows YAML, and that distrusts every byte of it."""
