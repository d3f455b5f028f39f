"""What every rule rests on, as it stands in a file: its source and its confidence; and texts in both languages."""

from luodi.domain.source import asking as ask
from luodi.domain.vocabulary import Confidence, DayUnit, Source, Text

CONFIDENCES = tuple(confidence.value for confidence in Confidence)
UNITS = tuple(unit.value for unit in DayUnit)


def source_of(owner: ask.Row) -> Source:
    """The source of a rule; its absence has a code of its own, since no rule may stand without one."""
    if not ask.has(owner, "source"):
        owner.faults.add(ask.line(owner), "missing_source")
        return Source("")
    row = ask.child(owner, "source")
    names = ("article", "link", "place")
    found = Source(ask.text(row, "title"), *(ask.text(row, name, None) for name in names))
    ask.close(row)
    return found


def confidence_of(owner: ask.Row) -> Confidence:
    """The confidence of a rule, which must be said."""
    if not ask.has(owner, "confidence"):
        owner.faults.add(ask.line(owner), "missing_confidence")
        return Confidence.ASSUMPTION
    return Confidence(ask.choice(owner, "confidence", CONFIDENCES))


def unit_of(owner: ask.Row) -> DayUnit:
    """The unit in which days are counted."""
    return DayUnit(ask.choice(owner, "unit", UNITS))


def text_of(owner: ask.Row, key: str) -> Text:
    """A table of just `zh` and `en` under a required key."""
    row = ask.child(owner, key)
    found = ask.pair(row) if row.table.entries else Text("", "")
    ask.close(row)
    return found


def text_or_none(owner: ask.Row, key: str) -> Text | None:
    """A table of just `zh` and `en`, None where the key is absent."""
    return text_of(owner, key) if ask.has(owner, key) else None
