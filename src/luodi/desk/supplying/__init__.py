"""Pages of the factor board, utility nodes and power."""
