"""What people are told, by which channel and when; what was delivered, and what is tried again."""
