"""What is owed and what is stopped: debts with their countdown, stops of works with their steps."""
