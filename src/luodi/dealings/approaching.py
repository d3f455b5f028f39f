"""Promises of both sides that fall due: whoever owes them is reminded before, and after."""

from collections.abc import Iterator
from datetime import date

from luodi.dealings import readers
from luodi.dealings.recording import page_of
from luodi.domain.dealings.kinds import kinds
from luodi.domain.dealings.terms import said
from luodi.domain.vocabulary import Text
from luodi.notices.reminders import Upcoming


def approaching(*, since: date, until: date) -> Iterator[Upcoming]:
    """Promises not yet kept whose day lies in a span: their owner is told.  Two queries."""
    for one in readers.due_between(since, until):
        name, value = kinds()[one.term.kind].name, said(one.term)
        about = Text(f"{name.zh}{one.term.subject} {value.zh}", f"{name.en} {one.term.subject} {value.en}")
        facts = {"project": one.project_name, "what": about}
        yield Upcoming(
            "promise_due", one.due, f"clause:{one.id}", facts, organisations=(one.owner,),
            link=page_of(one.project, one.owner_kind), project=one.project,
        )  # fmt: skip
