"""Who acts: one person in one post.  Everything a permission, a journal entry or a notice needs, and no table behind it."""

from dataclasses import dataclass

from luodi.domain.vocabulary import Text


@dataclass(frozen=True, slots=True)
class Acting:
    """A person acting as one of their posts; rights are those of this post alone, never the union of all."""

    person: int  # 0: nobody, the program itself
    username: str
    name: str
    post: int  # 0: no post, the program itself
    kind: str  # data/posts.yaml
    organisation: int
    organisation_code: str
    organisation_name: Text
    unit: str  # the catalogue's unit the organisation acts as, "" for none
    zone: str  # "" for the province, a city, an enterprise
    reach: frozenset[str] | None  # zone ids with their parks; None: the whole province
    label: str  # 王敏 · 审批专员 · 综改示范区行政审批局

    def reaches(self, zone: str) -> bool:
        """Whether a zone lies within what the organisation looks after; no zone ("") is the province's alone."""
        return self.reach is None or zone in self.reach


SYSTEM = Acting(
    person=0,
    username="luodi",
    name="luodi",
    post=0,
    kind="system",
    organisation=0,
    organisation_code="",
    organisation_name=Text("落地", "luodi"),
    unit="",
    zone="",
    reach=None,
    label="luodi",
)
"""The program itself: what the worker does on a schedule, and what a rule follows up without a person."""
