"""Acts on many cases: assign them to somebody, remind whoever has them."""

from collections.abc import Sequence

from django.http import Http404, QueryDict

from luodi.accounts import gate
from luodi.accounts import readers as accounts
from luodi.accounts.offices import kind_name
from luodi.cases import actions, readers
from luodi.cases.readers import CasePage
from luodi.desk import asked
from luodi.desk.looking.verbs import Effect, Field, Given, Moment, Verb
from luodi.domain.clock.office import day_of
from luodi.domain.vocabulary import Refusal, Text
from luodi.domain.written import line
from luodi.finding.many import Outcome, StepRow
from luodi.journal.actions import append
from luodi.notices.actions import tell
from luodi.projects.readers import team

OWNER = "owner"
NOBODY = Text("尚未指派", "nobody yet")


def seen(moment: Moment, number: str) -> CasePage:
    """The case, if the post may see it.  Raises `Http404`, `OutOfReach`, `Refusal`."""
    page = readers.case(number, now=moment.at)
    if page is None:
        raise Http404
    gate.require(
        moment.by, "case.read", zone=page.row.zone, organisation=page.row.organisation,
        project_posts=team_of(moment, page), case_posts=[one.post for one in page.parts if one.until is None],
    )  # fmt: skip
    return page


def owner_of(page: CasePage) -> int | None:
    """The post that owns a case now."""
    return next((one.post for one in page.parts if one.until is None and one.role == OWNER), None)


def weigh_assign(moment: Moment, number: str, given: Given | None) -> Effect:
    """Assigning one case to somebody of the unit that handles it."""
    page = seen(moment, number)
    why = _may_assign(moment, page)
    will = Text("", "")
    if why is None and given is not None:
        post = accounts.post(int(str(given["post"])))
        if post is None:
            why = Refusal("bulk_post_unknown", field="post")
        elif post.organisation != page.row.organisation:
            why = Refusal("post_of_another_unit", who=post.name)
        elif owner_of(page) == post.id:
            why = Refusal("part_held_already", who=post.name)
        else:
            was = Text(page.row.handler, page.row.handler) if page.row.handler else NOBODY
            will = Text(f"{was.zh} → {post.name}", f"{was.en} → {post.name}")
    return effect_of(page, will, why)


def weigh_remind(moment: Moment, number: str, given: Given | None) -> Effect:
    """Reminding whoever has one open case in hand, or its unit where nobody has."""
    page = seen(moment, number)
    why = _may_assign(moment, page)
    if why is None and not page.row.open:
        why = Refusal("bulk_case_closed")
    who = page.row.handler
    unit = page.row.organisation_name
    will = Text(f"通知 {who or unit.zh}", f"tell {who or unit.en}")
    return effect_of(page, will, why)


def assign(moment: Moment, effect: Effect, step: StepRow, given: Given, key: str) -> Outcome:
    """Assign; what taking it back needs is who had it before."""
    page: CasePage = effect.subject
    before = owner_of(page)
    done = actions.assign(
        case=page.row.id, seq=step.seq, role=OWNER, post=int(str(given["post"])), by=moment.by, at=moment.at, key=key
    )
    return Outcome({"owner": before}, done.seq)


def unassign(moment: Moment, step: StepRow, given: Given, key: str) -> None:
    """Give the case back to whoever had it, or to nobody.  Raises `Refusal` where something followed since."""
    page = seen(moment, step.row)
    if page.row.seq != step.after:
        raise Refusal("bulk_changed_since")
    why = _may_assign(moment, page)
    if why is not None:
        raise why if isinstance(why, Refusal) else Refusal("bulk_changed_since")
    before, row = step.before.get("owner"), page.row
    if isinstance(before, int):
        actions.assign(case=row.id, seq=row.seq, role=OWNER, post=before, by=moment.by, at=moment.at, key=key)
    else:
        post = int(str(given["post"]))
        actions.release(case=row.id, seq=row.seq, role=OWNER, post=post, by=moment.by, at=moment.at, key=key)


def remind(moment: Moment, effect: Effect, step: StepRow, given: Given, key: str) -> Outcome:
    """Tell them, on the record of the project."""
    page: CasePage = effect.subject
    row, note = page.row, str(given.get("note", ""))
    append(
        chain=f"project:{row.project}", kind="bulk.reminded", by=moment.by, at=moment.at, zone=row.zone, project=row.project,
        payload={"case": row.number, "note": note}, key=key,
    )  # fmt: skip
    owner = owner_of(page)
    tell(
        posts=(owner,) if owner else (), organisations=() if owner else (row.organisation,), kind="case_reminded",
        facts={"who": moment.by.label, "project": row.project_name, "matter": page.matter.name, "note": note or "—"},
        link=f"/cases/{row.number}/", project=row.project, at=moment.at, once=f"reminded:{key}",
    )  # fmt: skip
    return Outcome({}, row.seq)


def colleagues(moment: Moment, effects: Sequence[Effect]) -> tuple[Field, ...]:
    """Whom the chosen cases may be assigned to: whoever works at the units that handle them."""
    units = list(dict.fromkeys(one.subject.row.organisation for one in effects))[:5]
    posts = [one for unit in units for one in accounts.posts_of(unit, day_of(moment.at))]
    named = [(one, kind_name(one.kind)) for one in posts]
    options = [
        (
            str(one.id),
            Text(
                f"{one.name} · {kind.zh} · {one.organisation_name.zh}",
                f"{one.name} · {kind.en} · {one.organisation_name.en}",
            ),
        )
        for one, kind in named
    ]
    return (Field("post", Text("交给", "To"), "choice", tuple(options)),)


def _may_assign(moment: Moment, page: CasePage) -> Text | Refusal | None:
    acts = readers.next_acts(page, moment.by, now=moment.at, project_posts=team_of(moment, page))
    act = next(one for one in acts if one.verb == "assign")
    return None if act.allowed else act.why


def team_of(moment: Moment, page: CasePage) -> list[int]:
    """The posts on the team of a case's project today.  One query."""
    return [one.post for one in team(page.row.project, day_of(moment.at))]


def effect_of(page: CasePage, will: Text, why: Text | Refusal | None) -> Effect:
    """What an act would do to a case, in a row."""
    row = page.row
    return Effect(row.number, row.seq, page.matter.name, row.project_name, f"/cases/{row.number}/", will, why, page)


def _post(sent: QueryDict, _moment: Moment) -> Given:
    return {"post": asked.number(sent, "post")}


def _note(sent: QueryDict, _moment: Moment) -> Given:
    return {"note": line(sent.get("note", ""), "note", empty=True)[:200]}


ASSIGN = Verb(
    "assign",
    Text("指派经办人", "Assign"),
    "case.assign",
    "inbox",
    "inbox",
    colleagues,
    _post,
    weigh_assign,
    assign,
    unassign,
)
REMIND = Verb(
    "remind", Text("催办", "Remind"), "case.assign", "inbox", "inbox",
    lambda _moment, _effects: (Field("note", Text("说明", "Note"), required=False),), _note, weigh_remind, remind,
)  # fmt: skip
