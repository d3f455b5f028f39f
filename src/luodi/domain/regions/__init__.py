"""Zones as figures: how many were published on which day, what each is known for, and which may stand side by side."""
