"""The saving calculator: what months saved are worth in interest, and one book in labour and fees.  All inputs are shown."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs
from luodi.desk.asked import status
from luodi.desk.dealing import asked
from luodi.domain.dealings.saving import BOOK, BOOKS, RUIHU, YANGCHENG, Loan, Money, OneBook, book_of, loan_of, said
from luodi.domain.vocabulary import Refusal

LOAN = {"loan": "1.5 亿元", "rate": "4.75", "months": "9"}


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What was asked and what it comes to; None where nothing, or nonsense, was given."""

    loan: Loan | None
    book: OneBook | None

    @property
    def both(self) -> Money | None:
        """Both savings together, where there are both."""
        return Money(self.loan.saved.exact + self.book.saved.exact) if self.loan and self.book else None


@require_GET
@needs("dealing.read")
def saving(request: SignedIn) -> HttpResponse:
    """The calculator; what was asked stands in the address, so that a result can be passed on.  No query."""
    typed = {name: request.GET.get(name, usual)[:40] for name, usual in (LOAN | dict.fromkeys(BOOK, "")).items()}
    wrong: dict[str, Refusal] = {}
    context = {
        "typed": typed,
        "wrong": wrong,
        "found": reckon(typed, wrong),
        "usual": "loan" not in request.GET,
        "ruihu": RUIHU,
        "yangcheng": YANGCHENG,
        "books": BOOKS,
        "each": tuple(Decimal(BOOKS[2]) / one for one in BOOKS[:2]),
        "shown": said,
        "place": "saving",
    }
    return render(request, "dealing/saving.html", context, status=status(asked.first(wrong)))


def reckon(typed: dict[str, str], wrong: dict[str, Refusal]) -> Reckoned:
    """Count what was typed; everything that is wrong is noted under its field."""
    loan = book = None
    try:
        loan = loan_of(typed)
    except Refusal as refused:
        wrong[str(refused.facts["field"])] = refused
    try:
        book = book_of(typed)
    except Refusal as refused:
        wrong[str(refused.facts["field"])] = refused
    return Reckoned(loan, book)
