"""Filling in the one form: begun, typed place by place, confirmed; nothing that was typed is lost or passed off."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from luodi.accounts import readers as accounts
from luodi.accounts.acting import Acting
from luodi.accounts.sealing import seal, unseal
from luodi.domain.events.canonical import Json
from luodi.domain.facts.fields import the_form
from luodi.domain.facts.geojson import of_corners
from luodi.domain.facts.typed import known, secret, typed_of
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_text
from luodi.domain.source.tree import Table
from luodi.domain.vocabulary import Refusal
from luodi.journal.actions import append
from luodi.papers.applying import issue
from luodi.papers.drafts import held, missing
from luodi.papers.models import Draft
from luodi.projects import readers as projects

LONGEST, LONGEST_BOUNDARY = 2_000, 200_000
"""Characters at one place."""
MOST_PHASES = 20
SHARED = ("construction_nature", "industry_code", "site_region", "site_address")
"""Answers outside the page of the enterprise that a further phase begins with."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What was taken.  `others`: places somebody else has changed since the page was shown, with what stands there now."""

    seq: int
    places: tuple[str, ...]
    others: Mapping[str, str]


def begin(*, zone: str, applicant: int, by: Acting, at: datetime, slug: str = "") -> str:
    """Begin the form of a new project for an enterprise; the slug under which it is found again.

    Raises `Refusal`: `no_such_organisation`, where there is no such enterprise.
    """
    unit = accounts.organisation(applicant)
    if unit is None or unit.kind != "enterprise":
        raise Refusal("form_without_applicant")
    slug = slug or f"p{at:%y%m}-{secrets.token_hex(4)}"
    words = {"applicant_name": unit.name.zh, "uscc": unit.uscc}
    with transaction.atomic():
        _create(slug, slug, 1, zone, applicant, {place: one for place, one in words.items() if one}, "registry", by, at)
    return slug


def take_up(*, slug: str, by: Acting, at: datetime) -> None:
    """Make the draft of a project that was recorded without one: what the file says counts as handed in.

    Its applications are issued as the file fills them.

    Raises `Refusal`: `project_unknown`, `form_without_applicant`.
    """
    found = projects.project(slug)
    if found is None:
        raise Refusal("project_unknown", slug=slug)
    if found.applicant is None:
        raise Refusal("form_without_applicant")
    node = read_text(found.document, slug, Faults(slug))
    words = typed_of(node.entries.get("form") if isinstance(node, Table) else None)
    with transaction.atomic():
        if not Draft.objects.filter(slug=slug).exists():
            row, entry = _create(slug, slug, 1, found.zone, found.applicant, words, "file", by, at)
            row.sent, row.sent_at = dict(row.words), found.changed
            row.save(update_fields=("sent", "sent_at"))
            issue(project=found.id, slug=slug, file=found.file, draft=held(row), entry=entry, at=at)


def begin_phase(*, slug: str, by: Acting, at: datetime) -> str:
    """Begin the form of the next phase: it starts with what all phases share.

    Raises `Refusal`: `form_unknown`, `too_many_phases`.
    """
    with transaction.atomic():
        row = _row(slug)
        newest = Draft.objects.filter(first=row.first).order_by("-phase").first() or row
        number = newest.phase + 1
        if number > MOST_PHASES:
            raise Refusal("too_many_phases", most=MOST_PHASES)
        form = the_form()
        shared = {key for key, field in form.fields.items() if field.page == 1} | set(SHARED)
        words = {place: one for place, one in row.words.items() if place.partition(".")[0] in shared}
        if name := row.words.get("project_name"):
            words["project_name"] = f"{name[:90]}（第{number}期）"
        made = f"{row.first[:58]}-{number}"
        _create(made, row.first, number, row.zone, row.applicant_id, _unsealed(words), "phase", by, at)
    return made


def save(*, slug: str, sent: Mapping[str, str], seen: int, by: Acting, at: datetime) -> Saved:
    """Keep what was typed.  `seen`: the draft's seq when the page was shown; unknown places are left aside.

    What somebody else has changed meanwhile is not written over: it comes back in `others`.  An empty secret part
    means: unchanged.  Raises `Refusal`: `form_unknown`, `text_too_long`.
    """
    with transaction.atomic():
        row = _row(slug)
        changed: list[str] = []
        others: dict[str, str] = {}
        for place, words in sent.items():
            now = row.words.get(place, "")
            words = _clean(place, words) if known(place) else now
            if words == (unseal(now) if secret(place) else now) or (secret(place) and not words):
                continue
            typist = row.typists.get(place)
            if typist and typist["seq"] > seen and typist["person"] != by.person:
                others[place] = "" if secret(place) else now
            else:
                _put(row, place, words, _typist(row, by, at))
                changed.append(place)
        if changed:
            row.seq, row.changed = row.seq + 1, at
            row.save(update_fields=("words", "typists", "seq", "changed"))
            if by.organisation != row.applicant_id:
                _record(row, "form.prefilled", {"places": sorted(changed)}, by, at)
        return Saved(row.seq, tuple(changed), others)


