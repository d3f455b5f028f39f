"""What a form about a case asks for: each verb with the function it needs and the action that does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict

from django.http import QueryDict

from luodi.accounts.acting import Acting
from luodi.cases import actions
from luodi.desk import asked
from luodi.domain.handling.corrections import correction_kinds
from luodi.domain.vocabulary import Refusal
from luodi.domain.written import line, text


class Mark(TypedDict):
    """What every act on a case carries: which case, as the page showed it, who, when, and the key of the form."""

    case: int
    seq: int
    by: Acting
    at: datetime
    key: str | None


@dataclass(frozen=True, slots=True)
class Verb:
    """An act: the function its doer needs, and how a form is handed to the action."""

    function: str
    do: Callable[[QueryDict, Mark], object]


def day_or_none(form: QueryDict, name: str) -> date | None:
    """A date that may be left out."""
    return asked.day(form, name) if asked.given(form, name) else None


def words(form: QueryDict, name: str, *, empty: bool = True) -> str:
    """A text of a form, whole; endless ones are refused."""
    return text(form.get(name, ""), name, empty=empty)


def papers(form: QueryDict) -> tuple[actions.Paper, ...]:
    """The check list of a correction: each ticked kind with the paper it is about."""
    ticked = [kind for kind in form.getlist("kind") if kind in correction_kinds()]
    if not ticked:
        raise Refusal("desk_nothing_ticked")
    return tuple(
        actions.Paper(
            kind=kind,
            name=line(form.get(f"paper-{kind}", ""), f"paper-{kind}", empty=True) or correction_kinds()[kind].name.zh,
            note=words(form, f"note-{kind}"),
        )
        for kind in ticked
    )


def conditions(form: QueryDict) -> dict[str, str]:
    """The conditions of a stage that are met, each with its evidence."""
    return {
        name.removeprefix("met-"): line(form.get(name, ""), name, empty=True)
        for name in form
        if name.startswith("met-") and form.get(name, "").strip()
    }


def ask_correction(form: QueryDict, mark: Mark) -> object:
    """One notice with all that is missing."""
    return actions.ask_correction(**mark, papers=papers(form), due=asked.day(form, "due"), reason=words(form, "reason"))


def pause(form: QueryDict, mark: Mark) -> object:
    """The clock stops, on a ground."""
    return actions.pause(
        **mark, kind=form.get("pause", ""), reason=words(form, "reason", empty=False), until=day_or_none(form, "until")
    )


def grant(form: QueryDict, mark: Mark) -> object:
    """Yes; with papers that come later where some are ticked."""
    deferred = form.getlist("deferred")
    return actions.decide(
        **mark,
        outcome="granted_deferred" if deferred else "granted",
        result=line(form.get("result", ""), "result", empty=True),
        reason=words(form, "reason"),
        deferred=deferred,
        conditions=conditions(form),
    )


def deny(form: QueryDict, mark: Mark) -> object:
    """No, with the reason and the ground."""
    return actions.decide(
        **mark,
        outcome="denied",
        reason=words(form, "reason", empty=False),
        basis=line(form.get("basis", ""), "basis", empty=False),
    )


def commit(form: QueryDict, mark: Mark) -> object:
    """Granted on a written commitment, to be checked afterwards."""
    return actions.commit(
        **mark,
        text=words(form, "text", empty=False),
        standard=words(form, "standard"),
        due=asked.day(form, "due"),
        checker=form.get("checker", ""),
    )


def ask(form: QueryDict, mark: Mark) -> object:
    """Another unit is asked."""
    return actions.ask(
        **mark,
        organisation=asked.number(form, "organisation"),
        kind=form.get("asking", ""),
        question=words(form, "question", empty=False),
        due=day_or_none(form, "due"),
    )


def extend(form: QueryDict, mark: Mark) -> object:
    """A longer limit, with its approver's reason."""
    return actions.extend(
        **mark,
        kind=form.get("extension", "") or "unit_head",
        days=asked.number(form, "days"),
        reason=words(form, "reason", empty=False),
    )


def refuse(form: QueryDict, mark: Mark) -> object:
    """Not accepted: no licence is needed, or it belongs elsewhere."""
    return actions.refuse(
        **mark,
        outside=form.get("outside") == "yes",
        reason=words(form, "reason", empty=False),
        basis=line(form.get("basis", ""), "basis", empty=True),
    )


VERBS: Mapping[str, Verb] = {
    "accept": Verb("case.accept", lambda form, mark: actions.accept(**mark, deferred=form.getlist("deferred"))),
    "refuse": Verb("case.accept", refuse),
    "ask_correction": Verb("case.handle", ask_correction),
    "receive_correction": Verb(
        "case.handle", lambda form, mark: actions.receive_correction(**mark, note=words(form, "note"))
    ),
    "start_handling": Verb("case.handle", lambda form, mark: actions.start_handling(**mark)),
    "pause": Verb("case.handle", pause),
    "resume": Verb("case.handle", lambda form, mark: actions.resume(**mark, note=words(form, "note"))),
    "extend": Verb("clock.extend", extend),
    "decide": Verb("case.decide", grant),
    "deny": Verb("case.decide", deny),
    "commit": Verb("case.decide", commit),
    "withdraw": Verb(
        "case.withdraw", lambda form, mark: actions.withdraw(**mark, reason=words(form, "reason", empty=False))
    ),
    "revoke": Verb(
        "case.revoke",
        lambda form, mark: actions.revoke(
            **mark,
            reason=words(form, "reason", empty=False),
            basis=line(form.get("basis", ""), "basis", empty=False),
        ),
    ),
    "assign": Verb(
        "case.assign",
        lambda form, mark: actions.assign(
            **mark, role=form.get("role", "owner"), post=asked.number(form, "post"), note=words(form, "note")
        ),
    ),
    "release": Verb(
        "case.assign",
        lambda form, mark: actions.release(**mark, role=form.get("role", ""), post=asked.number(form, "post")),
    ),
    "ask": Verb("case.ask", ask),
    "answer": Verb(
        "case.answer",
        lambda form, mark: actions.answer(
            asking=asked.number(form, "asking"),
            opinion=form.get("opinion", ""),
            answer=words(form, "answer"),
            by=mark["by"],
            at=mark["at"],
            key=mark["key"],
        ),
    ),
}
"""Every verb a page offers.  `decide` and `deny` are the two ends of a decision."""
