"""What is done with requests: asked, accepted, promised, met, blocked, dropped; and the days that follow a moved plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from luodi.accounts import readers as accounts
from luodi.accounts.acting import SYSTEM, Acting
from luodi.domain import written
from luodi.domain.clock.office import day_of
from luodi.domain.events.canonical import Json
from luodi.domain.factors.items import Item, guarantors, items
from luodi.domain.factors.life import CLOSED, PROMISED, WORDS, State, following
from luodi.domain.vocabulary import Refusal
from luodi.factors import effects, reserving
from luodi.factors.models import Request, Step
from luodi.journal.actions import append
from luodi.journal.readers import recorded
from luodi.notices.actions import tell
from luodi.plans import readers as plans
from luodi.projects.readers import Recorded, team
from luodi.zones.readers import chain

BASES = ("derived", "hand", "article", "sample")
LARGEST = Decimal(10) ** 13


@dataclass(frozen=True, slots=True)
class Answer:
    """What a unit says: the state, the day promised, how much is met by now, in its words, on which paper, from which node."""

    state: State
    promised: date | None = None
    met: Decimal | None = None
    words: str = ""
    document: str = ""
    node: int | None = None


def ask(
    *,
    project: Recorded,
    item: str,
    quantity: Decimal,
    guarantor: str,
    by: Acting,
    at: datetime,
    needed: date | None = None,
    basis: str = "hand",
    note: str = "",
    sample: bool = False,
    key: str | None = None,
) -> int:
    """Ask somebody for an item of a project; the number of the request.  The unit that answers for it is told.

    `needed` None: the day on which the plan begins what waits for the item, and it moves with the plan.  Raises `Refusal`:
    `factor_unknown`, `factor_not_theirs`, `factor_quantity`, `factor_no_zone`, `factor_asked` (by an open request).
    """
    rule = _checked(item, guarantor, quantity, project)
    day = needed or planned_day(project.slug, rule)
    row = Request(
        project_id=project.id, zone_id=project.zone, item=item, guarantor=guarantor,
        organisation_id=organisation_of(guarantor, project.zone, day_of(at)), quantity=quantity,
        basis=basis if basis in BASES else "hand", note=written.line(note, "note", empty=True), sample=sample, needed=day,
        needed_fixed=needed is not None, asked_by_id=by.post or None, at=at,
    )  # fmt: skip
    with transaction.atomic():
        row.save(force_insert=True)
        facts: dict[str, Json] = {
            "request": row.pk, "item": item, "guarantor": guarantor, "quantity": str(quantity), "unit": rule.unit.zh,
            "basis": row.basis, "note": row.note,
        }  # fmt: skip
        if day:
            facts["needed"] = day
        entry = _record("factor.asked", row, project.slug, facts, by, at, key)
        _once(row, rule)
        _step(row, by, at, entry, words=row.note)
        if row.organisation_id and not sample:
            tell(
                organisations=(row.organisation_id,), kind="factor_asked", at=at, once=f"factor:{row.pk}",
                facts={"project": project.name, "item": rule.name, "amount": f"{quantity:f} {rule.unit.zh}",
                       "needed": day or "—"}, link=f"/factors/requests/{row.pk}/", project=project.slug,
            )  # fmt: skip
    return row.pk


def answer(*, request: int, seq: int, given: Answer, by: Acting, at: datetime, key: str | None = None) -> int:
    """Write down the next step of a request; its new `seq`.  Whoever asked, and the project's team, are told.

    A promise on a node is drawn from its account, and refused where the node has too little left (`quota_short`).
    Raises `Refusal`: `factor_gone`, `factor_changed` (a stale page), `factor_step`, `factor_promise_day`, `factor_met`,
    `text_missing` (a promise and what is met need a paper, a block and a drop their words), and those of `reserving`.
    """
    with transaction.atomic():
        row = Request.objects.select_for_update(of=("self",)).select_related("project").filter(pk=request).first()
        if row is None:
            raise Refusal("factor_gone")
        if key and recorded(key):
            return row.seq  # the same form sent twice
        if row.seq != seq:
            raise Refusal("factor_changed", state=WORDS[State(row.state)])
        state, met = _next(row, given, day_of(at))
        words = written.text(given.words, "words", longest=2000, empty=state not in (State.BLOCKED, State.DROPPED))
        paper = written.line(given.document, "document", empty=state not in (*PROMISED, State.MET))
        slug = row.project.slug
        facts: dict[str, Json] = {
            "request": row.pk, "item": row.item, "state": state.value, "met": str(met), "words": words, "document": paper,
        }  # fmt: skip
        if given.promised:
            facts["promised"] = given.promised
        entry = _record("factor.answered", row, slug, facts, by, at, key)
        row.promise_id = reserving.follow(row, state, given.node, paper or words, by, at)
        row.state, row.met, row.seq = state.value, met, row.seq + 1
        row.promised = (
            given.promised if state is State.SCHEDULED else row.promised if state in PROMISED | CLOSED else None
        )
        row.closed_at = at if state in CLOSED else None
        row.save(update_fields=("state", "met", "seq", "promised", "closed_at", "promise"))
        _step(row, by, at, entry, words=words, document=paper)
        if not row.sample:
            _tell(row, state, by, at)
        return row.seq


def follow_plans(*, at: datetime) -> int:
    """Move the days by which open requests are needed to where the plans have them now; how many moved.

    One entry of the record for each project whose plan moved.  Two queries a project, more where something moved.
    """
    open_ones = Request.objects.filter(needed_fixed=False).exclude(state__in=list(CLOSED))
    moved = 0
    for slug in list(open_ones.order_by("project_id").values_list("project__slug", flat=True).distinct()):
        saved = plans.current(slug)
        if saved is None:
            continue
        with transaction.atomic():
            rows = open_ones.select_for_update(of=("self",)).filter(project__slug=slug).order_by("pk")
            days = {row: effects.needed_by(saved.plan, items()[row.item]) for row in rows if row.item in items()}
            moved += _moved({row: day for row, day in days.items() if day and day != row.needed}, slug, at)
    return moved


def planned_day(slug: str, item: Item) -> date | None:
    """The day by which the plan of a project needs an item, None without a plan.  Two queries."""
    saved = plans.current(slug)
    return effects.needed_by(saved.plan, item) if saved else None


def organisation_of(guarantor: str, zone: str, on: date) -> int | None:
    """The organisation of this zone that answers for a guarantor, None where it has no post here.  At most three queries."""
    rule = guarantors()[guarantor]
    if rule.organisation:
        found = accounts.organisation(rule.organisation)
        return found.id if found else None
    for place in chain(zone):
        if rule.unit and (units := accounts.organisations(unit=rule.unit, zones=(place,), on=on)):
            return units[0].id
        if rule.kind and (units := accounts.organisations(kind=rule.kind, zones=(place,), on=on)):
            return units[0].id
    return None


def _checked(item: str, guarantor: str, quantity: Decimal, project: Recorded) -> Item:
    rule = items().get(item)
    if rule is None:
        raise Refusal("factor_unknown", field="item", item=item[:60])
    if guarantor not in guarantors():
        raise Refusal("factor_not_theirs", field="guarantor", item=rule.name)
    if not quantity.is_finite() or not 0 < quantity < LARGEST or quantity != quantity.quantize(Decimal("0.01")):
        raise Refusal("factor_quantity", field="quantity", unit=rule.unit)
    if not project.zone:
        raise Refusal("factor_no_zone")
    return rule


def _once(row: Request, rule: Item) -> None:
    """Raise `Refusal` where the same is asked of the same already; the project's chain is held by now."""
    open_ones = Request.objects.filter(project=row.project_id, item=row.item, guarantor=row.guarantor)
    if open_ones.exclude(state__in=list(CLOSED)).exclude(pk=row.pk).exists():
        raise Refusal("factor_asked", field="guarantor", item=rule.name, guarantor=guarantors()[row.guarantor].name)


