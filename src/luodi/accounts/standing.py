"""Who a session belongs to and which posts they hold today: asked on every page, so one plain statement."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import connection

from luodi.accounts import still
from luodi.accounts.acting import Acting
from luodi.accounts.models import Person
from luodi.accounts.offices import kind_name, offices
from luodi.domain.vocabulary import Text

SQL = """
SELECT p.id, p.username, p.name, p.password, p.must_change,
       t.id, t.kind, o.id, o.code, o.zh, o.en, o.unit, o.zone, o.kind
  FROM accounts_person p
  LEFT JOIN accounts_post t ON t.person_id = p.id AND t.starts <= %s AND (t.ends IS NULL OR t.ends >= %s)
  LEFT JOIN accounts_organisation o ON o.id = t.organisation_id
 WHERE p.id = %s AND p.is_active
   AND (o.id IS NULL OR (o.starts <= %s AND (o.ends IS NULL OR o.ends >= %s)))
 ORDER BY t.id
"""


@dataclass(frozen=True, slots=True)
class Held:
    """A post somebody holds."""

    post: int
    kind: str
    organisation: int
    code: str
    name: Text
    unit: str
    zone: str
    organisation_kind: str

    @property
    def words(self) -> Text:
        """审批专员 · 综改示范区行政审批局."""
        kind = kind_name(self.kind)
        return Text(f"{kind.zh} · {self.name.zh}", f"{kind.en} · {self.name.en}")


@dataclass(frozen=True, slots=True)
class Standing:
    """A person who may sign in, and the posts they hold on a day."""

    person: int
    username: str
    name: str
    password: str  # as hashed: a session ends when it changes
    must_change: bool
    posts: tuple[Held, ...]

    def session_hash(self) -> str:
        """What a session of this person must carry."""
        return session_hash(self.person, self.password)

    def post(self, wanted: int | None) -> Held | None:
        """The post asked for where they hold it, else their first; None without any."""
        return next((one for one in self.posts if one.post == wanted), self.posts[0] if self.posts else None)

    def entering(self) -> Acting:
        """The person at the door, before they act as any post."""
        nowhere = Text("", "")
        return Acting(
            self.person, self.username, self.name, 0, "", 0, "", nowhere, "", "", frozenset(), self.name,
        )  # fmt: skip

    def acting(self, held: Held, reach: Callable[[str, str], frozenset[str] | None]) -> Acting:
        """The person in one of their posts; `reach` answers for a kind of organisation and its zone."""
        return Acting(
            person=self.person,
            username=self.username,
            name=self.name,
            post=held.post,
            kind=held.kind,
            organisation=held.organisation,
            organisation_code=held.code,
            organisation_name=held.name,
            unit=held.unit,
            zone=held.zone,
            reach=None if offices().posts[held.kind].alone else reach(held.organisation_kind, held.zone),
            label=f"{self.name} · {held.words.zh}",
        )


@lru_cache(maxsize=1024)
def session_hash(person: int, password: str) -> str:
    """What Django ties a session to, so that a new password ends it."""
    return Person(id=person, password=password).get_session_auth_hash()


def standing(person: int, on: date) -> Standing | None:
    """A person and the posts they hold on a day; None where nobody with this number may sign in.  One query at most."""
    return still.kept(("standing", person, on), lambda: asked(person, on))


def asked(person: int, on: date) -> Standing | None:
    """The same from the tables.  One query."""
    with connection.cursor() as cursor:
        cursor.execute(SQL, (on, on, person, on, on))
        rows = cursor.fetchall()
    if not rows:
        # Everything they had belonged to organisations that have ended: still a person, without a post.
        return bare(person)
    number, username, name, password, must_change = rows[0][:5]
    posts = tuple(
        Held(post, kind, organisation, code, Text(zh, en), unit, zone, organisation_kind)
        for *_, post, kind, organisation, code, zh, en, unit, zone, organisation_kind in rows
        if post is not None and organisation is not None
    )
    return Standing(number, username, name, password, bool(must_change), posts)


def bare(person: int) -> Standing | None:
    """A person without any post; None where nobody with this number may sign in.  One query."""
    row = (
        Person.objects.filter(id=person, is_active=True)
        .values_list("id", "username", "name", "password", "must_change")
        .first()
    )
    return Standing(*row, posts=()) if row else None
