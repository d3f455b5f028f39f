"""The calendar of working days: read, added to, with a preview."""
