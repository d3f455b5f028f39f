"""What is worked out in the background, by `luodi worker`; here alone the room reads the clock, as a command does."""

from datetime import UTC, datetime

from django_tasks import task

from luodi.plans.offering import find


@task()
def work_out(offer: int) -> str:
    """Work out the plan of least change that an offer stands for; the state the offer is in then."""
    return find(offer=offer, at=datetime.now(UTC))
