"""The plan as JSON: a stable, versioned format (`format: 1`), written for machines and read back as a baseline."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from luodi.domain.catalogue.matters import Number
from luodi.domain.planning.levers import LeverWorth
from luodi.domain.planning.plan_reading import plan_of
from luodi.domain.planning.result import Debt, Infeasible, Move, Plan, Step
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_file
from luodi.domain.vocabulary import Text

FORMAT = 1
QUANTUM = 1024
"""Shares are written as multiples of 1/1024 day, which floats hold exactly, so that they still sum to the total."""


def both(text: Text) -> dict[str, str]:
    """A text in both languages."""
    return {"zh": text.zh, "en": text.en}


def plan_document(plan: Plan) -> dict[str, object]:
    """A plan as plain values."""
    span = plan.span
    return {
        "format": FORMAT,
        "project": {"id": plan.project, "name": both(plan.name)},
        "as_of": plan.as_of.isoformat(),
        "catalogue": {"digest": plan.catalogue_digest, "as_of": plan.catalogue_as_of.isoformat()},
        "regime": plan.regime,
        "levers": list(plan.levers),
        "status": plan.status.value,
        "milestones": {id_: day.isoformat() for id_, day in plan.milestones.items()},
        "span": {
            "from": span.from_id,
            "to": span.to_id,
            "start": span.start.isoformat(),
            "finish": span.finish.isoformat(),
            "calendar_days": span.calendar_days,
            "working_days": span.working_days,
        },
        "lower_bound": {
            "calendar_days": plan.lower_bound.calendar_days,
            "finish": plan.lower_bound.finish.isoformat(),
            "proof": plan.lower_bound.proof,
            "words": both(plan.lower_bound.words),
        },
        "gap_days": plan.gap_days,
        "steps": [_step(step) for step in plan.steps],
        "critical": list(plan.critical),
        "debts": [_debt(debt) for debt in plan.debts],
        "assumed_share": plan.assumed_share,
        "assumed_facts": list(plan.assumed_facts),
        "moves": None if plan.moves is None else [_move(move) for move in plan.moves],
        "solver": plan.solver,
        "solve_ms": plan.solve_ms,
    }


def _step(step: Step) -> dict[str, object]:
    return {
        "matter": step.matter,
        "name": both(step.name),
        "stage": step.stage,
        "phase": step.phase,
        "mode": step.mode,
        "unit": step.unit,
        "prepare_from": step.prepare_from.isoformat(),
        "prepare_to": step.prepare_to.isoformat(),
        "start": step.start.isoformat(),
        "finish": step.finish.isoformat(),
        "float_days": step.float_days,
        "slack_days": step.slack_days,
        "critical": step.critical,
        "limit": limit_document(step.limit),
        "levers": list(step.levers),
        "requires": list(step.requires),
        "starts_with": list(step.starts_with),
        "driver": step.driver,
        "applies_because": both(step.because),
        "state": step.state,
        "projected": step.projected,
    }


def limit_document(number: Number) -> dict[str, object]:
    """A dated number as plain values; `cites`: the parts of its source, where it has more than a title."""
    source = number.source
    parts = {"title": source.title, "article": source.article, "link": source.link, "place": source.place}
    cites = {key: part for key, part in parts.items() if part is not None}
    return {
        "days": number.days,
        "unit": number.unit.value,
        "kind": number.kind.value,
        "source": str(source),
        **({"cites": cites} if len(cites) > 1 else {}),
        "confidence": number.confidence.value,
        "since": number.since.isoformat() if number.since else None,
        "seen": number.seen.isoformat() if number.seen else None,
        **({"note": both(number.note)} if number.note else {}),
    }


def _debt(debt: Debt) -> dict[str, object]:
    return {
        "matter": debt.matter,
        "kind": debt.kind,
        "what": both(debt.what),
        "due": debt.due.isoformat(),
        "projected": debt.projected,
    }


def _move(move: Move) -> dict[str, object]:
    return {
        "matter": move.matter,
        "was": move.was.isoformat(),
        "now": move.now.isoformat(),
        "days": move.days,
        "why": both(move.why),
    }


def infeasible_document(answer: Infeasible) -> dict[str, object]:
    """A contradiction as plain values."""
    return {
        "format": FORMAT,
        "project": {"id": answer.project},
        "status": "infeasible",
        "code": answer.code,
        "words": both(answer.words),
        "clauses": [
            {"id": c.id, "words": both(c.words), "limit": limit_document(c.number) if c.number else None}
            for c in answer.clauses
        ],
        "earliest": answer.earliest.isoformat() if answer.earliest else None,
        "solve_ms": answer.solve_ms,
    }


def worth_document(project: str, worth: LeverWorth) -> dict[str, object]:
    """What the levers are worth, as plain values; `shares` sum exactly to `saved_days`, also as floats."""
    return {
        "format": FORMAT,
        "project": project,
        "from": worth.start,
        "to": worth.to,
        "unit": "calendar_days",
        "total_before": worth.total_before,
        "total_after": worth.total_after,
        "saved_days": worth.saved_days,
        "shares": exact_floats(worth),
        "shares_exact": {lever: str(share) for lever, share in worth.shares.items()},
        "one_at_a_time": dict(worth.one_at_a_time),
        "last_in": dict(worth.last_in),
    }


def exact_floats(worth: LeverWorth) -> dict[str, float]:
    """The shares as floats that sum exactly to the total: largest remainders of 1/1024 day go up."""
    scaled = {lever: share * QUANTUM for lever, share in worth.shares.items()}
    whole = {lever: value.__floor__() for lever, value in scaled.items()}
    missing = worth.saved_days * QUANTUM - sum(whole.values())
    for lever in sorted(scaled, key=lambda x: whole[x] - scaled[x])[:missing]:
        whole[lever] += 1
    return {lever: value / QUANTUM for lever, value in whole.items()}


def read_baseline(path: Path) -> Mapping[str, tuple[date, date]]:
    """The announced dates of an earlier plan: matter -> (start, finish).  Raises BadInput with every fault of the file."""
    faults = Faults(str(path))
    node = read_file(path, faults)
    if node is None:
        faults.settle()
    root = ask.row(node, faults)
    if ask.whole(root, "format", 0) != FORMAT:
        faults.add(ask.line(root, "format"), "not_a_plan", format=FORMAT)
        faults.settle()
    found: dict[str, tuple[date, date]] = {}
    for step in ask.children(root, "steps"):
        found[ask.text(step, "matter")] = (ask.day(step, "start"), ask.day(step, "finish"))
    faults.settle()
    return found


def read_plan(text: str) -> Plan:
    """The plan that a text of `plan_document` says; only where in the rules a number stands is not in it.

    For plans we saved ourselves: raises KeyError or ValueError on anything else.
    """
    return plan_of(json.loads(text))


def dumps(document: Mapping[str, object], *, indent: int | None = 1) -> str:
    """JSON text, Chinese readable; `indent` None: on one line and without a blank, as plans are saved."""
    separators = (",", ":") if indent is None else None
    return json.dumps(document, ensure_ascii=False, indent=indent, separators=separators)