def _next(row: Request, given: Answer, today: date) -> tuple[State, Decimal]:
    """The state that follows, and how much is met then.  Raises `Refusal` where it may not follow."""
    now, state = State(row.state), given.state
    if state not in following(now):
        raise Refusal("factor_step", now=WORDS[now], new=WORDS[state])
    if state is State.SCHEDULED and (given.promised is None or given.promised < today):
        raise Refusal("factor_promise_day", field="promised", today=today)
    if state is State.PARTLY_MET:
        if given.met is None or not given.met.is_finite() or not row.met < given.met < row.quantity:
            raise Refusal("factor_met", field="met", least=f"{row.met:f}", most=f"{row.quantity:f}")
        return state, given.met
    return state, row.quantity if state is State.MET else row.met


def _moved(days: Mapping[Request, date], slug: str, at: datetime) -> int:
    if not days:
        return 0
    first = next(iter(days))
    told: list[Json] = [
        {"request": row.pk, "item": row.item, "was": row.needed, "now": day} for row, day in days.items()
    ]
    entry = append(
        chain=f"project:{slug}", kind="factor.moved", by=SYSTEM, at=at, zone=first.zone_id, project=slug,
        payload={"moved": told},
    )  # fmt: skip
    for row, day in days.items():
        row.needed, row.seq = day, row.seq + 1
        row.save(update_fields=("needed", "seq"))
        _step(row, SYSTEM, at, entry.hash)
    return len(days)


def _record(
    kind: str, row: Request, slug: str, facts: Mapping[str, Json], by: Acting, at: datetime, key: str | None
) -> str:
    return append(
        chain=f"project:{slug}", kind=kind, by=by, at=at, zone=row.zone_id, project=slug, payload=facts, key=key
    ).hash


def _step(row: Request, by: Acting, at: datetime, entry: str, *, words: str = "", document: str = "") -> None:
    Step.objects.create(
        request_id=row.pk, seq=row.seq, state=row.state, at=at, who=by.label, needed=row.needed, promised=row.promised,
        met=row.met, words=words, document=document, entry=entry,
    )  # fmt: skip


def _tell(row: Request, state: State, by: Acting, at: datetime) -> None:
    posts = {one.post for one in team(row.project.slug, day_of(at))} | ({row.asked_by_id} if row.asked_by_id else set())
    tell(
        posts=frozenset(posts - {by.post}), kind="factor_answered", at=at, once=f"factor:{row.pk}:{row.seq}",
        facts={"project": row.project.zh, "item": items()[row.item].name, "state": WORDS[state],
               "promised": row.promised or "—"}, link=f"/factors/requests/{row.pk}/", project=row.project.slug,
    )  # fmt: skip
