"""Long ledgers, by `luodi worker`; here alone the room reads the clock, as a command does."""

from datetime import UTC, datetime

from django_tasks import task

from luodi.accounts.acting import Acting
from luodi.domain.clock.office import day_of
from luodi.domain.vocabulary import Refusal
from luodi.exchange.sheets import taking
from luodi.exchange.sheets.models import Import
from luodi.zones.reaching import acting_as


@task()
def take_in(number: int) -> str:
    """Take an import in, or carry on with it."""
    at, row = datetime.now(UTC), Import.objects.get(pk=number)
    taking.take_in(number=number, by=_acting(row.post_id, at), at=at)
    return row.kind


@task()
def take_back(number: int, reason: str, post: int) -> str:
    """Take an import back, or carry on with that."""
    at = datetime.now(UTC)
    taking.take_back(number=number, reason=reason, by=_acting(post, at), at=at)
    return reason


def _acting(post: int, at: datetime) -> Acting:
    found = acting_as(post, day_of(at))
    if found is None:
        raise Refusal("sheet_post_ended")
    return found
