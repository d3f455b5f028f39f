"""Talks for tests: a zone with quota, a project, and those who negotiate."""

from datetime import date, timedelta

from tests.ledgers.accounts import AT, LAND, officer, project, province
from tests.people import hired

from luodi.dealings import actions, readers
from luodi.dealings.actions import Owed, Table
from luodi.domain.dealings.terms import read

ON = date(2026, 10, 30)
UNTIL = date(2026, 12, 31)
HOUR = timedelta(hours=1)
__all__ = (
    "AT",
    "HOUR",
    "LAND",
    "ON",
    "UNTIL",
    "held",
    "hired",
    "officer",
    "owed",
    "project",
    "province",
    "talk",
    "terms",
)


def terms(**values):
    """Terms by kind; a subject follows two underscores: `land__一期="100亩"`."""
    return [
        read(key.partition("__")[0], key.partition("__")[2], one) for key, value in values.items() for one in [value]
    ]


def talk(found, by, at=AT, after=None, until=UNTIL, on=ON, points="", **values):
    """Record a round; its number."""
    last = readers.last_round(found.id)
    return actions.record_round(
        project=found, after=(last.number if last else 0) if after is None else after,
        table=Table(on, "管委会：李志", "企业：王总", points, until), terms=terms(**values), by=by, at=at,
    )  # fmt: skip


def owed(found, owner, due=date(2027, 6, 30)):
    """An owner and a day for every term on the table."""
    last = readers.last_round(found.id)
    return [Owed(one.key, owner, due) for one in last.terms]


def held(zone):
    """What is reserved and committed on an account, in mu."""
    from luodi.ledgers import readers as ledgers

    sums = ledgers.account(zone).sums
    return (sums.reserved // 10_000, sums.committed // 10_000)
