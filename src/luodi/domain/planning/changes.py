"""What differs between two plans' documents: how a forecast is kept in a fraction of its size, and got back exactly.

A document is the plain values of `plan_json`.  A list whose rows all name a `matter` is compared row by row, anything
else that differs is kept whole.
"""

from collections.abc import Mapping
from typing import Any

Document = Mapping[str, Any]
REST = {"as_of", "solve_ms", "catalogue"}
"""What differs although nothing was planned otherwise: when and how fast it was worked out."""


def differences(new: Document, old: Document) -> dict[str, Any]:
    """What makes `new` of `old`: `set` keys, `drop` keys, and `rows` of lists by their key."""
    change: dict[str, Any] = {}
    kept = {key: value for key, value in new.items() if key not in old or old[key] != value}
    dropped = [key for key in old if key not in new]
    for key in list(kept):
        now, was = kept[key], old.get(key)
        if _keyed(now) and _keyed(was):
            change.setdefault("rows", {})[key] = _rows(kept.pop(key), old[key])
        elif isinstance(now, dict) and isinstance(was, dict):
            change.setdefault("in", {})[key] = differences(kept.pop(key), was)
    if kept:
        change["set"] = kept
    if dropped:
        change["drop"] = dropped
    return change


def restored(old: Document, change: Document) -> dict[str, Any]:
    """The document that `differences(new, old)` was made of: `new` again.  `old` is not changed."""
    dropped = change.get("drop", ())
    new: dict[str, Any] = {key: value for key, value in old.items() if key not in dropped}
    new |= change.get("set", {})
    for key, inner in change.get("in", {}).items():
        new[key] = restored(old[key], inner)
    for key, rows in change.get("rows", {}).items():
        known = {row["matter"]: row for row in old[key]}
        known |= {name: restored(known.get(name, {}), inner) for name, inner in rows["changed"].items()}
        new[key] = [known[name] for name in rows.get("order", [row["matter"] for row in old[key]])]
    return new


def planned_otherwise(new: Document, old: Document) -> bool:
    """Whether anything differs that somebody would see in the plan."""
    return any(new.get(key) != old.get(key) for key in (new.keys() | old.keys()) - REST)


def _rows(new: list[Document], old: list[Document]) -> dict[str, Any]:
    known = {row["matter"]: row for row in old}
    changed = {}
    for row in new:
        was = known.get(row["matter"], {})
        if row != was:
            changed[row["matter"]] = differences(row, was)
    order = [row["matter"] for row in new]
    return {"changed": changed} | ({} if order == [row["matter"] for row in old] else {"order": order})


def _keyed(value: object) -> bool:
    """A list of rows, each of another matter."""
    if not isinstance(value, list) or not all(isinstance(row, dict) and "matter" in row for row in value):
        return False
    return len({row["matter"] for row in value}) == len(value)
