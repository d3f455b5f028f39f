"""Entering figures and events: rows are added, nothing is ever overwritten."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.clock.office import day_of
from luodi.domain.indicators.definitions import Indicator, indicator
from luodi.domain.indicators.periods import YEAR, month, month_of, period
from luodi.domain.indicators.published import clock
from luodi.domain.vocabulary import Refusal
from luodi.indicators.models import Event, Figure
from luodi.journal.actions import append
from luodi.projects import readers as projects
from luodi.projects.outlining import DAYS

GREATEST, GRAIN = Decimal(10) ** 12, Decimal("0.0001")
"""No figure is larger, none is finer than the table keeps it (bounds of this program, no rule)."""


def record_figure(
    *,
    zone: str,
    indicator_id: str,
    period_text: str,
    amount: Decimal | None,
    source: str,
    by: Acting,
    at: datetime,
    target: bool = False,
    project: str = "",
    sample: bool = False,
    key: str | None = None,
) -> int:
    """Enter a figure of a zone, or of a project there, for a month; a target for a year.  None takes the last one back.

    A new row stands beside the old ones, dated.  Raises `Refusal`: no such indicator, one that is computed, a month for
    a target or the other way round, a month that has not begun, too large or too fine, no source, no such project.
    """
    rule = entered_by_people(indicator_id, target=target)
    when = checked_period(period_text, target=target, today=day_of(at))
    if amount is not None:
        fits(amount, rule)
    subject = projects.project(project) if project else None
    if bool(project) is not (rule.scope == "project") or (project and (subject is None or subject.zone != zone)):
        raise Refusal(
            "figure_of_project" if rule.scope == "project" else "figure_of_zone", field="project", name=rule.name
        )
    row = Figure(
        zone_id=zone, project_id=subject.id if subject else None, indicator=rule.id, period=when, target=target,
        amount=amount, source=written.line(source, "source"), sample=sample, at=at, who=by.label[:200],
    )  # fmt: skip
    with transaction.atomic():
        row.entry = append(
            chain=f"project:{project}" if project else f"zone:{zone}", kind="indicator.recorded", by=by, at=at, zone=zone,
            project=project, key=key,
            payload={"indicator": rule.id, "period": when, "target": target, "amount": said(amount),
                     "unit": rule.unit.zh, "source": row.source},
        ).hash  # fmt: skip
        row.save(force_insert=True)
    return row.pk


def reach_event(
    *, project: str, event: str, on: date, source: str, by: Acting, at: datetime, key: str | None = None
) -> int:
    """Record the day of an event that no project file holds; the newest row holds.

    Raises `Refusal`: a milestone of the file (it is recorded there), no such event, a day that has not come, no project.
    """
    if event not in clock().by_hand:
        code = "figure_event_in_file" if event in DAYS else "figure_event_unknown"
        raise Refusal(code, field="event", event=clock().events.get(event, event[:32]))
    if on > day_of(at):
        raise Refusal("figure_ahead", field="on", on=on)
    subject = projects.project(project)
    if subject is None:
        raise Refusal("project_unknown", field="project", slug=project[:64])
    row = Event(
        project_id=subject.id, event=event, on=on, source=written.line(source, "source"), at=at, who=by.label[:200]
    )
    with transaction.atomic():
        row.entry = append(
            chain=f"project:{project}", kind="indicator.event_reached", by=by, at=at, zone=subject.zone, project=project,
            payload={"event": event, "on": on, "source": row.source}, key=key,
        ).hash  # fmt: skip
        row.save(force_insert=True)
    return row.pk


def entered_by_people(indicator_id: str, *, target: bool = False) -> Indicator:
    """An indicator that people enter; a target they enter for any.  Raises `Refusal` for none, or one that is computed."""
    rule = indicator(indicator_id)
    if rule is None:
        raise Refusal("figure_no_such_indicator", field="indicator", id=indicator_id[:48])
    if rule.computed and not target:
        raise Refusal("figure_is_computed", field="indicator", name=rule.name, formula=rule.formula)
    return rule


def checked_period(text: str, *, target: bool, today: date) -> str:
    """A month begun for a figure, a year for a target.  Raises `Refusal` beside `period`."""
    found = period(text)
    if target is not bool(YEAR.fullmatch(found)):
        raise Refusal("figure_target_by_year" if target else "figure_by_month", field="period", value=found)
    if not target and month(found) > month_of(today):
        raise Refusal("figure_month_ahead", field="period", value=found)
    return found


def fits(amount: Decimal, rule: Indicator) -> None:
    """Refuse what no table can hold, and less than nothing where that cannot be."""
    if not amount.is_finite() or abs(amount) >= GREATEST or amount != amount.quantize(GRAIN):
        raise Refusal("figure_out_of_range", field="amount", name=rule.name, decimals=4)
    if amount < 0 and (rule.measure != "rate" or rule.direction == "down"):
        raise Refusal("figure_below_zero", field="amount", name=rule.name)


def said(amount: Decimal | None) -> str | None:
    """An amount as the record writes it: no zeros at the end, no exponent."""
    return None if amount is None else f"{amount.normalize():f}"
