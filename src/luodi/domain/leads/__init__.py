"""First contacts as figures: when two names are one company, whose credit it is, who held it when, and whether
an event's figures hold."""
