"""What happens to a matter does to the promises of its project: a grant uses them up, a withdrawal frees them.

Called by the acts of cases, inside their transaction.  What has run out is left alone: nothing stands behind it any more.
(A signature commits, and the end of the talks frees: `dealings`.)
"""

from collections.abc import Collection
from datetime import datetime

from luodi.accounts.acting import Acting
from luodi.domain.ledger.book import PENDING, Phase
from luodi.domain.ledger.uses import uses
from luodi.ledgers import actions, promising
from luodi.ledgers.models import Promise, Transfer

LONGEST = 200


def use_up(*, project: str, matter: str, document: str, by: Acting, at: datetime) -> tuple[int, ...]:
    """A matter was granted: what the project was promised of the quotas it uses is used up; the numbers of the steps.

    `document`: number of the case, first, and of its paper.  Raises as `promising.post`.  No query for a matter that uses none.
    """
    found = _of_matter(project, matter, at)
    return promising.post(promises=found, document=document[:LONGEST], by=by, at=at) if found else ()


def free(*, project: str, matter: str, why: str, by: Acting, at: datetime) -> tuple[int, ...]:
    """An application was withdrawn: what was reserved for it is free again; what is signed stays promised.  As `use_up`."""
    found = _of_matter(project, matter, at, (Phase.RESERVE,))
    return promising.release(promises=found, why=why, by=by, at=at) if found else ()


def give_back(*, project: str, matter: str, case: str, why: str, by: Acting, at: datetime) -> tuple[int, ...]:
    """A permit was revoked: what its case used up is reversed; the numbers of the reversals.

    `case`: the number with which `document` of `use_up` began.  Raises as `actions.reverse`.
    """
    quotas = uses().matters.get(matter, ())
    if not quotas:
        return ()
    used = Transfer.objects.filter(
        phase=Phase.POST, target__level="project", target__holder=project, source__quota__in=quotas,
        document__startswith=case,
    )  # fmt: skip
    undone = Transfer.objects.filter(reverses__in=used).values_list("reverses__entry", flat=True)
    steps: dict[str, int] = {}
    for number, entry in used.exclude(entry__in=set(undone)).order_by("pk").values_list("pk", "entry"):
        steps.setdefault(entry, number)
    return tuple(made for step in steps.values() for made in actions.reverse(step=step, why=why, by=by, at=at))


def _of_matter(project: str, matter: str, at: datetime, phases: Collection[Phase] = PENDING) -> list[int]:
    """The promises of a project that stand, of the quotas that a matter uses.  One query, none where it uses none."""
    quotas = uses().matters.get(matter, ())
    if not quotas:
        return []
    found = Promise.objects.filter(
        target__level="project", target__holder=project, source__quota__in=quotas, state__in=phases
    )
    rows = found.order_by("pk").values_list("pk", "expires")
    return [number for number, expires in rows if expires is None or expires > at]
