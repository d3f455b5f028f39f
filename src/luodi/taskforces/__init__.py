"""People lent to one project: their powers and last day, who is on duty, and what happened on site."""
