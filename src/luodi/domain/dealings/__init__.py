"""What is negotiated and promised: terms by kind, what moved between rounds, on whose authority, and what came of it."""