def confirm(*, slug: str, places: Collection[str] | None, by: Acting, at: datetime) -> int:
    """The enterprise stands for what was typed for it (`places` None: all of it); how many places.

    Raises `Refusal`: `form_unknown`, `only_the_applicant`.
    """
    with transaction.atomic():
        row = _own(slug, by)
        found = [
            place for place, one in row.typists.items()
            if one["origin"] == "for" and not one.get("confirmed") and place in row.words
            and (places is None or place in places)
        ]  # fmt: skip
        for place in found:
            row.typists[place] |= {"confirmed": by.label, "confirmed_at": at.isoformat()}
        if found:
            row.seq, row.changed = row.seq + 1, at
            row.save(update_fields=("typists", "seq", "changed"))
            _record(row, "form.confirmed", {"places": sorted(found)}, by, at)
    return len(found)


def give_mandate(*, slug: str, post: int, by: Acting, at: datetime) -> None:
    """The enterprise lets a navigator fill in the form for it.  Raises `Refusal`: `form_unknown`, `only_the_applicant`,
    `mandate_for_navigators`."""
    holder = accounts.posts_by_number([post]).get(post)
    if holder is None or holder.kind != "navigator":
        raise Refusal("mandate_for_navigators")
    with transaction.atomic():
        row = _own(slug, by)
        name = f"{holder.name} · {holder.organisation_name.zh}"
        row.mandate = {"post": post, "who": name, "since": at.isoformat(), "by": by.label}
        row.save(update_fields=("mandate",))
        _record(row, "form.mandated", {"holder": post, "name": name}, by, at)


def end_mandate(*, slug: str, by: Acting, at: datetime) -> None:
    """The enterprise takes the mandate back.  Raises `Refusal`: `form_unknown`, `only_the_applicant`."""
    with transaction.atomic():
        row = _own(slug, by)
        if row.mandate is not None:
            ended, row.mandate = row.mandate, None
            row.save(update_fields=("mandate",))
            _record(row, "form.mandate_ended", {"holder": ended["post"], "name": ended["who"]}, by, at)


def _create(slug: str, first: str, phase: int, zone: str, applicant: int, words: Mapping[str, str], origin: str,
            by: Acting, at: datetime) -> tuple[Draft, str]:  # fmt: skip
    """The row, and the hash of its entry."""
    row = Draft(slug=slug, first=first, phase=phase, zone=zone, applicant_id=applicant, begun_by=by.post,
                created=at, changed=at)  # fmt: skip
    for place, one in words.items():
        _put(row, place, one, _typist(row, by, at) | {"origin": origin})
    row.save(force_insert=True)
    return row, _record(row, "form.begun", {"phase": phase, "applicant": applicant}, by, at)


def _put(row: Draft, place: str, words: str, typist: dict[str, Any]) -> None:
    row.typists[place] = typist
    if words:
        row.words[place] = seal(words) if secret(place) else words
    else:
        row.words.pop(place, None)


def _typist(row: Draft, by: Acting, at: datetime) -> dict[str, Any]:
    """Who types, as the table keeps it."""
    origin = "own" if by.organisation == row.applicant_id else "for"
    return {"who": by.label, "person": by.person, "post": by.post, "at": at.isoformat(), "seq": row.seq + 1,
            "origin": origin}  # fmt: skip


def _unsealed(words: Mapping[str, str]) -> dict[str, str]:
    return {place: unseal(one) if secret(place) else one for place, one in words.items()}


def _clean(place: str, words: str) -> str:
    longest = LONGEST_BOUNDARY if place == "site_boundary" else LONGEST
    if len(words) > longest:
        raise Refusal("text_too_long", field=place, longest=longest, length=len(words))
    tidy = words.encode("utf-8", "ignore").decode().replace("\x00", "").replace("\r\n", "\n")
    if place == "site_boundary":
        return of_corners(tidy) or tidy.strip()
    return tidy.strip()


def _row(slug: str) -> Draft:
    row = Draft.objects.select_for_update().filter(slug=slug).first()
    if row is None:
        raise missing(slug)
    return row


def _own(slug: str, by: Acting) -> Draft:
    row = _row(slug)
    if row.applicant_id != by.organisation:
        raise Refusal("only_the_applicant")
    return row


def _record(row: Draft, kind: str, payload: Mapping[str, Json], by: Acting, at: datetime) -> str:
    written = append(chain=f"project:{row.first}", kind=kind, by=by, at=at, zone=row.zone, project=row.first,
                     payload={"form": row.slug, **payload})  # fmt: skip
    return written.hash
