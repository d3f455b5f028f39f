"""Every claim of speed and quality, measured against a peer and a limit in the same run."""
