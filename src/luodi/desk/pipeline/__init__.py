"""Pages before signing: leads, visits, events, the pipeline as a board."""
