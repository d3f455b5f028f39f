"""Double-entry quota accounts: what was allotted, promised and used up, and never more than there is."""
