"""The file of the sample (`data/leads/samples.yaml`), read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from luodi.domain.leads.announced import Announced, Measure
from luodi.domain.leads.money import yuan
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_data
from luodi.domain.vocabulary import Refusal

FILE = "leads/samples.yaml"
BASES = ("article", "sample")


@dataclass(frozen=True, slots=True)
class GivenLead:
    """A lead of the file, its days as they are on the day of loading."""

    id: str
    zone: str
    words: Mapping[str, str]  # company, title, sector, …
    contacted: date
    amount: int | None
    project: str
    sample: bool
    owner: str
    step: str
    due: date | None
    stages: Mapping[str, date]
    status: str
    reason: str
    rival: str
    status_on: date
    claimed: tuple[str, date, str] | None
    shares: Mapping[str, int]  # percent
    gap: tuple[date, date] | None
    played: str  # the project that plays the same case in the demo


@dataclass(frozen=True, slots=True)
class GivenRow:
    """A row of an event's list."""

    lead: str
    part: str
    project: str
    place: str
    amount: int | None


@dataclass(frozen=True, slots=True)
class GivenMeeting:
    """A visit or event of the file."""

    id: str
    zone: str
    words: Mapping[str, str]  # kind, title, place, …
    on: date
    exact: bool
    rows: tuple[GivenRow, ...]
    announced: tuple[Announced, ...]
    sample: bool


def given(today: date) -> tuple[tuple[GivenLead, ...], tuple[GivenMeeting, ...]]:
    """The file.  Raises `BadInput` with every fault of it."""
    faults = Faults(FILE)
    root = ask.row(read_data(FILE, faults), faults)
    leads = tuple(_lead(key, row, today) for key, row in ask.rows(ask.child(root, "leads")))
    meetings = tuple(_meeting(key, row, today) for key, row in ask.rows(ask.child(root, "meetings")))
    ask.close(root)
    faults.settle()
    return leads, meetings


def _lead(key: str, row: ask.Row, today: date) -> GivenLead:
    names = ("company", "title", "sector", "region", "channel", "programme", "source", "note")
    words = {name: ask.text(row, name, "") for name in names}
    contacted = _day(row, "contacted", today)
    status, reason, rival, status_on = _status(ask.child_or_none(row, "status"), today)
    gap = ask.child_or_none(row, "gap")
    ask.flag(row, "month", False)
    found = GivenLead(
        key, ask.text(row, "zone"), words, contacted, _amount(row), ask.text(row, "project", ""),
        ask.choice(row, "basis", BASES) == "sample", ask.text(row, "owner", ""), ask.text(row, "step", ""),
        today + timedelta(days=ask.whole(row, "due", 0)) if ask.has(row, "due") else None, _stages(row, today), status, reason,
        rival, status_on, _claim(ask.child_or_none(row, "credit"), today), _shares(ask.child_or_none(row, "shares")),
        (_ago(gap, "since", today), _ago(gap, "until", today)) if gap else None, ask.text(row, "played", ""),
    )  # fmt: skip
    ask.close(row)
    return found


def _stages(row: ask.Row, today: date) -> dict[str, date]:
    found: dict[str, date] = {}
    dated, counted = ask.child_or_none(row, "stages"), ask.child_or_none(row, "staged")
    for stage, _ in ask.entries(dated) if dated else ():
        found[stage] = ask.day(dated, stage) if dated else today
    for stage, _ in ask.entries(counted) if counted else ():
        found[stage] = _ago(counted, stage, today) if counted else today
    return found


def _status(row: ask.Row | None, today: date) -> tuple[str, str, str, date]:
    """Word, reason, rival and day of a status that came after the first."""
    if row is None:
        return "", "", "", today
    reason, rival = ask.text(row, "reason"), ask.text(row, "rival", "")
    word = next(key for key, _ in ask.entries(row) if key not in ("reason", "rival"))
    return word, reason, rival, _ago(row, word, today)


def _claim(row: ask.Row | None, today: date) -> tuple[str, date, str] | None:
    if row is None:
        return None
    found = (ask.text(row, "name"), _day(row, "on", today), ask.text(row, "evidence"))
    ask.close(row)
    return found


def _shares(row: ask.Row | None) -> dict[str, int]:
    return {name: ask.whole(row, name, low=1, high=100) for name, _ in ask.entries(row)} if row else {}


def _meeting(key: str, row: ask.Row, today: date) -> GivenMeeting:
    names = ("kind", "title", "place", "ours", "theirs", "said", "source")
    leads = tuple(GivenRow(one, "", "", "", None) for one in ask.texts(row, "leads"))
    found = GivenMeeting(
        key, ask.text(row, "zone", ""), {name: ask.text(row, name, "") for name in names}, _day(row, "on", today),
        not ask.flag(row, "month", False), leads + tuple(_row(one) for one in ask.children(row, "rows")),
        tuple(_announced(one) for one in ask.children(row, "announced")), ask.choice(row, "basis", BASES) == "sample",
    )  # fmt: skip
    ask.close(row)
    return found


def _row(row: ask.Row) -> GivenRow:
    lead, part, project, place = (ask.text(row, name, "") for name in ("lead", "part", "project", "place"))
    found = GivenRow(lead, part, project, place, _amount(row))
    ask.close(row)
    return found


def _announced(row: ask.Row) -> Announced:
    part, measure = ask.text(row, "part", ""), Measure(ask.choice(row, "measure", tuple(Measure)))
    figure = (_amount(row, "figure") or 0) if measure is Measure.AMOUNT else ask.whole(row, "figure", low=0)
    ask.close(row)
    return Announced(part, measure, figure)


def _amount(row: ask.Row, key: str = "amount") -> int | None:
    try:
        return yuan(ask.code(row, key, ""), key)
    except Refusal as refused:
        row.faults.add(ask.line(row, key), refused.code, **refused.facts)
        return None


def _day(row: ask.Row, key: str, today: date) -> date:
    """A date, or `days` counted back from today."""
    return _ago(row, "days", today) if ask.has(row, "days") else ask.day(row, key)


def _ago(row: ask.Row, key: str, today: date) -> date:
    return today - timedelta(days=ask.whole(row, key))
