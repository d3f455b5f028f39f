"""Questions about the drafts of the one form: what was typed where, and by whom."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.db.models import Q

from luodi.accounts.sealing import unseal
from luodi.domain.facts.typed import secret
from luodi.domain.vocabulary import Refusal
from luodi.papers.models import Draft

MASK = "●●●●●●"
"""What a page shows of a sealed part."""


@dataclass(frozen=True, slots=True)
class Typist:
    """Who typed something.  `origin`: own (the enterprise), for (somebody for it), registry, file, phase.

    `confirmed`: who of the enterprise stood for it; "" while nobody has.
    """

    who: str
    person: int
    post: int
    at: datetime
    seq: int
    origin: str
    confirmed: str
    confirmed_at: datetime | None

    @property
    def waits(self) -> bool:
        """Whether the enterprise has still to confirm it."""
        return self.origin == "for" and not self.confirmed


@dataclass(frozen=True, slots=True)
class Mandate:
    """Whom the enterprise lets fill in the form for it."""

    post: int
    who: str
    since: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Held:
    """A draft.  `words` with sealed parts masked; `sent`: as it was last handed in."""

    id: int
    slug: str
    first: str
    phase: int
    zone: str
    applicant: int
    begun_by: int
    words: Mapping[str, str]
    typists: Mapping[str, Typist]
    mandate: Mandate | None
    seq: int
    created: datetime
    changed: datetime
    sent: Mapping[str, str]
    sent_at: datetime | None

    @property
    def waiting(self) -> tuple[str, ...]:
        """The places that the enterprise has still to confirm."""
        return tuple(place for place in self.words if (one := self.typists.get(place)) is not None and one.waits)

    @property
    def changed_places(self) -> tuple[str, ...]:
        """Where it differs from what was handed in."""
        return tuple(sorted(one for one in {*self.words, *self.sent} if self.words.get(one) != self.sent.get(one)))


@dataclass(frozen=True, slots=True)
class Listed:
    """A draft in a list."""

    slug: str
    phase: int
    name: str
    zone: str
    filled: int
    waiting: int
    changed: datetime
    sent_at: datetime | None


def draft(slug: str) -> Held | None:
    """One draft; None where nobody has begun it.  One query."""
    row = Draft.objects.filter(slug=slug).first()
    return held(row) if row else None


def phases(first: str) -> tuple[tuple[int, str], ...]:
    """Number and slug of every phase of a project that has a form.  One query."""
    return tuple(Draft.objects.filter(first=first).order_by("phase").values_list("phase", "slug"))


def drafts_of(*, organisation: int, post: int, slugs: Collection[str]) -> tuple[Listed, ...]:
    """The forms of an enterprise, those a post has begun, and those of these projects; last changed first.  One query."""
    rows = Draft.objects.filter(Q(applicant=organisation) | Q(begun_by=post) | Q(slug__in=slugs) | Q(first__in=slugs))
    return tuple(_listed(held(row)) for row in rows.order_by("-changed")[:100])


def opened(draft: Held) -> dict[str, str]:
    """All words, sealed parts too: to be checked, never shown.  One query.  Raises `Refusal` without the key."""
    words: dict[str, str] = Draft.objects.values_list("words", flat=True).get(pk=draft.id)
    return {place: unseal(one) if secret(place) else one for place, one in words.items()}


def held(row: Draft) -> Held:
    """A row as a value."""
    return Held(
        row.pk, row.slug, row.first, row.phase, row.zone, row.applicant_id, row.begun_by, _masked(row.words, row.words),
        MappingProxyType({place: _typist(one) for place, one in row.typists.items()}), _mandate(row.mandate), row.seq,
        row.created, row.changed, _masked(row.sent, row.words), row.sent_at,
    )  # fmt: skip


def missing(slug: str) -> Refusal:
    """What is said where there is no such form."""
    return Refusal("form_unknown", slug=slug)


def _masked(words: Mapping[str, str], now: Mapping[str, str]) -> Mapping[str, str]:
    """Sealed parts differ in the table each time they are sealed: only whether they are the same seal is told."""
    return MappingProxyType(
        {key: (MASK if one == now.get(key) else MASK[1:]) if secret(key) else one for key, one in words.items()}
    )


def _typist(kept: Mapping[str, object]) -> Typist:
    confirmed_at = kept.get("confirmed_at")
    return Typist(
        str(kept["who"]), int(str(kept["person"])), int(str(kept["post"])), datetime.fromisoformat(str(kept["at"])),
        int(str(kept["seq"])), str(kept["origin"]), str(kept.get("confirmed", "")),
        datetime.fromisoformat(str(confirmed_at)) if confirmed_at else None,
    )  # fmt: skip


def _mandate(kept: Mapping[str, object] | None) -> Mandate | None:
    if kept is None:
        return None
    since = datetime.fromisoformat(str(kept["since"]))
    return Mandate(int(str(kept["post"])), str(kept["who"]), since, str(kept["by"]))


def _listed(one: Held) -> Listed:
    filled = len({place.partition(".")[0] for place in one.words})
    name = one.words.get("project_name", "")
    return Listed(one.slug, one.phase, name, one.zone, filled, len(one.waiting), one.changed, one.sent_at)
