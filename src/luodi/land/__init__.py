"""Parcels, what lies over them, what stands on them, and the sites that suit a project."""
