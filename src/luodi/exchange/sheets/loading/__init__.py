"""Rows become what they mean: each kind of ledger goes in through the actions of its rooms, and nothing goes in twice."""

from luodi.exchange.sheets.loading.door import Line, Loader, Taken
from luodi.exchange.sheets.loading.indicators import Indicators
from luodi.exchange.sheets.loading.matters import Matters
from luodi.exchange.sheets.loading.milestones import Milestones
from luodi.exchange.sheets.loading.parcels import Parcels
from luodi.exchange.sheets.loading.people import People
from luodi.exchange.sheets.loading.projects import Projects
from luodi.exchange.sheets.loading.quotas import Quotas

LOADERS: dict[str, type[Loader]] = {
    "projects": Projects,
    "milestones": Milestones,
    "matters": Matters,
    "people": People,
    "quotas": Quotas,
    "indicators": Indicators,
    "parcels": Parcels,
}
"""By kind of ledger.  A kind without one can be checked, and waits for the room it belongs to."""

__all__ = ["LOADERS", "Line", "Loader", "Taken"]
