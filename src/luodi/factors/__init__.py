"""Requests for resources: who guarantees what by when, and what is promised on each utility node."""
