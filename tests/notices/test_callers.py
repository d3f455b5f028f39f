"""Whoever tells something gives the facts its sentence needs; found by reading every call, whatever the tests run."""

import ast
from collections.abc import Iterator

import pytest
from tests.house.tree import modules, name, syntax

from luodi.notices.kinds import kinds

TELLERS = {"tell": set(), "Upcoming": {"due", "left"}}
"""The calls that tell, and the facts each fills in itself."""


def calls() -> Iterator[tuple[str, str, list[str], set[str]]]:
    """Place, caller, kinds (either branch of a choice) and the literal facts of every call that tells."""
    for path in modules():
        for node in ast.walk(syntax(path)):
            called = getattr(getattr(node, "func", None), "id", "")
            if not isinstance(node, ast.Call) or called not in TELLERS:
                continue
            given = {one.arg: one.value for one in node.keywords}
            said = (
                [one.value for one in ast.walk(given["kind"]) if isinstance(one, ast.Constant)]
                if "kind" in given
                else []
            )
            facts = given.get("facts")
            if isinstance(facts, ast.Dict) and all(isinstance(key, ast.Constant) for key in facts.keys):
                yield (
                    f"{name(path)}:{node.lineno}",
                    called,
                    [str(one) for one in said],
                    {key.value for key in facts.keys},
                )


@pytest.mark.slow
def test_every_call_names_a_kind_and_its_facts() -> None:
    wrong = []
    for where, called, said, facts in calls():
        for kind in said:
            needed = kinds()[kind].facts - TELLERS[called] if kind in kinds() else {"a kind that exists"}
            wrong += [f"{where} {kind}: {sorted(needed - facts)}"] if needed - facts else []
    assert not wrong, "\n".join(wrong)
    assert list(calls()), "nobody tells anything"
