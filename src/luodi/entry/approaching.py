"""Opinions that are due soon: whoever was asked is reminded."""

from collections.abc import Iterator
from datetime import date

from luodi.domain.entry import checks
from luodi.domain.vocabulary import Text
from luodi.entry.readers import unanswered
from luodi.notices.reminders import Upcoming


def approaching(*, since: date, until: date) -> Iterator[Upcoming]:
    """Questions without an opinion that fall due in a span of days; experts from outside have no place here.  One query."""
    rows = unanswered(since, until).filter(organisation__isnull=False).order_by("pk")
    columns = (
        "pk",
        "check_id",
        "due",
        "organisation_id",
        "review__project__slug",
        "review__project__zh",
        "review__project__en",
    )
    for pk, check, due, unit, slug, zh, en in rows.values_list(*columns):
        facts = {"project": Text(zh, en), "what": checks.checks()[check].name}
        yield Upcoming(
            "entry_due", due, f"entry:{pk}", facts, organisations=(unit,) if unit else (),
            link=f"/projects/{slug}/entry/", project=slug,
        )  # fmt: skip
