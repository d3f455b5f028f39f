"""The order of the catalogue: a topological one, the same on every machine; or the cycle."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from luodi.domain.catalogue.order import reach, topological

names = st.sampled_from("abcdefgh")
graphs = st.dictionaries(names, st.lists(names, max_size=3, unique=True), max_size=8)


@given(graphs)
def test_order_or_cycles(waits):
    keys = {one: (0, one) for one in waits}
    order, cycles = topological(waits, keys)
    place = {one: at for at, one in enumerate(order)}
    assert all(place[other] < place[one] for one in order for other in waits[one] if other in waits)
    assert bool(cycles) == (len(order) < len(waits))
    for cycle in cycles:
        assert cycle[0] == cycle[-1]
        assert all(after in waits[one] for one, after in itertools.pairwise(cycle))
    for one in waits:
        in_circle = one in reach(waits, one)
        assert not (in_circle and one in order)


def test_stage_then_id_breaks_ties():
    waits = {"b": (), "a": (), "c": ("b",), "d": ()}
    keys = {"a": (2, "a"), "b": (1, "b"), "c": (1, "c"), "d": (1, "d")}
    assert topological(waits, keys)[0] == ["b", "c", "d", "a"]
