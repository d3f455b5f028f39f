"""What is done in negotiations: a round recorded, an offer above authority approved, talks signed or withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from luodi.accounts.acting import SYSTEM, Acting
from luodi.accounts.offices import kind_names
from luodi.dealings import backing, readers
from luodi.dealings.models import Approval, Clause, Ending, Round
from luodi.dealings.models import Term as TermRow
from luodi.dealings.readers import RoundRow
from luodi.dealings.recording import not_ahead, page_of, record, told
from luodi.domain import written
from luodi.domain.dealings.authority import Offer, Over, approvers, authority, beyond, offers
from luodi.domain.dealings.authority import told as limit_told
from luodi.domain.dealings.kinds import kinds
from luodi.domain.dealings.terms import Key, Term, differ, ordered, said
from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal, Text
from luodi.notices.actions import tell
from luodi.projects.readers import Recorded

PEOPLE = 400


@dataclass(frozen=True, slots=True)
class Table:
    """Who sat at the table on a day and what stayed open, a point a line; `holds_until`: until when the offer stands."""

    on: date
    ours: str
    theirs: str
    points: str = ""
    holds_until: date | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """Who owes a term once it is signed, and by when."""

    key: Key
    owner: int
    due: date


def record_round(
    *, project: Recorded, after: int, table: Table, terms: Sequence[Term], by: Acting, at: datetime, key: str | None = None,
    sample: bool = False,
) -> int:  # fmt: skip
    """Record a round of talks with all terms as they stand after it; its number.  What the zone offers is reserved.

    `after`: the number of the round it follows, as the page showed it (0: none).  Raises `Refusal`: `dealing_changed`,
    `dealing_signed`, `dealing_day_ahead`, `dealing_before_last`, `dealing_over_authority` (what, and who may approve it),
    `dealing_term_twice`, `dealing_no_account`, and what the ledger refuses (`quota_short`): no approval helps against that.
    """
    not_ahead(table.on, at)
    differ((), terms)  # a term that stands twice
    row = Round(
        project_id=project.id, zone=project.zone, number=after + 1, on=table.on,
        ours=written.text(table.ours, "ours", longest=PEOPLE), theirs=written.text(table.theirs, "theirs", longest=PEOPLE),
        points=written.text(table.points, "points", empty=True), holds_until=table.holds_until, sample=sample,
        post_id=by.post or None, at=at,
    )  # fmt: skip
    payload: dict[str, Json] = {
        "round": row.number, "on": row.on, "ours": row.ours, "theirs": row.theirs, "points": row.points,
        "terms": [told(one) for one in ordered(terms)], "holds_until": row.holds_until, "sample": sample,
    }  # fmt: skip
    with transaction.atomic():
        row.entry = record("dealing.round", project, payload, by=by, at=at, key=key)
        last = _last(project, after)
        if last and table.on < last.on:
            raise Refusal("dealing_before_last", field="on", on=table.on, last=last.on)
        standing = _standing(project, last)
        _within_authority(project, terms, standing, by)
        promises = backing.hold(
            project=project, before=standing.promises if standing else {}, terms=terms, until=table.holds_until,
            paper=_paper(row.number), by=by, at=at,
        )  # fmt: skip
        row.save(force_insert=True)
        TermRow.objects.bulk_create(
            TermRow(round=row, kind=one.kind, subject=one.subject, size=one.size, on=one.on, words=one.words,
                    promise_id=promises.get(one.kind))
            for one in ordered(terms)
        )  # fmt: skip
    return row.number


def approve(*, project: Recorded, offer: Offer, document: str, by: Acting, at: datetime, key: str | None = None) -> int:
    """Let a project be offered so much of a kind in all (for a price: down to so little), or these words; its number.

    Raises `Refusal`: `dealing_approval_beyond` where it lies above the approver's own authority, `text_missing`.  The
    investment officers on the project's team are told.  An approval is no quota: what the ledger lacks stays lacking.
    """
    rule = kinds()[offer.kind]
    if by is not SYSTEM and not authority().limit(by.kind, offer.kind).covers(rule, offer.size):
        raise Refusal("dealing_approval_beyond", field="value", offer=_said(offer), who=_posts(approvers(offer)))
    paper = written.line(document, "document")
    payload: dict[str, Json] = {"term": offer.kind, "offer": _said(offer).zh, "document": paper}
    with transaction.atomic():
        entry = record("dealing.approved", project, payload, by=by, at=at, key=key)
        row = Approval.objects.create(
            project_id=project.id, kind=offer.kind, size=offer.size, words=offer.words, document=paper,
            post_id=by.post or None, at=at, entry=entry,
        )  # fmt: skip
        tell(
            posts=readers.negotiators(project.id), kind="offer_approved",
            facts={"project": project.name, "offer": _said(offer)}, link=f"/projects/{project.slug}/rounds/",
            project=project.slug, at=at, once=f"approval:{row.pk}",
        )  # fmt: skip
    return row.pk


def sign(
    *, project: Recorded, after: int, on: date, document: str, owed: Sequence[Owed], by: Acting, at: datetime,
    key: str | None = None,
) -> tuple[int, ...]:  # fmt: skip
    """Sign on the terms of the last round: each becomes a promise with an owner and a day; their numbers.

    What was reserved is committed.  Raises `Refusal`: `dealing_changed`, `dealing_signed`, `dealing_nothing_to_sign`,
    `dealing_before_last`, `dealing_owner_missing`, and what the ledger refuses.
    """
    not_ahead(on, at)
    paper = written.line(document, "document")
    with transaction.atomic():
        last = _standing(project, _last(project, after))
        if last is None or not last.terms:
            raise Refusal("dealing_nothing_to_sign")
        if on < last.on:
            raise Refusal("dealing_before_last", field="on", on=on, last=last.on)
        by_key = {one.key: one for one in owed}
        if lacking := next((one for one in last.terms if one.key not in by_key), None):
            raise Refusal("dealing_owner_missing", kind=kinds()[lacking.kind].name, subject=lacking.subject)
        payload: dict[str, Json] = {
            "round": last.number, "on": on, "document": paper, "clauses": [told(one) for one in last.terms],
        }  # fmt: skip
        entry = record("dealing.signed", project, payload, by=by, at=at, key=key)
        _last(project, after)  # once more, under the lock of the chain
        backing.commit(project=project, before=last.promises, terms=last.terms, paper=paper, by=by, at=at)
        ended = _end(project, last, True, on, paper, by, at, entry)
        rows = Clause.objects.bulk_create(
            Clause(
                project_id=project.id, zone=project.zone, kind=one.kind, subject=one.subject, size=one.size, on=one.on,
                words=one.words, owner_id=by_key[one.key].owner, due=by_key[one.key].due, document=paper, ending=ended,
                sample=last.sample, post_id=by.post or None, at=at, entry=entry,
            )
            for one in last.terms
        )  # fmt: skip
        _tell_owners(project, rows, at)
    return tuple(row.pk for row in rows)


def withdraw(*, project: Recorded, after: int, why: str, by: Acting, at: datetime, key: str | None = None) -> None:
    """End talks without a signature: what was set aside for them is free again.  A later round begins them anew."""
    said_why = written.line(why, "why")
    with transaction.atomic():
        payload: dict[str, Json] = {"round": after, "why": said_why}
        entry = record("dealing.withdrawn", project, payload, by=by, at=at, key=key)
        last = _standing(project, _last(project, after))
        if last is None:
            raise Refusal("dealing_nothing_to_sign")
        backing.release(before=last.promises, why=said_why, by=by, at=at)
        _end(project, last, False, max(last.on, at.date()), said_why, by, at, entry)


def _last(project: Recorded, after: int) -> RoundRow | None:
    """The last round, where it is the one the page showed.  Raises `Refusal` where it is another, or talks are signed."""
    if readers.signed(project.id):
        raise Refusal("dealing_signed")
    last = readers.last_round(project.id)
    if (last.number if last else 0) != after:
        raise Refusal("dealing_changed", number=last.number if last else 0)
    return last


def _standing(project: Recorded, last: RoundRow | None) -> RoundRow | None:
    """The last round, unless talks were withdrawn after it: then nothing is on the table."""
    return None if last is None or last.number in readers.ended(project.id) else last


def _within_authority(project: Recorded, terms: Sequence[Term], before: RoundRow | None, by: Acting) -> None:
    """What was offered in the round before, or approved, may be offered again.  Raises `Refusal` with all that is over."""
    if by is SYSTEM:
        return
    approved = [one.offer for one in readers.approvals(project.id)]
    over = beyond(terms, by.kind, (*approved, *offers(before.terms if before else ())))
    if over:
        words = [_over(one) for one in over]
        whole = Text("；".join(one.zh for one in words), "; ".join(one.en for one in words))
        raise Refusal("dealing_over_authority", count=len(over), over=whole, over_kind=over[0].offer.kind)


def _over(one: Over) -> Text:
    limit, who = limit_told(one.limit, one.offer.kind), _posts(one.approvers)
    offer = _said(one.offer)
    return Text(
        f"{offer.zh}（本岗位{limit.zh}，可由{who.zh}批准）", f"{offer.en} (this post: {limit.en}; {who.en} may approve)"
    )


def _posts(posts: Sequence[str]) -> Text:
    if not posts:
        return Text("上级（本表没有岗位有权）", "nobody in the table")
    return Text(kind_names(posts, "zh"), kind_names(posts, "en"))


def _said(offer: Offer) -> Text:
    """An offer in words."""
    rule = kinds()[offer.kind]
    size = said(Term(offer.kind, size=offer.size, words=offer.words))
    return Text(f"{rule.name.zh} {size.zh}".strip(), f"{rule.name.en} {size.en}".strip())


def _paper(number: int) -> str:
    return f"第 {number} 轮洽谈"


def _end(
    project: Recorded, last: RoundRow, signed: bool, on: date, paper: str, by: Acting, at: datetime, entry: str
) -> Ending:
    try:
        with transaction.atomic():
            return Ending.objects.create(
                project_id=project.id, round_id=last.id, signed=signed, on=on, document=paper, post_id=by.post or None, at=at,
                entry=entry,
            )  # fmt: skip
    except IntegrityError:
        raise Refusal("dealing_changed", number=last.number) from None


def _tell_owners(project: Recorded, rows: Sequence[Clause], at: datetime) -> None:
    for owner in sorted({row.owner_id for row in rows}):
        mine = [row for row in rows if row.owner_id == owner]
        tell(
            organisations=(owner,), kind="promises_signed",
            facts={"project": project.name, "count": len(mine), "first": min(row.due for row in mine)},
            link=page_of(project.slug, "enterprise" if owner == project.applicant else ""), project=project.slug, at=at,
            once=f"signed:{project.slug}:{owner}",
        )  # fmt: skip
