"""Event logs: cases as XES, OCEL 2.0 and CSV for tools of process mining, and logs of other systems read back."""
