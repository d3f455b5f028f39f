"""What time saved is worth, exactly."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.domain.dealings.saving import FEN, Loan, Money, OneBook


def test_ruihu_saved_534_375_exactly():
    saved = Loan(Decimal(15_000), Decimal("4.75"), Decimal(9)).saved
    assert (saved.figure, saved.ends) == (Decimal("534.375"), True)


@pytest.mark.slow
@given(
    st.decimals(0, 10**7, places=4), st.decimals(0, 30, places=4), st.decimals(0, 600, places=2),
)  # fmt: skip
def test_interest_is_exact_or_says_so(amount, rate, months):
    saved = Loan(amount, rate, months).saved
    assert saved.exact * 12 == Fraction(amount) * Fraction(rate) / 100 * Fraction(months)
    off = abs(Fraction(saved.figure) - saved.exact)
    assert off == 0 if saved.ends else 0 < off <= Fraction(1, 2 * 10**FEN)


def test_what_never_ends_is_rounded_half_up_to_a_fen():
    assert Money(Fraction(1, 3)).figure == Decimal("0.333333")
    assert Money(Fraction(-2, 3)).figure == Decimal("-0.666667")
    assert not Money(Fraction(1, 3)).ends


def test_one_book():
    book = OneBook(
        reports=7, fee=Decimal("4.5"), book_fee=Decimal(12), days=Decimal("32.5"), people=2, day_cost=Decimal(400)
    )
    assert (book.fees.figure, book.labour.figure, book.saved.figure) == (
        Decimal("19.5"),
        Decimal("2.6"),
        Decimal("22.1"),
    )
