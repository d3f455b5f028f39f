"""A project from first contact to statistics: its facts as dated revisions, its milestones, its team."""
