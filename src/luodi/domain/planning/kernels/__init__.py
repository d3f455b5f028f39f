"""The loops that run over every step of every plan, compiled.  This file alone imports numba; the loops stand beside it.

A kernel is plain Python on flat integer arrays: it raises nothing and returns codes, so that its caller can say what is wrong.
Compiled code is kept on disk; the first call on a new machine takes a few seconds, all others none.  (A kernel is compiled
anew when its own file changes, not when one it calls does: after changing `passes.py`, remove the `__pycache__` here.)
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

_P = ParamSpec("_P")
_R = TypeVar("_R")


def compiled(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """The function as machine code: no interpreter lock, kept on disk between runs."""
    return cast("Callable[_P, _R]", numba.njit(cache=True, nogil=True)(function))


def inlined(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """The function as part of its callers' machine code: where a call would cost more than its body."""
    return cast("Callable[_P, _R]", numba.njit(cache=True, nogil=True, inline="always")(function))


FREE = -(1 << 30)
"""In place of a fixed start: the activity has not begun."""

NEVER = 1 << 29
"""A time after the last known working day."""
