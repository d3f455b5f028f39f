"""Acts on many projects: put somebody on their teams, as leader, navigator or investment officer."""

from collections.abc import Sequence

from django.http import Http404, QueryDict

from luodi.accounts import gate
from luodi.accounts import readers as accounts
from luodi.accounts.offices import kind_name
from luodi.desk import asked
from luodi.desk.looking.verbs import Effect, Field, Given, Moment, Verb
from luodi.domain.clock.office import day_of
from luodi.domain.vocabulary import Refusal, Text
from luodi.finding.many import Outcome, StepRow
from luodi.projects import readers
from luodi.projects.actions import assign_member, release_member
from luodi.zones import readers as zones

ROLES = tuple(role for role in readers.ROLES if role != "agent")
"""The enterprise names its own agents."""
KINDS = ("navigator", "leader", "investment_officer", "zone_officer", "approval_officer", "bureau_head")
"""Kinds of posts that are offered for a team."""


def weigh(moment: Moment, slug: str, given: Given | None) -> Effect:
    """Putting somebody on one project's team."""
    found = readers.project(slug)
    if found is None:
        raise Http404
    team = readers.team(slug, day_of(moment.at))
    posts = [one.post for one in team]
    gate.require(moment.by, "project.read", zone=found.zone, project_posts=posts)
    said = gate.verdict(moment.by, "project.record", zone=found.zone, project_posts=posts)
    why: Text | Refusal | None = None if said.allowed else said.words
    will = Text("", "")
    if why is None and given is not None:
        post, role = accounts.post(int(str(given["post"]))), str(given["role"])
        if post is None:
            why = Refusal("bulk_post_unknown", field="post")
        elif any(one.post == post.id and one.role == role for one in team):
            why = Refusal("member_already", role=readers.ROLES[role])
        else:
            name = readers.ROLES[role]
            will = Text(f"+ {post.name}（{name.zh}）", f"+ {post.name} ({name.en})")
    place = zones.zone(found.zone)
    about = place.name if place else Text("", "")
    return Effect(slug, 0, found.name, about, f"/projects/{slug}/", will, why, found)


def join(moment: Moment, effect: Effect, _step: StepRow, given: Given, key: str) -> Outcome:
    """Put them on the team from today on."""
    assign_member(
        project=effect.row, post=int(str(given["post"])), role=str(given["role"]), starts=day_of(moment.at), by=moment.by,
        at=moment.at, key=key,
    )  # fmt: skip
    return Outcome({}, 0)


def leave(moment: Moment, step: StepRow, given: Given, key: str) -> None:
    """End their part in the team today.  Raises `Refusal`: `member_unknown` where it has ended since."""
    found = readers.project(step.row)
    if found is None:
        raise Refusal("bulk_changed_since")
    posts = [one.post for one in readers.team(step.row, day_of(moment.at))]
    gate.require(moment.by, "project.record", zone=found.zone, project_posts=posts)
    release_member(
        project=step.row, post=int(str(given["post"])), role=str(given["role"]), ends=day_of(moment.at), by=moment.by,
        at=moment.at, key=key,
    )  # fmt: skip


def people(moment: Moment, effects: Sequence[Effect]) -> tuple[Field, ...]:
    """Role, and whoever of the post's zones may have one."""
    near = {one.subject.zone for one in effects}
    rows = accounts.posts(on=day_of(moment.at), zones=near, limit=1000) if near else ()
    options = [
        (
            str(one.id),
            Text(
                *(
                    f"{one.name} · {kind_name(one.kind)[tongue]} · {one.organisation_name[tongue]}"
                    for tongue in ("zh", "en")
                )
            ),
        )
        for one in rows
        if one.kind in KINDS
    ]
    roles = tuple((role, readers.ROLES[role]) for role in ROLES)
    return (
        Field("role", Text("角色", "Part"), "choice", roles),
        Field("post", Text("人员", "Who"), "choice", tuple(options)),
    )


def _given(sent: QueryDict, _moment: Moment) -> Given:
    role = sent.get("role", "")
    if role not in ROLES:
        raise Refusal("bulk_role_unknown", field="role")
    return {"role": role, "post": asked.number(sent, "post")}


JOIN = Verb(
    "join",
    Text("加入项目组", "Add to the team"),
    "project.record",
    "projects",
    "projects",
    people,
    _given,
    weigh,
    join,
    leave,
)
