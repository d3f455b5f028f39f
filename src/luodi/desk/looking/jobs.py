"""Acts on many rows, by `luodi worker`; here alone the clock is read, as a command does."""

from datetime import UTC, datetime

from django.http import Http404
from django_tasks import task

from luodi.accounts.access import access
from luodi.accounts.gate import OutOfReach
from luodi.desk.looking.many_views import VERBS
from luodi.desk.looking.verbs import Moment, refusal_of
from luodi.domain.clock.office import day_of
from luodi.domain.vocabulary import Refusal
from luodi.finding import many
from luodi.finding.many import Outcome, StepRow
from luodi.zones.reaching import acting_as


@task()
def carry_out(number: int) -> str:
    """Do an act to every row that still waits, as the post that chose them; whoever lost the post does nothing more."""
    return run(number, at=datetime.now(UTC))


@task()
def take_back(number: int) -> str:
    """Take an act back, row by row."""
    return run_back(number, at=datetime.now(UTC))


def run(number: int, *, at: datetime) -> str:
    """Do what is still to be done of an act; the verb."""
    job = many.job(number)
    moment = _moment(job.post, at)
    verb = VERBS[job.verb]

    def do(step: StepRow) -> Outcome:
        if moment is None:
            raise Refusal("bulk_post_ended")
        try:
            effect = verb.weigh(moment, step.row, job.given)
        except (Http404, OutOfReach):
            raise Refusal("bulk_out_of_reach") from None
        if not effect.able:
            raise refusal_of(effect, access().functions[verb.function].name)
        return verb.do(moment, effect, step, job.given, f"bulk-{step.id}")

    many.carry_out(number, do, at=at)
    return job.verb


def run_back(number: int, *, at: datetime) -> str:
    """Take back what is still to be taken back of an act; the verb."""
    job = many.job(number)
    moment = _moment(job.post, at)
    undo = VERBS[job.verb].undo
    if moment is None or undo is None:
        raise Refusal("bulk_post_ended" if undo else "bulk_cannot_be_undone")

    def back(step: StepRow) -> None:
        try:
            undo(moment, step, job.given, f"back-{step.id}")
        except (Http404, OutOfReach):
            raise Refusal("bulk_out_of_reach") from None

    many.take_back(number, back, by=moment.by, at=at)
    return job.verb


def _moment(post: int, at: datetime) -> Moment | None:
    by = acting_as(post, day_of(at))
    return Moment(by, at) if by else None
