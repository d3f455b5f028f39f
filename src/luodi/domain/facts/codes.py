"""The identity numbers of the form: what their standards let a machine check, and no more."""

import re
from datetime import date

from luodi.domain.facts.wrong import Wrong

USCC_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V, Z
USCC_SHAPE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}", re.ASCII)
IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
IDENTITY_CHARACTERS = "10X98765432"
IDENTITY_SHAPE = re.compile(r"[0-9]{17}[0-9X]", re.ASCII)
PASSPORT_SHAPE = re.compile(r"(?=.*[0-9])[0-9A-Z]{5,12}", re.ASCII)
PROJECT_CODE_SHAPE = re.compile(r"[0-9]{2}(0[1-9]|1[0-2])-[0-9]{6}-[0-9]{2}-[0-9]{2}-[0-9]{6}", re.ASCII)
INDUSTRY_SHAPE = re.compile(r"([A-Z])([0-9]{2})[0-9]{2}", re.ASCII)
INDUSTRY_YEAR = 2017
INDUSTRY_SECTIONS = {
    "A": (1, 5), "B": (6, 12), "C": (13, 43), "D": (44, 46), "E": (47, 50), "F": (51, 52), "G": (53, 60),
    "H": (61, 62), "I": (63, 65), "J": (66, 69), "K": (70, 70), "L": (71, 72), "M": (73, 75), "N": (76, 79),
    "O": (80, 82), "P": (83, 83), "Q": (84, 85), "R": (86, 90), "S": (91, 96), "T": (97, 97),
}  # fmt: skip
INDUSTRIAL = ("B", "C", "D")
REGION_SHAPE = re.compile(r"14(00|0[1-9]|1[01])[0-9]{2}", re.ASCII)
PHONE_SHAPE = re.compile(r"1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}(-[0-9]{1,5})?", re.ASCII)
CAS_SHAPE = re.compile(r"([0-9]{2,7})-([0-9]{2})-([0-9])", re.ASCII)


def uscc_check_character(body: str) -> str:
    """The 18th character of a unified social credit code from its first 17 (GB 32100-2015: weights 3^(i-1) mod 31)."""
    total = sum(USCC_CHARACTERS.index(character) * pow(3, place, 31) for place, character in enumerate(body))
    return USCC_CHARACTERS[-total % 31]


def wrong_uscc(code: str) -> Wrong | None:
    """GB 32100-2015: shape and check character."""
    strange = "".join(dict.fromkeys(character for character in code if character not in USCC_CHARACTERS))
    if strange:
        return Wrong("uscc_character", {"value": code[:40], "strange": strange[:20]})
    if not USCC_SHAPE.fullmatch(code):
        return Wrong("uscc_shape", {"value": code[:40], "length": len(code)})
    expected = uscc_check_character(code[:17])
    return None if expected == code[17] else Wrong("uscc_check", {"value": code, "got": code[17]})


def wrong_identity(code: str) -> Wrong | None:
    """Resident identity number (GB 11643-1999, check by ISO 7064 MOD 11-2).  The number is never repeated in words."""
    if not IDENTITY_SHAPE.fullmatch(code):
        return Wrong("identity_shape", {"length": len(code)})
    try:
        date(int(code[6:10]), int(code[10:12]), int(code[12:14]))
    except ValueError:
        return Wrong("identity_birthday")
    total = sum(weight * int(digit) for weight, digit in zip(IDENTITY_WEIGHTS, code, strict=False))
    return None if IDENTITY_CHARACTERS[total % 11] == code[17] else Wrong("identity_check")


def wrong_passport(code: str) -> Wrong | None:
    """Letters and digits, 5 to 12 of them; passports have no common check digit."""
    return None if PASSPORT_SHAPE.fullmatch(code) else Wrong("passport_shape")


def wrong_project_code(code: str) -> Wrong | None:
    """National project code (GB/T 40058-2021): 4-6-2-2-6 digits.

    Never by its check digit: the published descriptions of that digit disagree.
    """
    return None if PROJECT_CODE_SHAPE.fullmatch(code) else Wrong("project_code_shape", {"value": code[:40]})


def wrong_industry(code: str) -> Wrong | None:
    """GB/T 4754-2017: a section letter and four digits, whose first two lie in the divisions of that section."""
    found = INDUSTRY_SHAPE.fullmatch(code)
    if not found:
        return Wrong("industry_shape", {"value": code[:40]})
    letter, division = found[1], int(found[2])
    first, last = INDUSTRY_SECTIONS.get(letter, (0, 0))
    if not first:
        return Wrong("industry_section_unknown", {"value": code, "letter": letter})
    if first <= division <= last:
        return None
    right = next((name for name, (low, high) in INDUSTRY_SECTIONS.items() if low <= division <= high), None)
    facts = {"value": code, "letter": letter, "first": f"{first:02}", "last": f"{last:02}", "division": found[2]}
    return Wrong("industry_section", facts | {"hint": f" → {right}{code[1:]}?" if right else ""})


def is_industrial(code: str) -> bool:
    """Whether an industry code counts as industry in statistics: sections B, C and D."""
    return code[:1] in INDUSTRIAL


def wrong_region(code: str) -> Wrong | None:
    """GB/T 2260: six digits of a place in Shanxi (14, then city 01 to 11 or 00 for the province)."""
    return None if REGION_SHAPE.fullmatch(code) else Wrong("region_shape", {"value": code[:40]})


def wrong_phone(code: str) -> Wrong | None:
    """A mobile number, or an area code with a number."""
    return None if PHONE_SHAPE.fullmatch(code) else Wrong("phone_shape", {"value": code[:40]})


def wrong_cas(code: str) -> Wrong | None:
    """A CAS registry number with its check digit (weights 1, 2, 3 … from the right)."""
    found = CAS_SHAPE.fullmatch(code)
    if not found:
        return Wrong("cas_shape", {"value": code[:40]})
    total = sum(weight * int(digit) for weight, digit in enumerate(reversed(found[1] + found[2]), start=1))
    return None if total % 10 == int(found[3]) else Wrong("cas_check", {"value": code})


CHECKS = {
    "uscc": wrong_uscc,
    "identity": wrong_identity,
    "passport": wrong_passport,
    "project_code": wrong_project_code,
    "industry": wrong_industry,
    "region": wrong_region,
    "phone": wrong_phone,
    "cas": wrong_cas,
}
"""By the name that `data/forms/fields.yaml` uses."""
