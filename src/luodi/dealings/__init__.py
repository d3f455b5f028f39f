"""Negotiation: rounds, what is conceded on whose authority, and what both sides promised."""
