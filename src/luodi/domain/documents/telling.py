"""A verdict in words that anyone understands: the answer first, then why, then what the seal says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from luodi.domain.documents.verdict import Outcome, Verdict
from luodi.domain.events.canonical import moment_of
from luodi.domain.source import asking as ask
from luodi.domain.source.tables import read_table
from luodi.domain.vocabulary import Text

FILE = "documents/verdicts.yaml"
CHINA = ZoneInfo("Asia/Shanghai")
SIGNED = ("number", "title", "issuer", "until")
"""What a document says of itself, in this order."""


@dataclass(frozen=True, slots=True)
class Words:
    """All of `verdicts.yaml`."""

    outcomes: Mapping[str, Text]
    reasons: Mapping[str, Text]
    lines: Mapping[str, Text]


@cache
def words() -> Words:
    """The words of verdicts.  Raises `BadInput` where an outcome has none."""
    return read_table(FILE, _read)


def headline(verdict: Verdict) -> Text:
    """The answer in two or three words."""
    return words().outcomes[verdict.outcome]


def reason(verdict: Verdict) -> Text:
    """Why, in a sentence."""
    return words().reasons[verdict.why]


def particulars(verdict: Verdict) -> tuple[Text, ...]:
    """What the document and its seal say, line by line; whether it was looked up in the list of the revoked comes last."""
    found = [_line(name, text=verdict.about[name]) for name in SIGNED if name in verdict.about]
    seal = verdict.seal
    if seal is not None:
        found.append(_line("signer", text=seal.signer, issuer=seal.issuer))
        if seal.sealed_at is not None:
            found.append(_line("sealed_at", text=_clock(seal.sealed_at), stamper=seal.stamper))
        found.append(_line("digest", text=seal.digest))
    entry = verdict.revoked
    if entry is not None:
        found += [_line("revoked_on", text=entry.on.isoformat()), _line("reason", text=entry.reason)]
        found += [_line("by", text=entry.by)] if entry.by else []
    if verdict.outcome in (Outcome.VALID, Outcome.REVOKED, Outcome.EXPIRED):
        found.append(
            _line("listed_at", text=_clock(moment_of(verdict.listed_at))) if verdict.listed_at else _line("unlisted")
        )
    return tuple(found)


def told(verdict: Verdict, language: str) -> tuple[str, ...]:
    """The whole verdict as lines of text."""
    colon = ": " if language.startswith("en") else "："
    first = f"{headline(verdict)[language]}{colon}{reason(verdict)[language]}"
    return (first, *(line[language] for line in particulars(verdict)))


def _clock(at: datetime) -> str:
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"


def _line(name: str, **facts: str) -> Text:
    found = words().lines[name]
    return Text(found.zh.format(**facts), found.en.format(**facts))


def _read(root: ask.Row) -> Words:
    found = Words(*({key: _pair(row) for key, row in ask.rows(ask.child(root, part))} for part in PARTS))
    ask.close(root)
    return found


PARTS = ("outcomes", "reasons", "lines")


def _pair(row: ask.Row) -> Text:
    pair = ask.pair(row)
    ask.close(row)
    return pair
