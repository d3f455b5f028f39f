"""What an issued document says: its template, its facts, its number, and whether a file is still what was sealed."""
