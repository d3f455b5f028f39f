"""Speed and load on a sample province (`luodi sample`): pages, acts, officers at once, a list over HTTP, the dashboard."""
