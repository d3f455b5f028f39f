"""Ledgers in and out as offices keep them: Excel and CSV read with every fault told at once, taken in, taken back, written."""
