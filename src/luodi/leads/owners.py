"""Who answered for projects while they were leads: for those who ask where nobody owned a case on its whole way."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from luodi.accounts import readers as accounts
from luodi.leads.models import Turn

FIRST = 4
"""Among the first rows of a lead that somebody recorded stands that it goes on; one taken up from a project has no such row."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A post that answered for a lead; both days counted, `until` None: still."""

    post: int
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Owned:
    """The attracting side of a project.  `won`: the day of signing, up to which its owners answer; None: not signed.

    `known` False: taken from a publication that names no owner; who answered before signing is then not known.
    """

    contacted: date
    won: date | None
    known: bool
    posts: tuple[Answered, ...]


def owners(projects: Collection[int], as_of: datetime | None = None) -> dict[int, Owned]:
    """By project: who answered for its lead, as it was known at a moment.  Two queries, however many they are.

    A project recorded without a lead and taken up later tells nothing here: its owner was read from its own team.
    """
    turns = Turn.objects.filter(lead__project__in=list(projects), kind__in=("owner", "status"))
    if as_of is not None:
        turns = turns.filter(at__lte=as_of)
    columns = ("lead__project_id", "lead__contacted", "lead__source", "seq", "kind", "on", "word", "post_id")
    found: dict[int, list[tuple[date, str, int, str, date, str, int | None]]] = {}
    for project, *rest in turns.order_by("on", "seq").values_list(*columns):
        found.setdefault(project, []).append(tuple(rest))
    told = {
        project: rows for project, rows in found.items() if any(row[2] <= FIRST and row[5] == "ongoing" for row in rows)
    }
    named = {row[6] for rows in told.values() for row in rows if row[6] is not None}
    ended = {number: post.ends for number, post in accounts.posts_by_number(named).items()} if named else {}
    return {project: _owned(rows, ended) for project, rows in told.items()}


def _owned(rows: list[tuple[date, str, int, str, date, str, int | None]], ended: dict[int, date | None]) -> Owned:
    contacted, source = rows[0][0], rows[0][1]
    statuses = [(on, word) for _c, _s, _q, kind, on, word, _p in rows if kind == "status"]
    won = statuses[-1][0] if statuses and statuses[-1][1] == "won" else None
    last = {on: post for _c, _s, _q, kind, on, _w, post in rows if kind == "owner"}
    days = sorted(last)
    posts = []
    for place, on in enumerate(days):
        post = last[on]
        following = days[place + 1] - timedelta(days=1) if place + 1 < len(days) else None
        ends = [one for one in (following, won, ended.get(post) if post is not None else None) if one is not None]
        until = min(ends, default=None)
        if post is not None and (until is None or until >= on):
            posts.append(Answered(post, on, until))
    return Owned(contacted, won, bool(posts) or not source, tuple(posts))
