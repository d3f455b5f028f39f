"""What forms of talks choose from, who may owe what, and what saved time is worth."""

from fractions import Fraction
from typing import Annotated

from ninja import Query
from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn
from luodi.api.doors import reads
from luodi.api.problems import Words
from luodi.api.reads.dealings import TAG
from luodi.api.shapes import Shape, Slug
from luodi.desk.dealing.acts import owners
from luodi.desk.views import found
from luodi.domain.dealings import authority, saving
from luodi.domain.dealings.kinds import kinds

Written = Annotated[str, Field(max_length=40)]


class DealingKind(Shape):
    """A kind of term.  `form`: amount, date or text; `limit`: how far one's own kind of post may go in it alone."""

    kind: str
    name: Words
    side: str
    form: str
    unit: Words | None
    quota: str | None
    limit: Words | None = Field(description="Null for what the investor gives")


class DealingOwner(Shape):
    """An organisation that can owe something to or for a project."""

    id: int
    name: Words


class SavingAsked(BaseModel):
    """A loan not needed for so many months, one book in place of many reports, or both; as people write figures."""

    loan: Written = Field("", description="10⁴ yuan, or with its unit: 1.5 亿元")
    rate: Written = Field("", description="Of a year, in per cent")
    months: Written = ""
    reports: Written = ""
    fee: Written = Field("", description="Of each report, 10⁴ yuan")
    book_fee: Written = Field("", description="Of the one book, 10⁴ yuan")
    days: Written = Field("", description="Working days saved, each person")
    people: Written = ""
    day_cost: Written = Field("", description="Yuan of a person's day")


class MoneySaved(Shape):
    """10⁴ yuan; `exact`: nothing is rounded, else to a fen."""

    amount: str
    exact: bool


class Saving(Shape):
    """What it comes to; null where nothing was given.  loan × rate × months ÷ 12; fees of reports − fee of the book; labour."""

    interest: MoneySaved | None
    fees: MoneySaved | None
    labour: MoneySaved | None
    together: MoneySaved | None


@reads(TAG, "/dealings/kinds", "dealing.read", list[DealingKind], dated=False)
def dealing_kinds(request: SignedIn) -> list[dict[str, object]]:
    """The kinds of term, and how far one's own post may go in each alone.  No query."""
    limits = authority.authority()
    return [
        {
            "kind": one.id, "name": one.name, "side": one.side, "form": one.form, "quota": one.quota,
            "unit": one.measure.unit if one.measure else None,
            "limit": authority.told(limits.limit(request.acting.kind, one.id), one.id) if one.side == "zone" else None,
        }
        for one in kinds().values()
    ]  # fmt: skip


@reads(TAG, "/projects/{slug:slug}/owners", "dealing.write", list[DealingOwner], dated=False)
def dealing_owners(request: SignedIn, slug: Slug) -> list[dict[str, object]]:
    """The organisations that can owe something to or for a project.  Five queries at most."""
    return [{"id": one, "name": name} for one, name in owners(found(request, slug, "dealing.write"))]


@reads(TAG, "/saving", "dealing.read", Saving, dated=False)
def reckon_saving(request: SignedIn, asked: Query[SavingAsked]) -> dict[str, object]:
    """What months saved are worth in interest, and one book in labour and fees.  No query."""
    typed = asked.model_dump()
    loan = saving.loan_of(typed) if any(typed[name].strip() for name in ("loan", "rate", "months")) else None
    book = saving.book_of(typed)
    sums = [one.saved.exact for one in (loan, book) if one]
    both = saving.Money(sum(sums, Fraction())) if sums else None
    return {
        "interest": _money(loan.saved if loan else None), "fees": _money(book.fees if book else None),
        "labour": _money(book.labour if book else None), "together": _money(both),
    }  # fmt: skip


def _money(found: saving.Money | None) -> dict[str, object] | None:
    return {"amount": f"{found.figure:f}", "exact": found.ends} if found else None
