"""luodi (落地): from first contact to first production, one plan, one form, one clock, one ledger, one record."""

__version__ = "0.1.0"
