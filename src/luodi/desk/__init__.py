"""The pages people work at: command room, wall chart, inbox, project page. Owns no table."""
