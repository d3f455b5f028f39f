"""Matters being handled: the inbox, the case, the navigator's board, and a new plan taken or sent back."""
