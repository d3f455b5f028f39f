"""Another unit is asked about many cases at once: one question, one day for its answer."""

from collections.abc import Sequence

from django.http import QueryDict

from luodi.accounts import readers as accounts
from luodi.cases import actions, readers
from luodi.cases.readers import CasePage
from luodi.desk import asked
from luodi.desk.looking.case_verbs import effect_of, seen, team_of
from luodi.desk.looking.verbs import Effect, Field, Given, Moment, Verb
from luodi.domain.clock.office import day_of
from luodi.domain.handling.askings import asking_kinds
from luodi.domain.vocabulary import Refusal, Text
from luodi.domain.written import text
from luodi.finding.many import Outcome, StepRow
from luodi.zones import readers as zones


def weigh(moment: Moment, number: str, given: Given | None) -> Effect:
    """Asking another unit about one case."""
    page = seen(moment, number)
    acts = readers.next_acts(page, moment.by, now=moment.at, project_posts=team_of(moment, page))
    act = next(one for one in acts if one.verb == "ask")
    why: Text | Refusal | None = None if act.allowed else act.why
    will = Text("", "")
    if why is None and given is not None:
        unit = accounts.organisation(int(str(given["organisation"])))
        if unit is None:
            why = Refusal("asked_unknown")
        elif unit.id == page.row.organisation:
            why = Refusal("asked_itself")
        elif any(one.organisation == unit.id and one.answered_at is None for one in page.askings):
            why = Refusal("asked_already", unit=unit.name)
        else:
            will = Text(f"征求 {unit.name.zh}", f"ask {unit.name.en}")
    return effect_of(page, will, why)


def ask(moment: Moment, effect: Effect, step: StepRow, given: Given, key: str) -> Outcome:
    """Ask."""
    page: CasePage = effect.subject
    done = actions.ask(
        case=page.row.id, seq=step.seq, organisation=int(str(given["organisation"])), kind=str(given["kind"]),
        question=str(given["question"]), due=None, by=moment.by, at=moment.at, key=key,
    )  # fmt: skip
    return Outcome({}, done.seq)


def fields(moment: Moment, effects: Sequence[Effect]) -> tuple[Field, ...]:
    """Whom to ask, in which way, and what."""
    zone = effects[0].subject.row.zone if effects else ""
    units = accounts.organisations(zones=zones.chain(zone), on=day_of(moment.at)) if zone else ()
    kinds = tuple((id_, kind.name) for id_, kind in asking_kinds().items() if kind.days is not None)
    return (
        Field(
            "organisation", Text("单位", "Unit"), "choice", tuple((str(one.id), one.name) for one in units if one.unit)
        ),
        Field("kind", Text("方式", "Way"), "choice", kinds),
        Field("question", Text("问题", "Question")),
    )


def _given(sent: QueryDict, _moment: Moment) -> Given:
    kind = sent.get("kind", "")
    if kind not in asking_kinds() or asking_kinds()[kind].days is None:
        raise Refusal("choice_missing", field="kind")
    question = text(sent.get("question", ""), "question", longest=500)
    return {"organisation": asked.number(sent, "organisation"), "kind": kind, "question": question}


ASK = Verb("ask", Text("征求意见", "Ask another unit"), "case.ask", "inbox", "inbox", fields, _given, weigh, ask)
