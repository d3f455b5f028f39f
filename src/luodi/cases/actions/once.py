"""One act is one transaction, and the same act handed in twice is done once."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from django.db import transaction

from luodi.cases.held import Repeated
from luodi.cases.recording import Done

P = ParamSpec("P")


def once(act: Callable[P, Done]) -> Callable[P, Done]:
    """Run an action in a transaction; an act whose key stands in the record already answers with what it did then."""

    @wraps(act)
    def done(*args: P.args, **kwargs: P.kwargs) -> Done:
        try:
            with transaction.atomic():
                return act(*args, **kwargs)
        except Repeated as repeated:
            row = repeated.case
            return Done(row.pk, row.number, row.seq, row.state, repeated.entry, repeated=True)

    return done
