"""What leaders and enterprises do: settle orders, note what a visit found, run campaigns, ask, answer, rate."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.vocabulary import Refusal
from luodi.journal.actions import append
from luodi.notices.actions import tell
from luodi.supervision.models import Campaign, Order, Rating, Request, Visit

SHANXI = ZoneInfo("Asia/Shanghai")


def give_order(
    *,
    zone: str,
    project: int | None,
    slug: str,
    meeting: str,
    decision: str,
    owner: int,
    due: date,
    by: Acting,
    at: datetime,
    key: str | None = None,
) -> int:
    """Record what a meeting decided, who owes it and by when (督办); its id.  The chair is who records it."""
    row = Order(
        zone=zone, project_id=project, meeting=written.line(meeting, "meeting"), decision=written.text(decision, "decision"),
        owner_id=owner, chair_id=by.post, at=at, due=_not_past(due, at),
    )  # fmt: skip
    with transaction.atomic():
        row.save(force_insert=True)
        payload = {
            "order": row.pk,
            "meeting": row.meeting,
            "decision": row.decision,
            "owner": owner,
            "due": due.isoformat(),
        }
        _record("order.given", zone, slug, payload, by, at, key)
        tell(
            organisations=(owner,), kind="order_given", facts={"decision": row.decision[:200], "due": due},
            link="/orders/", project=slug, at=at, once=f"order:{row.pk}",
        )  # fmt: skip
    return row.pk


def prove_order(*, order: int, evidence: str, by: Acting, at: datetime) -> None:
    """The owner says what was done about an order.  Raises `Refusal` when another unit owes it, or it is closed."""
    with transaction.atomic():
        row = _order(order)
        if row.closed_at:
            raise Refusal("order_closed")
        if row.owner_id != by.organisation:
            raise Refusal("order_of_another")
        row.evidence, row.evidence_at = written.text(evidence, "evidence"), at
        row.save(update_fields=["evidence", "evidence_at"])
        _record("order.proved", row.zone, _slug(row.project), {"order": row.pk, "evidence": row.evidence}, by, at)


def close_order(*, order: int, by: Acting, at: datetime) -> None:
    """The chair closes an order once evidence is there.  Raises `Refusal` without evidence, or for somebody else."""
    with transaction.atomic():
        row = _order(order)
        if row.closed_at:
            raise Refusal("order_closed")
        if row.chair_id != by.post:
            raise Refusal("order_closed_by_chair_only")
        if not row.evidence:
            raise Refusal("order_without_evidence")
        row.closed_at = at
        row.save(update_fields=["closed_at"])
        _record("order.closed", row.zone, _slug(row.project), {"order": row.pk}, by, at)


def note_visit(
    *,
    project: int,
    slug: str,
    zone: str,
    on: date,
    problem: str,
    solver: int | None,
    due: date | None,
    by: Acting,
    at: datetime,
    key: str | None = None,
) -> int:
    """Record a leader's visit on site: the problem found and who solves it by when; its id.

    Raises `Refusal` for a visit that has not been, or a problem without somebody to solve it.
    """
    if on > _today(at):
        raise Refusal("visit_ahead", on=on)
    if problem.strip() and (solver is None or due is None):
        raise Refusal("visit_problem_without_solver")
    row = Visit(
        project_id=project, zone=zone, leader_id=by.post, on=on, problem=written.text(problem, "problem", empty=True),
        solver_id=solver, due=due,
    )  # fmt: skip
    with transaction.atomic():
        row.save(force_insert=True)
        payload = {"visit": row.pk, "on": on, "problem": row.problem}
        if solver is not None and due is not None:
            payload |= {"solver": solver, "due": due}
            tell(
                organisations=(solver,), kind="visit_problem", facts={"problem": row.problem[:200], "due": due},
                link="/visits/", project=slug, at=at, once=f"visit:{row.pk}",
            )  # fmt: skip
        _record("visit.noted", zone, slug, payload, by, at, key)
    return row.pk


def solve_visit(*, visit: int, result: str, on: date, by: Acting, at: datetime) -> None:
    """The unit says that the problem of a visit is solved, and how.  Raises `Refusal` for another unit, or twice."""
    with transaction.atomic():
        row = Visit.objects.select_for_update().select_related("project").filter(pk=visit).first()
        if row is None:
            raise Refusal("no_such_visit")
        if row.closed_on:
            raise Refusal("visit_closed", on=row.closed_on)
        if row.solver_id != by.organisation:
            raise Refusal("visit_of_another")
        row.result, row.closed_on = written.text(result, "result"), on
        row.save(update_fields=["result", "closed_on"])
        _record(
            "visit.solved",
            row.zone,
            row.project.slug,
            {"visit": row.pk, "result": row.result, "on": on},
            by,
            at,
        )


def start_campaign(
    *,
    zone: str,
    zh: str,
    en: str,
    goal: str,
    starts: date,
    ends: date,
    projects: Collection[int],
    by: Acting,
    at: datetime,
    key: str | None = None,
) -> int:
    """Begin a campaign (攻坚) with its projects; its id.  Raises `Refusal` when it would end before it starts."""
    if ends < starts:
        raise Refusal("campaign_ends_first", starts=starts, ends=ends)
    with transaction.atomic():
        row = Campaign.objects.create(
            zone=zone,
            zh=written.line(zh, "name"),
            en=en.strip()[:160],
            goal=written.text(goal, "goal"),
            starts=starts,
            ends=ends,
        )
        row.projects.set(projects)
        payload = {
            "campaign": row.pk,
            "name": row.zh,
            "goal": row.goal,
            "starts": starts,
            "ends": ends,
        }
        _record("campaign.started", zone, "", payload | {"projects": sorted(projects)}, by, at, key)
    return row.pk


def ask(
    *,
    project: int,
    slug: str,
    zone: str,
    kind: str,
    text: str,
    navigators: Collection[int],
    by: Acting,
    at: datetime,
    key: str | None = None,
) -> int:
    """An enterprise asks for something (诉求); the navigators of the project are told.  Its id."""
    row = Request(project_id=project, zone=zone, kind=kind, text=written.text(text, "text"), by_id=by.post, at=at)
    with transaction.atomic():
        row.save(force_insert=True)
        _record("request.asked", zone, slug, {"request": row.pk, "kind": kind, "text": row.text}, by, at, key)
        tell(
            posts=navigators, kind="request_asked", facts={"text": row.text[:200]},
            link="/requests/", project=slug, at=at, once=f"request:{row.pk}",
        )  # fmt: skip
    return row.pk


def answer(*, request: int, text: str, close: bool, by: Acting, at: datetime, key: str | None = None) -> None:
    """Answer a request; the first answer stops its clock, and only `close` closes it.  The enterprise is told."""
    with transaction.atomic():
        row = Request.objects.select_for_update().select_related("project").filter(pk=request).first()
        if row is None:
            raise Refusal("no_such_request")
        if row.closed_at:
            raise Refusal("request_closed", when=row.closed_at.astimezone(SHANXI).date())
        said = f"{by.label}：{written.text(text, 'text')}"
        row.answer = f"{row.answer}\n{said}".strip()
        row.answered_by = by.label[:200]
        row.first_answer_at = row.first_answer_at or at
        row.closed_at = at if close else None
        row.save(update_fields=["answer", "answered_by", "first_answer_at", "closed_at"])
        _record(
            "request.answered",
            row.zone,
            row.project.slug,
            {"request": row.pk, "text": said, "closed": close},
            by,
            at,
            key,
        )
        tell(
            posts=(row.by_id,), kind="request_answered", facts={"text": row.text[:200]},
            link=f"/my/{row.project.slug}/", project=row.project.slug, at=at, once=None,
        )  # fmt: skip


def rate(
    *, case: int, project: int, slug: str, zone: str, unit: str, stars: int, note: str, by: Acting, at: datetime
) -> None:
    """Rate the handling of a finished case (好差评), once.  Raises `Refusal` for a second time or other than 1–5 stars."""
    if not 1 <= stars <= 5:
        raise Refusal("rating_out_of_range", stars=stars)
    try:
        with transaction.atomic():
            Rating.objects.create(
                case=case,
                project_id=project,
                zone=zone,
                unit=unit,
                stars=stars,
                note=written.text(note, "note", empty=True),
                at=at,
            )
            _record(
                "rating.given", zone, slug, {"case": case, "unit": unit, "stars": stars, "note": note.strip()}, by, at
            )
    except IntegrityError:
        raise Refusal("rated_already") from None


def _order(order: int) -> Order:
    row = Order.objects.select_for_update(of=("self",)).select_related("project").filter(pk=order).first()
    if row is None:
        raise Refusal("no_such_order")
    return row


def _slug(project: object) -> str:
    return getattr(project, "slug", "")


def _today(at: datetime) -> date:
    return at.astimezone(SHANXI).date()


def _not_past(due: date, at: datetime) -> date:
    if due < _today(at):
        raise Refusal("due_in_the_past", due=due)
    return due


def _record(
    kind: str, zone: str, slug: str, payload: Mapping[str, object], by: Acting, at: datetime, key: str | None = None
) -> None:
    chain = f"project:{slug}" if slug else f"zone:{zone}"
    append(chain=chain, kind=kind, by=by, at=at, zone=zone, project=slug, payload=payload, key=key)  # type: ignore[arg-type]
