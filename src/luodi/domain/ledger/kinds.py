"""The kinds of quota: `data/quotas/*.yaml`, each with its unit, how it may be written, and what it rests on."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from types import MappingProxyType

from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.grounds import confidence_of, source_of, text_of, text_or_none
from luodi.domain.source.reading import data_names, read_data
from luodi.domain.vocabulary import Confidence, Source, Text

FOLDER = "quotas"
GROUPS: Mapping[str, Text] = MappingProxyType(
    {
        "land": Text("土地与耕地", "Land and cropland"),
        "energy": Text("能耗", "Energy"),
        "emission": Text("污染物排放", "Emissions"),
        "utility": Text("水电气热", "Utilities"),
        "space": Text("厂房", "Floor space"),
        "money": Text("资金", "Money"),
    }
)
STATUSES: Mapping[str, Text] = MappingProxyType(
    {
        "pm25": Text("细颗粒物（PM2.5）未达标县（市、区）", "County that misses the fine-dust (PM2.5) standard"),
        "ozone": Text("臭氧未达标县（市、区）", "County that misses the ozone standard"),
    }
)
"""What a county can be that changes how much must be replaced."""

NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,12})?")
MOST_DECIMALS = 6
LARGEST = 2**53 - 1
"""No amount in smallest units is larger: the record (RFC 8785) holds whole numbers up to here."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """How much reduction a new emission needs: `ratio` times as much, `doubled` where the county has a status of `when`.

    `direct_up_to`, in smallest units: so little a year is granted directly; said beside the amount, never subtracted.
    """

    ratio: int
    doubled: int
    when: frozenset[str]
    direct_up_to: int | None
    source: Source
    confidence: Confidence
    note: Text | None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of quota.  An amount is a whole number of 10^-`decimals` of `unit`; `ways`: units it may be written in.

    `yearly`: accounts are kept by year.  `greatest`, in smallest units: more in one step is a slip of the pen (a bound
    of this program, no number of law).
    """

    id: str
    name: Text
    group: str
    unit: Text
    decimals: int
    ways: Mapping[str, Fraction]
    yearly: bool
    greatest: int
    replacement: Replacement | None
    source: Source
    confidence: Confidence
    note: Text | None


@dataclass(frozen=True, slots=True)
class Charge:
    """What a need costs the account it is drawn from: `amount` = `need` × `ratio`; `direct`: little enough to be granted."""

    need: int
    amount: int
    ratio: int
    direct: bool


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by id, in the order of the files.  Raises `BadInput` with all faults of all files."""
    faults = Faults(FOLDER)
    found: dict[str, Kind] = {}
    for name in data_names(FOLDER):
        of_file = faults.of(name)
        for key, one in read_kinds(ask.row(read_data(name, of_file), of_file)).items():
            if key in found:
                of_file.add(None, "quota_repeated", quota=key)
            found[key] = one
    faults.settle()
    return MappingProxyType(dict(sorted(found.items(), key=lambda one: tuple(GROUPS).index(one[1].group))))


def read_kinds(root: ask.Row) -> dict[str, Kind]:
    """The kinds of one file, every problem noted."""
    return {key: _kind(key, row) for key, row in ask.rows(root)}


def charge(kind: Kind, need: int, statuses: Collection[str] = ()) -> Charge:
    """What a need of so much draws from the account, in a county of these statuses."""
    rule = kind.replacement
    if rule is None:
        return Charge(need, need, 1, direct=False)
    ratio = rule.doubled if rule.when & frozenset(statuses) else rule.ratio
    return Charge(need, need * ratio, ratio, rule.direct_up_to is not None and need <= rule.direct_up_to)


def _kind(key: str, row: ask.Row) -> Kind:
    decimals, unit = ask.whole(row, "decimals", low=0, high=MOST_DECIMALS), text_of(row, "unit")
    greatest = ask.whole(row, "greatest", low=1) * 10**decimals
    if greatest > LARGEST:
        row.faults.add(ask.line(row, "greatest"), "quota_bound_too_large", quota=key)
    found = Kind(
        key,
        ask.pair(row),
        ask.choice(row, "group", GROUPS),
        unit,
        decimals,
        _ways(row, unit),
        ask.choice(row, "period", ("year", "standing")) == "year",
        greatest,
        _replacement(ask.child(row, "replacement"), decimals) if ask.has(row, "replacement") else None,
        source_of(row),
        confidence_of(row),
        text_or_none(row, "note"),
    )
    ask.close(row)
    return found


def _ways(row: ask.Row, unit: Text) -> Mapping[str, Fraction]:
    """The units an amount may be written in, with what one of each is in the kind's own."""
    found = {unit.zh: Fraction(1), unit.en: Fraction(1)}
    if ask.has(row, "ways"):
        listed = ask.child(row, "ways")
        for word, _ in ask.entries(listed):
            written = ask.code(listed, word)
            if not NUMBER.fullmatch(written) or not Fraction(written):
                row.faults.add(ask.line(listed, word), "quota_way_unreadable", unit=word, value=written[:40])
            else:
                found[word] = Fraction(written)
    return MappingProxyType(found)


def _replacement(row: ask.Row, decimals: int) -> Replacement:
    direct = ask.code(row, "direct_up_to", None)
    if direct is not None and not NUMBER.fullmatch(direct):
        row.faults.add(ask.line(row, "direct_up_to"), "quota_way_unreadable", unit="direct_up_to", value=direct[:40])
        direct = None
    when = ask.texts(row, "when")
    for one in when:
        if one not in STATUSES:
            ask.unknown(row.faults, ask.item_line(row, "when", one), "unknown_key", one, STATUSES)
    ratio = ask.whole(row, "ratio", low=1, high=10)
    found = Replacement(
        ratio,
        ask.whole(row, "doubled", ratio, low=ratio, high=10),
        frozenset(when),
        None if direct is None else int(Fraction(direct) * 10**decimals),
        source_of(row),
        confidence_of(row),
        text_or_none(row, "note"),
    )
    ask.close(row)
    return found
