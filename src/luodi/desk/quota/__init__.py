"""Quota ledgers: who was given what, has promised it, used it up, has it left."""
