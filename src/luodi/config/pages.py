"""Every address the server answers, and who may ask it: what `docs/addresses.md` prints and the tests walk."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from luodi.accounts.gate import PUBLIC
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_data

SIGNED_IN = "account.own"


@dataclass(frozen=True, slots=True)
class Page:
    """An address: its pattern, its name, the function it needs (`public`: none; "": nobody said, which is a fault)."""

    route: str
    name: str
    function: str
    arguments: tuple[str, ...]


def pages() -> tuple[Page, ...]:
    """All addresses in the order in which they are tried."""
    return tuple(walk(get_resolver().url_patterns, ""))


def walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[Page]:
    """The addresses below a part of the table."""
    open_to_all, open_to_people = library()
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver) and one.app_name == "ninja":
            continue  # operations have a method and a function each: `luodi.api.operations`
        if isinstance(one, URLResolver):
            yield from walk(one.url_patterns, route)
            continue
        name = one.name or ""
        function = getattr(one.callback, "function", "")
        if not function and name in open_to_all:
            function = PUBLIC
        if not function and name in open_to_people:
            function = SIGNED_IN
        yield Page(route, name, function, tuple(one.pattern.converters))


def library() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The pages that libraries bring: open to everybody, and to whoever is signed in.  Raises `BadInput`."""
    faults = Faults("access/library.yaml")
    root = ask.row(read_data("access/library.yaml", faults), faults)
    found = ask.texts(root, "public"), ask.texts(root, "signed_in")
    ask.close(root)
    faults.settle()
    return found
