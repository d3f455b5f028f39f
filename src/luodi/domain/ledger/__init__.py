"""Quotas as double entry: what may follow what, what every step does to both sides, and the proof that it was kept."""
