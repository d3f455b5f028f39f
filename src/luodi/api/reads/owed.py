"""What is owed, and where works stand still."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Query
from pydantic import Field

from luodi.accounts.gate import SignedIn
from luodi.api.doors import reads
from luodi.api.problems import Words, plain
from luodi.api.shapes import After, Few, Light, Numbered, Page, Shape, Short
from luodi.cases.readers import halted
from luodi.cases.readers.halted import HaltRow
from luodi.debts import readers
from luodi.desk.owing import acts as debt_acts
from luodi.desk.owing import halt_views, telling, views
from luodi.desk.reach import reach
from luodi.domain.vocabulary import Refusal

TAG = "owed"


class Debt(Shape):
    """A commitment, deferral or letter.  `days_left`: working days to its day, negative when overdue; null: settled."""

    id: int
    project: str
    project_name: Words
    zone: str
    matter: str
    kind: str
    text: str
    standard: str
    papers: list[str]
    accepted_by: list[str]
    checker: str
    since: datetime
    due: date
    grace_until: date | None
    state: str
    rung: int
    days_left: int | None
    light: Light


class DebtStep(Shape):
    """A step about a debt."""

    at: datetime
    step: str
    who: str
    note: str
    state: str
    entry: str


class PossibleStep(Shape):
    """A verb, whether this post may do it now, and why, or why not."""

    verb: str
    name: Words
    allowed: bool
    why: Words | str = Field(description="Words, or the code of the refusal the act would meet")


class DebtWhole(Shape):
    """A debt with its steps and what may be done next."""

    row: Debt
    steps: list[DebtStep]
    acts: list[PossibleStep]


class HaltStep(Shape):
    """A step of a stop of works.  `late`: calendar days past its day."""

    id: str
    name: Words
    at: datetime | None
    due: date | None
    late: int


class Halt(Shape):
    """A stop of works.  `freezes`: matters and milestones that wait."""

    id: int
    project: str
    project_name: Words
    zone: str
    kind: str
    found: str
    found_at: datetime
    reported_to: str
    measures: str
    until: date | None
    resumed_at: datetime | None
    freezes: list[str]
    steps: list[HaltStep]


Kind = Annotated[Literal["commitment", "deferral", "letter"] | None, Query()]
State = Annotated[str | None, Query(max_length=20, description="A state; `settled`: all that are settled; `all`")]


@reads(TAG, "/debts", "debt.read", Page[Debt])
def debts(
    request: SignedIn, kind: Kind = None, state: State = None, project: Short = None, after: After = None,
    limit: Few = 50,
) -> dict[str, object]:  # fmt: skip
    """What is owed within reach, what is due first on top.  One query, two for a post that sees only its projects."""
    limits = reach(request, "debt.read")
    if state is not None and state not in (*views.LISTS, *telling.STATES):
        raise Refusal("unknown_switch", switch="state", value=state, known=", ".join(telling.STATES))
    rows = readers.owed(
        today=views.today_of(request), slug=project, zones=limits.zones, slugs=limits.slugs, kind=kind,
        state=state if state in telling.STATES else None, settled=views.LISTS.get(state or "", False),
        after=_after(after), limit=limit + 1, as_of=request.as_of,
    )  # fmt: skip
    more = f"{rows[limit - 1].due}~{rows[limit - 1].id}" if len(rows) > limit else None
    return {"rows": rows[:limit], "next": more}


def _after(text: str | None) -> tuple[date, int] | None:
    if text is None:
        return None
    day, _sep, number = text.partition("~")
    try:
        return date.fromisoformat(day), int(number[:15])
    except ValueError:
        raise Refusal("cursor_unknown") from None


@reads(TAG, "/debts/{int:debt}", "debt.read", DebtWhole)
def debt(request: SignedIn, debt: Numbered) -> dict[str, object]:
    """One debt with its steps and what may be done next.  Four queries."""
    row, team, unit = views.seen(request, debt)
    steps = readers.steps(debt, as_of=request.as_of)
    if request.as_of:
        return {"row": telling.then(row, steps), "steps": steps, "acts": []}
    offers = debt_acts.offers(
        row, request.acting, today=views.today_of(request), unit=unit.id if unit else None, team=team,
    )  # fmt: skip
    acts = [
        {
            "verb": one.verb, "name": one.name, "allowed": one.allowed,
            "why": one.why.code if isinstance(one.why, Refusal) else plain(one.why),
        }
        for one in offers
    ]  # fmt: skip
    return {"row": row, "steps": steps, "acts": acts}


@reads(TAG, "/halts", "halt.read", Page[Halt])
def halts(
    request: SignedIn, project: Short = None, over: bool = False,
    after: Annotated[int | None, Query(ge=1, le=2**53 - 1)] = None, limit: Few = 50,
) -> dict[str, object]:  # fmt: skip
    """Stops of works within reach, those not over, or those over.  One query, two for a post that sees only its own."""
    limits = reach(request, "halt.read")
    rows = halted.halts(
        project, now=request.now, zones=limits.zones, slugs=limits.slugs, open_only=not over, after=after,
        limit=limit + 1, as_of=request.as_of,
    )  # fmt: skip
    shown = rows[:limit]
    return {"rows": [halt_of(one) for one in shown], "next": str(shown[-1].id) if len(rows) > limit else None}


@reads(TAG, "/halts/{int:halt}", "halt.read", Halt)
def halt(request: SignedIn, halt: Numbered) -> dict[str, object]:
    """One stop of works, step by step.  Two queries."""
    row, _team = halt_views.seen(request, halt)
    return halt_of(row)


def halt_of(row: HaltRow) -> dict[str, object]:
    """A stop of works as the interface has it."""
    names = (
        "id", "project", "project_name", "zone", "found", "found_at", "reported_to", "measures", "until", "resumed_at",
        "freezes",
    )  # fmt: skip
    steps = [{"id": one.rule.id, "name": one.name, "at": one.at, "due": one.due, "late": one.late} for one in row.steps]
    return {name: getattr(row, name) for name in names} | {"kind": row.kind.id, "steps": steps}
