"""The record as a list to read, and what is needed to prove it elsewhere."""
