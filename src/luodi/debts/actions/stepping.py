"""A debt under lock, and the tail every step about it shares: step, row, journal, and who is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from luodi.accounts.acting import Acting
from luodi.accounts.readers import organisation
from luodi.debts.models import Debt, DebtStep
from luodi.domain.catalogue.matters import Matter
from luodi.domain.catalogue.reading import load
from luodi.domain.clock.office import day_of
from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal, Text
from luodi.journal.actions import append
from luodi.journal.readers import recorded
from luodi.notices.actions import tell
from luodi.projects.readers import team

OPEN = ("open", "grace")
"""States in which a debt is still owed."""


@dataclass(frozen=True, slots=True)
class Stepped:
    """A step that was taken: the debt, its state after it, and the entry of the record."""

    debt: int
    state: str
    entry: str


class Repeated(Exception):  # noqa: N818 - an answer
    """The same step was handed in twice, and was taken the first time."""

    def __init__(self, stepped: Stepped) -> None:
        super().__init__(stepped.entry)
        self.stepped = stepped


def hold(debt: int, key: str | None) -> Debt:
    """The debt under lock, with its project.  One query; one more for a key.

    Raises `Refusal("no_such_debt")`; `Repeated` where this very step has been taken.
    """
    row = Debt.objects.select_for_update(of=("self",)).select_related("project").filter(pk=debt).first()
    if row is None:
        raise Refusal("no_such_debt")
    if key and (found := recorded(key)):
        raise Repeated(Stepped(row.pk, row.state, found.hash))
    return row


def hold_open(debt: int, key: str | None, kind: str | None = None) -> Debt:
    """A debt that is still owed, of a kind where one is given.  Raises `Refusal`."""
    row = hold(debt, key)
    if kind is not None and row.kind != kind:
        raise Refusal("debt_of_another_kind", what=what(row))
    if row.state not in OPEN:
        raise Refusal("debt_settled", what=what(row))
    return row


def step(
    row: Debt,
    *,
    name: str,
    kind: str,
    by: Acting,
    at: datetime,
    note: str = "",
    more: Mapping[str, Json] | None = None,
    key: str | None = None,
) -> Stepped:
    """Keep a step about a debt whose row has been changed: row, step and entry of the record.  At most seven queries."""
    slug = row.project.slug
    payload: dict[str, Json] = {"debt": row.pk, "matter": row.matter, "state": row.state, **(more or {})}
    if note:
        payload["note"] = note
    done = append(
        chain=f"project:{slug}", kind=kind, by=by, at=at, zone=row.zone, project=slug, payload=payload, key=key
    )
    row.save(update_fields=("state", "rung", "grace_until"))
    DebtStep.objects.create(
        debt=row, at=at, step=name, who=by.label[:200], note=note, state=row.state, entry=done.hash
    )  # fmt: skip
    return Stepped(row.pk, row.state, done.hash)


def say(row: Debt, kind: str, at: datetime, *, checker: bool = True, **facts: str | int | date | Text) -> None:
    """Tell the enterprise and the project's team of a debt, and the unit that checks it.  At most seven queries."""
    organisations = {row.project.applicant_id} if row.project.applicant_id else set()
    if checker and row.checker and (unit := organisation(row.checker)):
        organisations.add(unit.id)
    tell(
        posts=frozenset(member.post for member in team(row.project.slug, day_of(at))), organisations=organisations,
        kind=kind, facts={"project": Text(row.project.zh, row.project.en), **facts},
        link=f"/projects/{row.project.slug}/debts/", project=row.project.slug, at=at,
    )  # fmt: skip


def what(row: Debt) -> Text:
    """What is owed, in a word or two."""
    name = matter(row.matter).name
    return {
        "commitment": Text(f"{name.zh}的承诺", f"the commitment on {name.en}"),
        "deferral": Text(f"{name.zh}的后补材料", f"the papers that {name.en} still lacks"),
        "letter": Text(f"代“{name.zh}”的函", f"the letter that stands for “{name.en}”"),
    }[row.kind]


def matter(id_: str) -> Matter:
    """A matter by the catalogue."""
    return load().matters[id_]
