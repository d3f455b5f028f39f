"""Ledgers in and out as files, and the rows sent to the national exchange."""
