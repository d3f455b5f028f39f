"""What leaders look at: the command room, the wall by unit, orders, visits and requests."""
