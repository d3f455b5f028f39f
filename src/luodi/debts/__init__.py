"""What was granted before it was proved: commitments, deferrals and letters, each with its day of reckoning."""
