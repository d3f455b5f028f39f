"""The late end of a forecast: when the target is reached if no office keeps its promise and each takes its full limit."""

from dataclasses import replace
from datetime import date
from functools import lru_cache

from luodi.domain.catalogue.reading import load
from luodi.domain.planning import rolling
from luodi.domain.planning.result import Plan
from luodi.domain.vocabulary import Refusal
from luodi.plans import keeping
from luodi.plans.models import Standing
from luodi.projects.readers import understood

PROMISES = "promised_limits"


def legal_finish(slug: str, today: date) -> date | None:
    """The finish without the promised limits, with the same progress; None without a lawful plan.  Two queries."""
    row = Standing.objects.select_related("project").filter(project__slug=slug).first()
    if row is None or row.blocked:
        return None
    announced = keeping.kept(row.project_id, row.told, row.root, row.seq).announced
    return _worked_out(row.project.document, announced, row.events, row.target, today)


@lru_cache(maxsize=256)
def _worked_out(document: str, announced: str, events: str, target: str, today: date) -> date | None:
    told = keeping.announced_plan(announced)
    slower = replace(told, levers=tuple(one for one in told.levers if one != PROMISES))
    try:
        answer = rolling.roll(keeping.happened(events).on(understood(document)), load(), slower, to=target, as_of=today)
    except Refusal:  # a date beyond the calendar: then there is no late end to name
        return None
    return answer.span.finish if isinstance(answer, Plan) else None
