"""Pages of negotiation: rounds, concessions and promises."""
