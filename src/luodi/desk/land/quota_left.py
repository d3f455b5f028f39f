"""What the ledgers have left of new construction land, for whoever looks for a site."""

from luodi.domain.ledger.kinds import kinds
from luodi.ledgers import readers

QUOTA = "new_construction_land"


def land_left(year: int) -> dict[str, float]:
    """Mu of new construction land that can still be promised in a year, by zone; zones without a ledger are missing.

    One query.
    """
    unit = 10 ** kinds()[QUOTA].decimals
    rows = readers.accounts(quota=QUOTA, level="zone")
    return {row.zone: row.sums.available / unit for row in rows if row.period == str(year) and row.zone}
