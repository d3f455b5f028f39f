"""What the search box answers: records within reach, matters of the handbook, pages to go to; grouped by kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.accounts.access import Scope, access
from luodi.accounts.gate import SignedIn
from luodi.desk.charting import answers
from luodi.desk.looking.places import going
from luodi.desk.reach import reach
from luodi.desk.tongue import language
from luodi.finding import readers
from luodi.finding.kinds import kinds
from luodi.finding.readers import Hit, Within
from luodi.finding.spelling import plain, words

LONGEST = 100
SHORTEST = 2
"""Letters of pinyin or code from which on records are looked up; one Chinese character is enough."""
EACH, MANY = 5, 40


@dataclass(frozen=True, slots=True)
class Line:
    """One thing found, as it is shown."""

    title: str
    about: str
    link: str


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of a kind; `more`: there is more than is shown."""

    kind: str
    name: str
    lines: tuple[Line, ...]
    more: bool


def seek(request: SignedIn, asked: str, *, only: str = "") -> tuple[Group, ...]:
    """What a post finds under what was typed, by kind; of one kind alone, more of it.  Two queries at most."""
    parts = [one for one in asked[:LONGEST].lower().split() if plain(one)]
    if not parts:
        return ()
    each = MANY if only else EACH
    within = {kind: reached for kind, reached in reaches(request).items() if only in ("", kind)}
    hits = readers.look(" ".join(parts), within=within, each=each + 1) if long_enough(parts) else ()
    found = [_group(kind, [one for one in hits if one.kind == kind], each) for kind in within]
    if not only:
        found.append(_going(request, parts))
    if only in ("", "matter"):
        found.append(_matters(parts, each))
    return tuple(one for one in found if one.lines)


def long_enough(parts: list[str]) -> bool:
    """Whether something is worth looking up: not for a single letter, which half of everything begins with."""
    return any(len(one) >= SHORTEST or not one.isascii() for one in map(plain, parts))


def reaches(request: SignedIn) -> Mapping[str, Within]:
    """The kinds of records a post may look up, and how far: as lists of the same function go.  One query at most."""
    table, acting = access(), request.acting
    scopes = {
        one.id: (table.scope(one.function, acting.kind), one.function)
        for one in kinds().values()
        if one.function in table.functions
    }
    narrow: Within | None = None
    found: dict[str, Within] = {}
    for kind, (scope, function) in scopes.items():
        if scope in (Scope.PROJECT, Scope.OWN):
            if narrow is None:
                within = reach(request, function)
                narrow = Within(within.zones, within.slugs)
            found[kind] = narrow
        elif scope in (Scope.ZONE, Scope.PROVINCE):
            found[kind] = Within(None if scope is Scope.PROVINCE else acting.reach)
    return found


def _group(kind: str, hits: list[Hit], each: int) -> Group:
    tongue = language()
    lines = tuple(Line(one.title[tongue], one.about[tongue], one.link) for one in hits[:each])
    return Group(kind, kinds()[kind].name[tongue], lines, len(hits) > each)


def _going(request: HttpRequest, parts: list[str]) -> Group:
    english = language() == "en"
    found = going(parts, getattr(request, "places", {}))
    lines = tuple(Line(one.en if english else one.zh, "", address) for address, one in found)
    return Group("place", _("Go to"), lines, more=False)


def _matters(parts: list[str], each: int) -> Group:
    rules, tongue = answers.catalogue(), language()
    wanted = [plain(part) for part in parts]
    found = [rules.matters[key] for key, held in _held().items() if all(part in held for part in wanted)]
    lines = tuple(
        Line(
            one.name[tongue],
            rules.units[one.unit][tongue] if one.unit in rules.units else "",
            reverse("matter", args=[one.id]),
        )
        for one in found[:each]
    )
    return Group("matter", _("Matters"), lines, len(found) > each)


@cache
def _held() -> dict[str, str]:
    """What each matter may be found by: names, papers, units, legal basis, pinyin and initials."""
    rules, made = answers.catalogue(), {}
    for one in rules.matters.values():
        unit = rules.units.get(one.unit)
        # Offices say 环评, 能评: the short form stands in the name of the paper.
        spoken = words((one.name.zh, one.output.zh), (one.id, one.name.en, one.output.en))
        rest = (one.legal_basis, unit.zh if unit else "", unit.en if unit else "")
        made[one.id] = "\n".join((spoken, *map(plain, rest)))
    return made
