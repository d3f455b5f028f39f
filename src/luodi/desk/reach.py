"""What lists of a post reach: its zones, or, for whoever sees only their projects, those on whose team they are."""

from dataclasses import dataclass

from django.utils import timezone

from luodi.accounts.access import Scope, access
from luodi.accounts.gate import SignedIn
from luodi.projects.readers import projects_of


@dataclass(frozen=True, slots=True)
class Reach:
    """`zones` None: the whole province.  `slugs` None: no narrower than the zones."""

    zones: frozenset[str] | None
    slugs: tuple[str, ...] | None


def reach(request: SignedIn, function: str) -> Reach:
    """How far lists of a function go for the post.  One query for a post that sees only its projects, else none."""
    if access().scope(function, request.acting.kind) in (Scope.PROJECT, Scope.OWN):
        return Reach(None, projects_of(request.acting.post, timezone.localdate(request.now)))
    return Reach(request.acting.reach, None)
