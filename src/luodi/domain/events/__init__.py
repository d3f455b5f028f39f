"""The record as a hash chain: canonical entries, their kinds, checkpoints, and the proof that nothing was changed."""
