"""How large a ledger may be: far beyond any office's own, far below what would fill a machine."""

MOST_BYTES = 40_000_000
"""Of a file as it is handed in."""

MOST_INFLATED = 400_000_000
"""Of all parts of a workbook when unpacked: a ledger of 300,000 rows has about 200 million."""

MOST_PARTS = 3_000
MOST_ROWS = 300_000
MOST_COLUMNS = 300
MOST_CELLS = 8_000_000
"""Of the rectangle from A1 to the farthest cell: reading takes 32 bytes for each, filled or not."""

LONGEST_CELL = 2_000
"""Characters of one cell; Excel itself allows 32,767."""

LONGEST_TAG = 100_000
"""Bytes of one XML tag of a workbook; what is longer is no ledger."""

FAULTS_TOLD = 5_000
"""Rows with faults that are returned; the rest is counted."""
