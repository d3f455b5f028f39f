"""Who may decide a case on a day: the table of powers alone says so, and the paper it names is printed on the decision."""

from datetime import date

from luodi.accounts.acting import Acting
from luodi.cases.held import Held
from luodi.cases.limits import OWNER
from luodi.domain.vocabulary import Refusal, Text
from luodi.zones.readers import may_decide


def document_of_power(held: Held, by: Acting, on: date) -> str:
    """The paper that gives the acting organisation the power to decide this case.  One query.

    Raises `Refusal`: `case_of_another_unit` where another unit handles it, `no_power_to_decide` where the table of
    powers has no row for organisation, matter and day.  What the enterprise looks after itself needs no power.
    """
    row = held.row
    if held.matter.unit == OWNER:
        return ""
    if by.organisation != row.organisation_id:
        unit = row.organisation
        raise Refusal("case_of_another_unit", unit=Text(unit.zh, unit.en))
    power = may_decide(by.organisation, row.matter, on)
    if power is None:
        raise Refusal("no_power_to_decide", unit=by.organisation_name, matter=held.matter.name, on=on)
    return power.document
