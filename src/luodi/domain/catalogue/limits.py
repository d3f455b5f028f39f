"""The number in force: which of a matter's dated numbers counts for a project on a date.

Precedence.  Only numbers whose `when` holds for the facts count.  Of those with a date of effect, the latest one that
is not after the date wins.  Where there is none, the attested numbers count (`seen`: date of effect unknown, so they
count for every date), the latest attested first.  Among equals a number with a condition goes before one without,
then the order of the files: zone before province, province before nation.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from luodi.domain.catalogue.matters import Kind, Matter, Number
from luodi.domain.clock.ledger import Terms
from luodi.domain.vocabulary import DayUnit, Refusal, Scalar

Facts = Mapping[str, Scalar]


def statutory(matter: Matter, facts: Facts, as_of: date) -> Number:
    """The number of days the law gives (or, where it is silent, the assumed one).

    A matter whose numbers all take effect later than `as_of` answers with the earliest of them: a plan needs a
    length, and the caller sees by `since > as_of` that it was not yet in force (`not_yet`).  Raises
    `Refusal("no_number_in_force")` where no number's condition holds at all.
    """
    found = in_force(matter.limits, facts, as_of) or _earliest(matter.limits, facts)
    if found is None:
        raise Refusal("no_number_in_force", matter=matter.id, date=as_of)
    return found


def promise(matter: Matter, facts: Facts, as_of: date) -> Number | None:
    """The promise in force, None where nobody promised (or not yet)."""
    return in_force(matter.promises, facts, as_of)


def terms(matter: Matter, facts: Facts, as_of: date) -> Terms:
    """The limits a case of the matter is handled under: the law's and the promised one.

    A minimum, such as a public notice, is no deadline: then neither binds.  Raises as `statutory`.
    """
    number = statutory(matter, facts, as_of)
    if number.kind is Kind.MIN:
        return Terms(None, DayUnit.WORKING)
    promised = promise(matter, facts, as_of)
    if promised is None:
        return Terms(number.days, number.unit, None, number.unit)
    return Terms(number.days, number.unit, promised.days, promised.unit)


def preparation(matter: Matter, facts: Facts, as_of: date) -> Number | None:
    """The applicant's own preparation, None where there is none; one known only for later counts already."""
    return in_force(matter.preparation, facts, as_of) or _earliest(matter.preparation, facts)


def not_yet(number: Number, as_of: date) -> bool:
    """Whether a number was taken although its date of effect is still to come."""
    return number.since is not None and number.since > as_of


def in_force(numbers: Iterable[Number], facts: Facts, as_of: date) -> Number | None:
    """The first number that counts on a date, by the precedence of this module."""
    dated, attested = None, None
    for number in numbers:
        if number.when is not None and not number.when.holds(facts):
            continue
        if number.since is None:
            if attested is None or _rank(number) > _rank(attested):
                attested = number
        elif number.since <= as_of and (dated is None or _rank(number) > _rank(dated)):
            dated = number
    return dated or attested


def _earliest(numbers: Iterable[Number], facts: Facts) -> Number | None:
    fitting = [one for one in numbers if one.since and (one.when is None or one.when.holds(facts))]
    return min(fitting, key=lambda one: (one.since or date.max, one.when is None), default=None)


def _rank(number: Number) -> tuple[date, bool]:
    return number.since or number.seen or date.min, number.when is not None
