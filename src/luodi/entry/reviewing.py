"""What is done with an entry review: opened for all units on one day, an opinion given."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TypedDict

from django.db import transaction
from django.db.models import Max

from luodi.accounts import readers as accounts
from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.clock.office import day_of
from luodi.domain.entry import checks
from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal, Text
from luodi.entry import handed
from luodi.entry.handed import File
from luodi.entry.models import Asked, Opinion, Review
from luodi.journal.actions import Appended, Who, append
from luodi.notices.actions import tell
from luodi.notices.facts import Fact
from luodi.projects.readers import Recorded
from luodi.workcalendar.readers import in_force
from luodi.zones.readers import chain


class Said(TypedDict):
    """The words of an opinion."""

    view: str
    conditions: str
    blocking: str
    papers: str
    note: str


def open_review(
    *, project: Recorded, subject: str, by: Acting, at: datetime, due: date | None = None, sample: bool = False,
    key: str | None = None,
) -> int:  # fmt: skip
    """Put a project before every unit that has a check to look at, all on the same day; the review's number.

    `due` None: the usual time of `checks.yaml`.  Checks that only experts look at wait for `experts.ask`.  Raises
    `Refusal`: `entry_due_passed`, `entry_still_open` while opinions of an earlier round are awaited, `text_missing`.
    """
    text, rule, today = written.text(subject, "subject"), checks.rules().days, day_of(at)
    until = due or in_force().due(today, rule.days, rule.unit)
    if until < today:
        raise Refusal("entry_due_passed", field="due", due=until)
    with transaction.atomic():
        last = Review.objects.filter(project=project.id).aggregate(round=Max("round"))["round"] or 0
        if last and _awaited(project.id, last):
            raise Refusal("entry_still_open", round=last)
        row = Review.objects.create(
            project_id=project.id, zone=project.zone, round=last + 1, subject=text, at=at, post_id=by.post or None,
            who=by.label[:200], due=until, sample=sample,
        )  # fmt: skip
        asked = _ask_units(row, project, at)
        payload: dict[str, Json] = {
            "review": row.pk,
            "round": row.round,
            "subject": text,
            "asked": list(asked),
            "due": until,
        }
        record("entry.opened", project.slug, project.zone, payload, by, at, key)
        _tell_units(row, project.name, project.slug, at)
    return row.pk


def _awaited(project: int, last: int) -> bool:
    asked = Asked.objects.filter(review__project=project, review__round=last)
    return asked.exclude(pk__in=Opinion.objects.values("asked")).exists()


def _ask_units(row: Review, project: Recorded, at: datetime) -> list[str]:
    """One row for each check and unit of the zone, or of the zone it belongs to; `check:code` of those asked."""
    near = chain(project.zone) if project.zone else ()
    found: dict[str, accounts.Unit] = {}
    for one in reversed(accounts.organisations(zones=near, on=day_of(at))):
        known = found.get(one.unit)
        if one.unit and (known is None or near.index(one.zone) <= near.index(known.zone)):
            found[one.unit] = one
    pairs = [
        (check.id, found[unit]) for check in checks.checks().values() for unit in check.units if unit in found
    ]  # fmt: skip
    Asked.objects.bulk_create(
        Asked(review=row, check_id=check, organisation_id=unit.id, at=at, due=row.due) for check, unit in pairs
    )
    return [f"{check}:{unit.code}" for check, unit in pairs]


def _tell_units(row: Review, name: Text, slug: str, at: datetime) -> None:
    """Every unit once, with the checks it is asked for."""
    by_unit: dict[int, list[str]] = {}
    asked = Asked.objects.filter(review=row, organisation__isnull=False).order_by("pk")
    for check, unit in asked.values_list("check_id", "organisation"):
        by_unit.setdefault(unit, []).append(check)
    for unit, wanted in by_unit.items():
        names = [checks.checks()[one].name for one in wanted]
        what = Text("、".join(one.zh for one in names), ", ".join(one.en for one in names))
        tell(
            organisations=(unit,), kind="entry_asked", facts={"project": name, "what": what, "due": row.due},
            link=f"/projects/{slug}/entry/", project=slug, at=at, once=f"entry:{row.pk}:{unit}",
        )  # fmt: skip


def give_opinion(
    *, asked: int, view: str, conditions: str, blocking: str, papers: str, note: str, files: Sequence[File] = (),
    by: Acting, at: datetime, key: str | None = None,
) -> int:  # fmt: skip
    """The unit asked says what it thinks; its place among its opinions (1: the first).  A second one stands beside the first.

    `files` were checked and kept before (desk/entering/files.py).  Raises `Refusal`: `entry_no_such_question`,
    `entry_asked_another` unit, `entry_files_too_many`, and those of `domain.entry.checks.sound`.
    """
    with transaction.atomic():
        row = Asked.objects.select_for_update(of=("self",)).select_related("review__project").filter(pk=asked).first()
        if row is None:
            raise Refusal("entry_no_such_question")
        if row.organisation_id is None or row.organisation_id != by.organisation:
            raise Refusal("entry_asked_another")
        said = {"view": view, "conditions": conditions, "blocking": blocking, "papers": papers, "note": note}
        return add_opinion(row, said, files, by, at, post=by.post or None, key=key)


def add_opinion(
    row: Asked, said: Mapping[str, str], files: Sequence[File], by: Who, at: datetime, *, post: int | None,
    key: str | None = None,
) -> int:  # fmt: skip
    """Add an opinion on a question held by the caller's transaction, record it, tell whoever opened the review."""
    checks.sound(said["view"], said["conditions"], said["blocking"])
    review = row.review
    newest = Review.objects.filter(project=review.project_id).aggregate(round=Max("round"))["round"]
    if review.round != newest:
        raise Refusal("entry_round_over", round=newest)
    kept = {name: written.text(said[name], name, empty=True) for name in ("conditions", "blocking", "papers", "note")}
    slug, papers = review.project.slug, handed.distinct(files)
    payload: dict[str, Json] = {
        "review": review.pk, "check": row.check_id, "asked": row.pk, "view": said["view"], **kept,
        "files": handed.told(papers),
    }  # fmt: skip
    entry = record("entry.opined", slug, review.zone, payload, by, at, key)
    seq = (Opinion.objects.filter(asked=row).aggregate(seq=Max("seq"))["seq"] or 0) + 1
    opinion = Opinion.objects.create(
        asked=row, seq=seq, view=said["view"], post_id=post, who=by.label[:200], at=at, entry=entry.hash, **kept
    )
    handed.keep_with_opinion(opinion, papers, at)
    if review.post_id:
        facts: dict[str, Fact] = {
            "project": Text(review.project.zh, review.project.en), "what": checks.checks()[row.check_id].name,
            "who": by.label[:120], "view": checks.rules().views[said["view"]],
        }  # fmt: skip
        tell(
            posts=(review.post_id,), kind="entry_opined", facts=facts, link=f"/projects/{slug}/entry/", project=slug,
            at=at, once=f"opinion:{row.pk}:{seq}",
        )  # fmt: skip
    return seq


def record(
    kind: str, slug: str, zone: str, payload: Mapping[str, Json], by: Who, at: datetime, key: str | None = None
) -> Appended:
    """Append an entry about a project to its chain, in the caller's transaction."""
    return append(
        chain=f"project:{slug}",
        kind=kind,
        by=by,
        at=at,
        zone=zone,
        project=slug,
        payload=payload,
        key=key,
    )
