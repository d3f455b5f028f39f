"""What one was told, how one wants to be told, and calendar feeds."""
