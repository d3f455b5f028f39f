"""Milestones by rows: dates of projects that are recorded."""

from luodi.exchange.sheets.loading.recorded import OnRecord


class Milestones(OnRecord):
    """The milestone ledger: an empty cell changes nothing."""

    kind = "milestones"
