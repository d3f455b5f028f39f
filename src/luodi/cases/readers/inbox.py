"""Lists of cases: an officer's inbox, what runs out first on top; a project's cases; a zone's."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from luodi.cases.models import FAR
from luodi.cases.readers.lights import Lights
from luodi.cases.readers.rows import Row, Where, read
from luodi.domain.vocabulary import Refusal


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list.  `next`: what to give as `after` for the page that follows, None on the last."""

    rows: tuple[Row, ...]
    next: str | None


def inbox(
    *,
    now: datetime,
    organisations: Collection[int] | None = None,
    posts: Collection[int] | None = None,
    zones: Collection[str] | None = None,
    state: int | Collection[int] | None = None,
    light: str | None = None,
    project: str | None = None,
    turn: str | None = None,
    matter: str | None = None,
    words: str = "",
    closed: bool = False,
    after: str | None = None,
    limit: int = 50,
    as_of: datetime | None = None,
) -> Page:
    """Open cases by what runs out first (those without a running clock last), or closed ones, newest first.

    `posts`: whoever has a part in the case, in whatever state it is.  `light`: of the clock that runs out first.
    `words`: in the number or the project's name.  One query.  Raises `Refusal("cursor_unknown")`.
    """
    lights = Lights(as_of or now)
    where = Where().plus("{s}.open = %s", not closed)
    if organisations is not None:
        where = where.among("c.organisation_id", tuple(organisations))
    if posts is not None:
        where = _with_a_part(where, tuple(posts), as_of)
    if zones is not None:
        where = where.among("c.zone", tuple(sorted(zones)))
    if state is not None:
        where = where.among("{s}.state", (state,) if isinstance(state, int) else tuple(state))
    for column, value in (("p.slug", project), ("{s}.turn", turn), ("c.matter", matter)):
        if value is not None:
            where = where.plus(f"{column} = %s", value)
    if light is not None:
        where = where.plus("{s}.runs_out BETWEEN %s AND %s", *lights.span(light))
    where = _saying(where, words.strip())
    if after is not None:
        where = _beyond(where, after, closed)
    order = "c.id DESC" if closed else "{s}.runs_out, c.id"
    rows = read(where, lights, order=order, limit=limit + 1, as_of=as_of)
    return Page(rows[:limit], _cursor(rows[limit - 1], closed) if len(rows) > limit else None)


def of_project(slug: str, *, now: datetime, as_of: datetime | None = None) -> tuple[Row, ...]:
    """Every case of a project, open and closed, in the order in which they were opened.  One query."""
    return read(Where().plus("p.slug = %s", slug), Lights(as_of or now), order="c.id", as_of=as_of)


def numbered(number: str, *, now: datetime, as_of: datetime | None = None) -> Row | None:
    """One case by its number.  One query."""
    rows = read(Where().plus("c.number = %s", number), Lights(as_of or now), order="c.id", limit=1, as_of=as_of)
    return rows[0] if rows else None


def many(cases: Collection[int], *, now: datetime) -> tuple[Row, ...]:
    """Cases by their ids, for the preview of a bulk act.  One query."""
    return read(Where().among("c.id", tuple(cases)), Lights(now), order="c.runs_out, c.id")


def _saying(where: Where, words: str) -> Where:
    if not words:
        return where
    said = f"%{_plain(words)}%"
    return where.plus(
        "(c.number LIKE %s ESCAPE '!' OR p.zh LIKE %s ESCAPE '!' OR p.en LIKE %s ESCAPE '!')", *[said] * 3
    )


def _with_a_part(where: Where, posts: tuple[int, ...], as_of: datetime | None) -> Where:
    if not posts:
        return where.plus("1 = 0")
    marks = ", ".join(["%s"] * len(posts))
    if as_of is None:
        held = f"SELECT case_id FROM cases_part WHERE post_id IN ({marks}) AND until IS NULL"  # noqa: S608
        return where.plus(f"(c.handler_id IN ({marks}) OR c.id IN ({held}))", *posts, *posts)
    held = (
        f"SELECT case_id FROM cases_part WHERE post_id IN ({marks}) AND since <= %s AND (until IS NULL OR until > %s)"  # noqa: S608
    )
    return where.plus(f"(s.handler_id IN ({marks}) OR c.id IN ({held}))", *posts, *posts, as_of, as_of)


def _cursor(row: Row, closed: bool) -> str:
    return f"{FAR if closed else row.runs_out}:{row.id}"


def _beyond(where: Where, after: str, closed: bool) -> Where:
    try:
        day, _, last = after.partition(":")
        seen, number = date.fromisoformat(day), int(last)
    except ValueError:
        raise Refusal("cursor_unknown") from None
    if closed:
        return where.plus("c.id < %s", number)
    return where.plus("({s}.runs_out, c.id) > (%s, %s)", seen, number)


def _plain(words: str) -> str:
    """Words in which nothing stands for anything else."""
    for mark in ("!", "%", "_"):
        words = words.replace(mark, f"!{mark}")
    return words[:100]
