"""People of a company: their numbers sealed, masked on pages, and opened only on the record."""

from datetime import datetime

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.accounts.sealing import seal, unseal
from luodi.domain import written
from luodi.domain.facts.codes import wrong_phone
from luodi.domain.vocabulary import Refusal
from luodi.journal.actions import append_reading
from luodi.leads.models import Person
from luodi.leads.saying import held, record


def add_person(
    *, lead: int, name: str, role: str, telephone: str, address: str, by: Acting, at: datetime, key: str | None = None
) -> None:
    """Add somebody of the company.  Telephone and address are sealed and never enter the record."""
    phone = telephone.strip()
    if phone and wrong_phone(phone) is not None:
        raise Refusal("lead_phone_wrong", field="telephone", value=phone[:40])
    with transaction.atomic():
        row = held(lead)
        one = Person.objects.create(
            lead=row, name=written.line(name, "name")[:100], role=written.line(role, "role", empty=True)[:100],
            telephone=seal(phone), address=seal(written.line(address, "address", empty=True)), at=at,
        )  # fmt: skip
        said = {"lead": row.pk, "person_row": one.pk, "name": one.name, "role": one.role}
        record("lead.person_added", row, said, by, at, key)


def open_number(*, lead: int, person: int, by: Acting, at: datetime) -> tuple[str, str]:
    """Telephone and address in the clear, for one look; that they were opened, and by whom, enters the zone's readings."""
    row = Person.objects.select_related("lead").filter(pk=person, lead=lead).first()
    if row is None:
        raise Refusal("lead_person_unknown")
    append_reading(by=by, at=at, zone=row.lead.zone_id, page="lead.person", subject=f"{lead}/{person}")
    return unseal(row.telephone), unseal(row.address)
