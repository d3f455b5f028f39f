"""What can be done with a plan: announce it, roll it forward, and accept or reject the re-plan that is offered."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.catalogue.reading import load
from luodi.domain.clock.office import day_of
from luodi.domain.facts.project import Progress
from luodi.domain.planning.plan import plan
from luodi.domain.planning.plan_json import read_plan
from luodi.domain.planning.result import Plan
from luodi.domain.vocabulary import Refusal, Text
from luodi.journal.actions import append
from luodi.notices.actions import tell
from luodi.plans import keeping
from luodi.plans.keeping import Happened
from luodi.plans.models import Offer, Standing
from luodi.plans.rolling import Cause, Rolled, ask, carry_on, locked
from luodi.projects.readers import Recorded, team
from luodi.projects.readers import project as project_of
from luodi.workcalendar.readers import in_force, mark

__all__ = (
    "Cause",
    "Rolled",
    "accept",
    "announce",
    "ask_for_offer",
    "locked",
    "note_prepared",
    "reject",
    "roll_forward",
)

NOTHING: Mapping[str, date] = {}
NO_PROGRESS: Mapping[str, Progress] = {}
LONGEST_REASON = 500


def announce(
    *,
    project: str,
    by: Acting,
    at: datetime,
    progress: Mapping[str, Progress] = NO_PROGRESS,
    frozen: Mapping[str, date] = NOTHING,
    reached: Mapping[str, date] = NOTHING,
    to: str = "construction_start",
    seconds: float = 5.0,
    key: str | None = None,
) -> Rolled:
    """Announce a project's first plan, the shortest lawful one on the day of `at`; it is kept until another is accepted.

    Raises `Refusal`: `project_unknown`, `plan_announced_already`, `plan_cannot_be_announced`, and whatever planning refuses.
    """
    recorded = project_of(project)
    if recorded is None:
        raise Refusal("project_unknown", slug=project)
    events, today = Happened(progress, frozen, reached), day_of(at)
    found = plan(events.on(recorded.file), load(), to=to, as_of=today, seconds=seconds, calendar=in_force())
    if not isinstance(found, Plan):
        raise Refusal("plan_cannot_be_announced", why=found.words)
    with transaction.atomic():
        entry = append(
            chain=f"project:{project}", kind="plan.announced", by=by, at=at, zone=recorded.zone, project=project,
            payload={"revision": 1, "target": to, "finish": found.span.finish, "digest": recorded.digest}, key=key,
        )  # fmt: skip
        if (before := locked(project)) is not None:
            raise Refusal("plan_announced_already", finish=before.announced)
        text = events.text()
        standing = Standing(
            project_id=recorded.id, zone=recorded.zone, seq=0, events=text,
            digest=keeping.digest_of(recorded.document, load(), today, text, mark()),
        )  # fmt: skip
        keeping.write_announced(standing, found, at=at, entry=entry.hash)
        standing.save(force_insert=True)
    return Rolled(found.span.finish, 0, standing.seq)


def roll_forward(
    *,
    project: str,
    progress: Mapping[str, Progress],
    cause: Cause,
    by: Acting,
    at: datetime,
    frozen: Mapping[str, date] = NOTHING,
    reached: Mapping[str, date] = NOTHING,
) -> Rolled:
    """Roll a project's plan forward with everything that has happened, in the transaction of the act that happened last.

    `progress`, `frozen` and `reached` are the whole of it, not only what is new.  No solver: see `domain.planning.rolling`.
    A forecast is kept only where something differs; where the end moved, a row says by how many days and why, the team is
    told, and a plan of least change is asked for.  A project with nothing announced is left alone.
    At most five queries where the end stays; `by` is who acted, whose journal entry is `cause.entry`.
    """
    with transaction.atomic(savepoint=False):  # the act is the transaction
        standing = locked(project)
        if standing is None:
            return Rolled(None, 0, 0)
        events = Happened(progress, frozen, reached, keeping.happened(standing.events).prepared)
        return carry_on(standing, events, cause, at=at)


def note_prepared(
    *, project: str, prepared: Mapping[str, tuple[date, date]], cause: Cause, by: Acting, at: datetime
) -> Rolled:
    """Count what was prepared ahead of its formal step, and roll the plan forward, in the transaction of the act.

    `prepared`: the whole of it, matter -> begun and done.  A project with nothing announced is left alone.  Queries as
    `roll_forward`.
    """
    with transaction.atomic():
        standing = locked(project)
        if standing is None:
            return Rolled(None, 0, 0)
        return carry_on(standing, replace(keeping.happened(standing.events), prepared=prepared), cause, at=at)


def ask_for_offer(*, project: str, by: Acting, at: datetime) -> int:
    """Ask for a plan of least change by hand; the number of the offer that will hold it.

    Raises `Refusal`: `plan_not_announced`.
    """
    with transaction.atomic():
        standing = locked(project)
        if standing is None:
            raise Refusal("plan_not_announced", slug=project)
        return ask(standing, at)


def accept(*, offer: int, by: Acting, at: datetime, key: str | None = None) -> Rolled:
    """Accept an offered plan: it is the announced one from now on, and the forecast is measured against it.

    Raises `Refusal`: `offer_unknown`, `offer_not_open` (decided already, or something happened that outdated it).
    """
    slug = _project_of(offer)
    with transaction.atomic():
        recorded = _recorded(slug)
        accepted = read_plan(_offered(Offer.objects.get(pk=offer)).answer)
        days = (accepted.span.finish - Standing.objects.get(project=recorded.id).announced).days
        entry = append(
            chain=f"project:{slug}", kind="plan.accepted", by=by, at=at, zone=recorded.zone, project=slug, key=key,
            payload={"offer": offer, "target": accepted.span.to_id, "finish": accepted.span.finish, "days": days},
        )  # fmt: skip
        standing, row = _open(slug, offer)
        events = keeping.happened(standing.events)
        keeping.write_announced(standing, accepted, at=at, entry=entry.hash)
        standing.digest = ""  # so that the forecast is worked out against the new announced plan
        row.state, row.decided_by, row.decided_at = "accepted", by.label[:200], at
        row.save(update_fields=("state", "decided_by", "decided_at"))
        rolled = carry_on(standing, events, Cause("plan_accepted", entry=entry.hash), at=at)
        _tell(recorded, "plan_accepted", {"who": by.label}, at, offer)
    return rolled


def reject(*, offer: int, reason: str, by: Acting, at: datetime, key: str | None = None) -> None:
    """Reject an offered plan with a reason; the announced one stays.

    Raises `Refusal`: `offer_unknown`, `offer_not_open`, `text_missing`, `text_too_long`.
    """
    reason = written.text(reason, "reason", longest=LONGEST_REASON)
    slug = _project_of(offer)
    with transaction.atomic():
        recorded = _recorded(slug)
        append(
            chain=f"project:{slug}", kind="plan.rejected", by=by, at=at, zone=recorded.zone, project=slug, key=key,
            payload={"offer": offer, "reason": reason},
        )  # fmt: skip
        _, row = _open(slug, offer)
        row.state, row.decided_by, row.decided_at, row.reason = "rejected", by.label[:200], at, reason
        row.save(update_fields=("state", "decided_by", "decided_at", "reason"))
        _tell(recorded, "plan_rejected", {"who": by.label, "reason": reason}, at, offer)


def _project_of(offer: int) -> str:
    slug = Offer.objects.filter(pk=offer).values_list("project__slug", flat=True).first()
    if slug is None:
        raise Refusal("offer_unknown", offer=offer)
    return slug


def _recorded(slug: str) -> Recorded:
    found = project_of(slug)
    if found is None:
        raise Refusal("project_unknown", slug=slug)
    return found


def _open(slug: str, offer: int) -> tuple[Standing, Offer]:
    """The standing and the offer, both locked, the offer still waiting for a decision."""
    standing = locked(slug)
    if standing is None:
        raise Refusal("plan_not_announced", slug=slug)
    return standing, _offered(Offer.objects.select_for_update().get(pk=offer))


def _offered(row: Offer) -> Offer:
    if row.state != "offered":
        raise Refusal("offer_not_open", state=STATES[row.state])
    return row


def _tell(recorded: Recorded, kind: str, facts: Mapping[str, str], at: datetime, offer: int) -> None:
    posts = frozenset(member.post for member in team(recorded.slug, day_of(at)))
    once = f"{kind}:{offer}"
    tell(posts=posts, kind=kind, facts={"project": recorded.name, **facts}, at=at, project=recorded.slug, once=once)


STATES = {
    "working": Text("正在测算", "still being worked out"),
    "accepted": Text("已采纳", "accepted already"),
    "rejected": Text("已否决", "rejected already"),
    "outdated": Text("情况已变化，建议作废", "outdated by what has happened since"),
    "unneeded": Text("无需调整", "not needed: no announced day moves"),
    "failed": Text("没有合法的计划", "without a lawful plan"),
}
"""Why an offer cannot be decided."""
