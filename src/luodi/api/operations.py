"""Every operation of the interface, and the function of the table of rights it needs: for docs/operations.md and the tests."""

from dataclasses import dataclass

from ninja import Router

from luodi.api import acts, reads
from luodi.api.doors import FUNCTION, ROUTER

PREFIX = "/api/v1"
ROOMS = (reads, acts)
"""Importing them is what puts their operations on the router."""


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation: its method, its address, its name and its function."""

    method: str
    route: str
    name: str
    function: str
    tag: str
    summary: str


def rooms() -> Router:
    """The router with every operation on it."""
    return ROUTER


def operations() -> tuple[Operation, ...]:
    """All operations, in the order of the description."""
    return tuple(
        Operation(
            method, f"{PREFIX}{path}", one.operation_id or "", str((one.openapi_extra or {}).get(FUNCTION, "")),
            (one.tags or [""])[0], one.summary,
        )
        for path, view in rooms().path_operations.items()
        for one in view.operations
        for method in one.methods
    )  # fmt: skip
