"""Pages of zones and the province: registry, profile, comparison, pipeline by city and industry."""
