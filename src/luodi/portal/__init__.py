"""What an enterprise and the public may see and do."""
