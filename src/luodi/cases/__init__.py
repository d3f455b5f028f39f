"""Matters being handled: status, statutory clock, corrections, consultations, decisions."""
