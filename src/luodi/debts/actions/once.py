"""The same step handed in twice is taken once."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from django.db import transaction

from luodi.debts.actions.stepping import Repeated, Stepped

P = ParamSpec("P")


def once(act: Callable[P, Stepped]) -> Callable[P, Stepped]:
    """Run a step in a transaction; one whose key stands in the record already answers with what was done then."""

    @wraps(act)
    def done(*args: P.args, **kwargs: P.kwargs) -> Stepped:
        try:
            with transaction.atomic():
                return act(*args, **kwargs)
        except Repeated as repeated:
            return repeated.stepped

    return done
