"""In and out: Excel, calendars, project-file formats."""
