"""The sample talks and promises (`data/samples_dealings/`): invented contents on the dates of the articles, marked sample.

Whoever negotiates and approves there is one of the sample people, held to the same authority as everybody.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from luodi.accounts import readers as people
from luodi.accounts.acting import Acting
from luodi.dealings import actions, promises, readers
from luodi.dealings.actions import Owed, Table
from luodi.dealings.promises import Finding, Former
from luodi.dealings.recording import today
from luodi.domain.dealings.authority import Offer
from luodi.domain.dealings.kinds import kinds
from luodi.domain.dealings.terms import Key, Term, read
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import data_names, read_data
from luodi.domain.vocabulary import Refusal
from luodi.projects import readers as projects
from luodi.projects.readers import Recorded
from luodi.zones.reaching import acting_as

FOLDER = "samples_dealings"
SECOND = timedelta(seconds=1)


@dataclass
class Story:
    """A file while it is played: its project, the first day its days are counted from, and who acts."""

    root: ask.Row
    project: Recorded
    begins: date
    officer: Acting
    approver: Acting
    at: datetime

    def next(self) -> datetime:
        """The moment of the next act."""
        self.at += SECOND
        return self.at

    def day(self, row: ask.Row, key: str = "on") -> date:
        """A day: a date, or `+28`, so many days after the first."""
        written = ask.code(row, key)
        return self.begins + timedelta(days=int(written)) if written.startswith("+") else date.fromisoformat(written)

    def term(self, key: str, written: str) -> Term:
        """A term: `land/一期: 150 亩`; a date may be `+240`."""
        kind, _, subject = key.partition("/")
        if kinds()[kind].form == "date" and written.startswith("+"):
            written = (self.begins + timedelta(days=int(written))).isoformat()
        return read(kind, subject, written)


def load(*, by: Acting, at: datetime) -> int:
    """Play what is not there yet; how many projects were new.  Projects, people and quotas must be recorded before.

    `by` stands in the record for nothing here: the sample people act themselves.  Raises `BadInput` for a wrong file.
    """
    return sum(_play(name, by, at) for name in data_names(FOLDER))


@transaction.atomic
def _play(name: str, by: Acting, at: datetime) -> bool:
    faults = Faults(name)
    root = ask.row(read_data(name, faults), faults)
    project = projects.project(ask.text(root, "project"))
    officer, approver = (_acting(ask.text(root, one), at) for one in ("negotiator", "approver"))
    faults.settle()
    if project is None or officer is None or approver is None or _known(project, at):
        return False
    begins = project.file.milestones.get("contact", today(at))
    story = Story(root, project, begins, officer, approver, max(at, project.changed))
    for row in ask.children(root, "approvals"):
        _approve(story, row)
    terms: dict[Key, Term] = {}
    for row in ask.children(root, "rounds"):
        _round(story, row, terms)
    if signed := ask.child_or_none(root, "signed"):
        _sign(story, signed)
    for row in ask.children(root, "promises"):
        _promise(story, row)
    ask.close(root)
    faults.settle()
    return True


def _known(project: Recorded, at: datetime) -> bool:
    return bool(readers.last_round(project.id) or readers.clauses(project=project.id, today=today(at), limit=1))


def _acting(username: str, at: datetime) -> Acting | None:
    """The first post of one of the sample people that may negotiate."""
    on = today(at)
    kinds_of = ("investment_officer", "zone_officer", "leader")
    held = [
        one for kind in kinds_of for one in people.posts(on=on, kind=kind, words=username) if one.username == username
    ]
    return acting_as(held[0].id, on) if held else None


def _approve(story: Story, row: ask.Row) -> None:
    term = story.term(ask.text(row, "kind"), ask.code(row, "value"))
    words = term.words if term.size is None and term.on is None else ""
    actions.approve(
        project=story.project, offer=Offer(term.kind, term.size, words), document=ask.text(row, "document"),
        by=story.approver, at=story.next(),
    )  # fmt: skip


def _round(story: Story, row: ask.Row, terms: dict[Key, Term]) -> None:
    """A round: `set` and `drop` change the terms of the one before; `holds`: days from now for which the offer stands."""
    for key in ask.texts(row, "drop"):
        kind, _, subject = key.partition("/")
        terms.pop((kind, subject))
    for one in _terms(story, ask.child_or_none(row, "set")):
        terms[one.key] = one
    holds = ask.whole(row, "holds", None, low=1)
    until = today(story.at) + timedelta(days=holds) if holds else None
    table = Table(
        story.day(row), ask.text(row, "ours"), ask.text(row, "theirs"), "\n".join(ask.texts(row, "points")), until
    )
    last = readers.last_round(story.project.id)
    actions.record_round(
        project=story.project, after=last.number if last else 0, table=table, terms=tuple(terms.values()), by=story.officer,
        at=story.next(), sample=True,
    )  # fmt: skip


def _terms(story: Story, row: ask.Row | None) -> Iterator[Term]:
    for key, _ in ask.entries(row) if row else ():
        yield story.term(key, ask.code(row, key) if row else "")


def _sign(story: Story, row: ask.Row) -> None:
    """The signature; `owners` and `due` by kind of term, `investor`, `zone` and `usually` for all others."""
    owners, due = _texts(ask.child(row, "owners")), _texts(ask.child(row, "due"))
    last = readers.last_round(story.project.id)
    if last is None:
        raise Refusal("dealing_nothing_to_sign")
    numbers = {code: _organisation(code) for code in owners.values()}
    owed = [
        Owed(
            one.key, numbers[owners.get(one.kind) or owners[kinds()[one.kind].side]],
            one.on or _date(story, due.get(one.kind, due["usually"])),
        )
        for one in last.terms
    ]  # fmt: skip
    actions.sign(
        project=story.project, after=last.number, on=story.day(row), document=ask.text(row, "document"), owed=owed,
        by=story.officer, at=story.next(),
    )  # fmt: skip
    by_key = {one.term.key: one.id for one in readers.clauses(project=story.project.id, today=last.on, limit=500)}
    for finding in ask.children(row, "findings"):
        kind, _, subject = ask.text(finding, "term").partition("/")
        _find(story, by_key[kind, subject], finding)


def _promise(story: Story, row: ask.Row) -> None:
    number = promises.record_promise(
        project=story.project, term=story.term(ask.text(row, "term"), ask.code(row, "value")),
        owner=_organisation(ask.text(row, "owner")), due=story.day(row, "due"), document=ask.text(row, "document"),
        former=Former(ask.text(row, "official", ""), ask.text(row, "office", "")), by=story.officer, at=story.next(),
        sample=True,
    )  # fmt: skip
    for finding in ask.children(row, "findings"):
        _find(story, number, finding)


def _find(story: Story, clause: int, row: ask.Row) -> None:
    seen = readers.clause(clause)
    actual = ask.code(row, "actual", "")
    if actual.startswith("+"):
        actual = (story.begins + timedelta(days=int(actual))).isoformat()
    finding = Finding(ask.text(row, "state"), actual, ask.text(row, "evidence", ""), ask.text(row, "reason", ""))
    promises.find(
        project=story.project, clause=clause, seen=len(seen.outcomes) if seen else 0, finding=finding, by=story.officer,
        at=story.next(),
    )  # fmt: skip


def _organisation(code: str) -> int:
    found = people.organisation(code)
    if found is None:
        raise LookupError(code)
    return found.id


def _date(story: Story, written: str) -> date:
    return story.begins + timedelta(days=int(written)) if written.startswith("+") else date.fromisoformat(written)


def _texts(row: ask.Row) -> Mapping[str, str]:
    return {key: ask.code(row, key) for key, _ in ask.entries(row)}
