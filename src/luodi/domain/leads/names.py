"""Company names as they are compared: the same company written by two people gives the same letters."""

import re
import unicodedata

ENDINGS = (
    "有限责任公司", "股份有限公司", "集团有限公司", "有限合伙企业", "有限合伙", "有限公司", "股份公司", "集团公司",
    "总公司", "分公司", "公司", "集团",
)  # fmt: skip
"""What Chinese names end with that says what kind of company it is, not which; what holds another stands before it."""
LATIN = re.compile(
    r"(?:^|(?<=[\s\W_]))(?:company|co|corporation|corp|incorporated|inc|limited|ltd|llc|plc|gmbh|group|holdings)[\s\W_]*$"
)
"""The same of Latin names, as a word of its own: `Acme Co., Ltd.` ends so, `Costco` does not."""
SIGNS = re.compile(r"[\s\W_]+")
LEAST = 2
"""Letters two names must share whole before one inside the other is called alike."""


def bare(name: str) -> str:
    """A name for comparison: full-width letters as half-width, small, without signs and without the kind of company.

    `三一硅能科技有限公司` and `三一硅能科技 （有限公司）` give `三一硅能科技`.  A name that is nothing else is kept whole.
    """
    small = unicodedata.normalize("NFKC", name).casefold()
    while (shorter := LATIN.sub("", small)) != small and SIGNS.sub("", shorter):
        small = shorter
    plain = SIGNS.sub("", small)
    while ending := next((one for one in ENDINGS if plain.endswith(one) and len(plain) > len(one)), ""):
        plain = plain.removesuffix(ending)
    return plain


def alike(one: str, other: str) -> bool:
    """Whether two bare names may be one company: the same, or the shorter whole inside the longer."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= LEAST and short in long)
