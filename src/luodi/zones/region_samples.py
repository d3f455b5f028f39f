"""The sample profiles and chains (`data/samples_regions`): figures and names of the articles alone."""

from collections.abc import Mapping
from datetime import datetime

from luodi.accounts.acting import Acting
from luodi.domain.regions.resources import items
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_data
from luodi.journal.readers import recorded
from luodi.zones import chain_samples, profiling, readers

PROFILES = "samples_regions/profiles.yaml"


def load(*, by: Acting, at: datetime) -> int:
    """Enter what is not entered yet; how many rows were new.  The zones must be recorded before."""
    known = frozenset(one.id for one in readers.zones())
    done = 0
    for zone, line in profile_lines():
        key = f"profile:{zone}:{line.item}:{line.on}"
        if zone in known and not recorded(key):
            profiling.enter(zone=zone, line=line, by=by, at=at, key=key)
            done += 1
    return done + chain_samples.load(by=by, at=at)


def profile_lines() -> tuple[tuple[str, profiling.Line], ...]:
    """Zone and line of every row of the file.  Raises `BadInput` with every fault of it."""
    faults = Faults(PROFILES)
    root = ask.row(read_data(PROFILES, faults), faults)
    words = ask.child(root, "sources")
    sources = {key: ask.text(words, key) for key, _ in ask.entries(words)}
    found = tuple(_line(row, sources) for row in ask.children(root, "lines"))
    ask.close(root)
    faults.settle()
    return found


def _line(row: ask.Row, sources: Mapping[str, str]) -> tuple[str, profiling.Line]:
    line = profiling.Line(
        item=ask.choice(row, "item", items().items), value=ask.code(row, "value", ""), about=ask.text(row, "about", ""),
        on=ask.day(row, "on"), source=sources.get(ask.choice(row, "source", sources), ""), basis="article",
    )  # fmt: skip
    zone = ask.text(row, "zone")
    ask.close(row)
    return zone, line
