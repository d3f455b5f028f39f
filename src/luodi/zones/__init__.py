"""Zones, their parks and departments, and the powers delegated to each."""
