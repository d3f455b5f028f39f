"""Whose first contact it was: claims with their evidence, disputes beside them, and shares that make one hundred percent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.leads import credit
from luodi.domain.vocabulary import Refusal
from luodi.leads.models import Credit
from luodi.leads.saying import happened, held, record


@dataclass(frozen=True, slots=True)
class Share:
    """A party of a division.  `share` in hundredths of a percent."""

    name: str
    share: int
    organisation: int | None = None


def claim_contact(
    *, lead: int, name: str, on: date, evidence: str, by: Acting, at: datetime, organisation: int | None = None,
    key: str | None = None,
) -> None:  # fmt: skip
    """Say who was first with a company, when, and by what it is proved.

    The first such row is the claim; every later one is a dispute beside it, and nothing is written over.
    """
    with transaction.atomic():
        row = held(lead)
        kind = "dispute" if Credit.objects.filter(lead=row, kind="claim").exists() else "claim"
        one = Credit.objects.create(
            lead=row, kind=kind, organisation_id=organisation, name=written.line(name, "name"), on=happened(on, at),
            evidence=written.text(evidence, "evidence"), who=by.label[:200], at=at,
        )  # fmt: skip
        said = {
            "lead": row.pk,
            "row": one.pk,
            "what": kind,
            "name": one.name,
            "on": on,
            "evidence": one.evidence[:2000],
        }
        record("lead.credit_claimed", row, said, by, at, key)


def share_credit(
    *, lead: int, shares: Sequence[Share], on: date, ground: str, by: Acting, at: datetime, key: str | None = None
) -> None:
    """Divide the credit: a new division, which holds from now on; earlier ones stay readable.

    Raises `Refusal`: nobody named, somebody named twice, or shares that do not make 100 %.
    """
    if not shares:
        raise Refusal("lead_shares_empty", field="shares")
    names = [written.line(one.name, "shares") for one in shares]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise Refusal("lead_shares_twice", field="shares", name=twice)
    credit.check([one.share for one in shares])
    words = written.text(ground, "ground")
    with transaction.atomic():
        row = held(lead)
        happened(on, at)
        division = (Credit.objects.filter(lead=row).aggregate(last=Max("division"))["last"] or 0) + 1
        for name, one in zip(names, shares, strict=True):
            Credit.objects.create(
                lead=row, division=division, kind="share", organisation_id=one.organisation, name=name, on=on,
                evidence=words, share=one.share, who=by.label[:200], at=at,
            )  # fmt: skip
        parts = [{"name": name, "share": one.share} for name, one in zip(names, shares, strict=True)]
        record("lead.credit_shared", row, {"lead": row.pk, "division": division, "shares": parts}, by, at, key)
