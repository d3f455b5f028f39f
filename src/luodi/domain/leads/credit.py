"""Credit for a first contact: shares in hundredths of a percent that sum to exactly one hundred percent."""

import re
from collections.abc import Sequence
from decimal import Decimal

from luodi.domain.vocabulary import Refusal, Text

WHOLE = 10_000
"""One hundred percent, in hundredths of a percent."""
PERCENT = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?", re.ASCII)


def share(written: str, field: str) -> int:
    """A share as people write it (`60`, `33.33 %`), in hundredths of a percent.  Raises `Refusal` beside its field."""
    plain = written.strip().removesuffix("%").removesuffix("％").strip()
    if not PERCENT.fullmatch(plain):
        raise Refusal("lead_share_unreadable", field=field, value=written.strip()[:40])
    found = int(Decimal(plain) * 100)
    if not 0 < found <= WHOLE:
        raise Refusal("lead_share_unreadable", field=field, value=written.strip()[:40])
    return found


def check(shares: Sequence[int]) -> None:
    """Nothing, where the shares make one hundred percent; raises `Refusal` with what they make."""
    if sum(shares) != WHOLE or any(one <= 0 for one in shares):
        raise Refusal("lead_shares_not_whole", total=said(sum(shares)).zh)


def even(count: int) -> tuple[int, ...]:
    """Shares for so many, as equal as hundredths of a percent allow; the first get what is left over."""
    each, over = divmod(WHOLE, count)
    return tuple(each + (place < over) for place in range(count))


def said(value: int) -> Text:
    """`33.33 %`."""
    figure = f"{Decimal(value) / 100:f}"
    plain = (figure.rstrip("0").rstrip(".") if "." in figure else figure) + " %"
    return Text(plain, plain)
