"""The life of a case: its states as the national exchange has them, and what may follow what."""
