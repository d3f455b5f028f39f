"""A declared area beside the measured one: the same, or what slip makes them differ."""

from math import log10

from luodi.domain.facts.quantities import UNITS, Quantity, quantity
from luodi.domain.facts.wrong import Wrong
from luodi.domain.land.parcels import SQUARE_METRES
from luodi.domain.land.states import Tolerance

MEANT = ("亩", "公顷", "平方米")
"""The units that are mixed up, most usual first."""
SAME_DIGITS = 0.02
"""So near a power of ten the digits are the same: a slip of the decimal point."""


def declared(value: object, unit: str | None = None) -> Quantity | Wrong:
    """An area as written, in m².  A bare number is refused: nobody knows whether mu, hectares or m² were meant."""
    found = quantity(value, "m2", unit)
    if isinstance(found, Wrong):
        return found
    if unit is None and _bare(value):
        return Wrong("parcel_area_without_unit", {"value": str(value)[:40]})
    return Wrong("not_an_amount", {"value": found.written, "unit": "m²"}) if found.amount <= 0 else found


def differing(given: Quantity, measured: float, tolerance: Tolerance) -> Wrong | None:
    """Why a declared area cannot be that of the shape (`measured` m²); None where they agree."""
    stated = float(given.amount)
    facts = {"declared": given.written, "measured": round(measured / SQUARE_METRES, 2)}
    if stated > tolerance.largest * SQUARE_METRES:
        return Wrong("parcel_area_impossible", facts | {"largest": f"{tolerance.largest:,.0f}"})
    ratio = stated / measured
    if abs(ratio - 1) <= tolerance.share:
        return None
    read = next((unit for unit in MEANT if unit in given.written), "")
    for meant in MEANT if read else ():
        again = stated / float(UNITS["m2"][read]) * float(UNITS["m2"][meant])
        if abs(again / measured - 1) <= tolerance.share:
            return Wrong("parcel_area_unit", facts | {"read": read, "meant": meant})
    power = round(log10(ratio))
    if power and abs(ratio / 10**power - 1) <= SAME_DIGITS:
        return Wrong("parcel_area_digits", facts | {"times": f"{10 ** abs(power):,}"})
    return Wrong("parcel_area_differs", facts | {"share": round((ratio - 1) * 100, 1)})


def _bare(value: object) -> bool:
    if not isinstance(value, str):
        return True
    return value.strip().replace(",", "").replace("，", "").replace(".", "", 1).isdigit()
