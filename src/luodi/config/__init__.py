"""Settings, root URLs, the table from refusal code to sentence."""
