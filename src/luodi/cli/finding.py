"""`luodi finding`: fill anew what the search box finds, from everything that is recorded; and try it."""

import argparse
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from luodi.cli.reaching import add_language

if TYPE_CHECKING:
    from luodi.finding.actions import Note


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The grammar of `luodi finding`."""
    parser = commands.add_parser("finding", help="查找索引 / what the search box finds")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    rebuild = verbs.add_parser("rebuild", help="重建查找索引 / fill it anew from everything that is recorded")
    rebuild.set_defaults(func=run_rebuild)
    look = verbs.add_parser("look", help="按名称、拼音、代码查找 / look something up, province-wide")
    look.add_argument("words", metavar="WORDS", nargs="+", help="名称、拼音首字母或代码 / name, initials or code")
    add_language(look)
    look.set_defaults(func=run_look)


def run_rebuild(_args: argparse.Namespace) -> int:
    """Fill it anew and say how much there is, and how long that took."""
    _begin()
    begun = time.perf_counter()
    count = rebuild(datetime.now(UTC))
    print(f"{count} 条 / things, {time.perf_counter() - begun:.1f} s")
    return 0


def run_look(args: argparse.Namespace) -> int:
    """Print what is found in the whole province, with the time it took."""
    _begin()
    from luodi.finding.kinds import kinds
    from luodi.finding.readers import Within, look

    begun = time.perf_counter()
    hits = look(" ".join(args.words), within=dict.fromkeys(kinds(), Within(None)))
    took = 1000 * (time.perf_counter() - begun)
    for one in hits:
        name = kinds()[one.kind].name[args.lang]
        print(f"{name}  {one.title[args.lang]}  {one.about[args.lang]}  {one.link}")
    print(f"{len(hits)} 条 / found, {took:.1f} ms")
    return 0


def rebuild(at: datetime) -> int:
    """Everything that can be looked up, from the rooms that keep it, in one transaction; how many things."""
    from luodi.finding.actions import fill

    return fill(everything(at), at=at)


def everything(at: datetime) -> "Iterator[Note]":
    """All that the rooms say can be looked up."""
    from luodi.cases import found as cases
    from luodi.finding import people
    from luodi.leads import found as leads
    from luodi.papers import found as papers
    from luodi.projects import found as projects

    yield from projects.everything()
    yield from cases.everything()
    yield from papers.everything()
    yield from leads.everything()
    yield from people.everything(at)


def _begin() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.config.settings")
    import django

    django.setup()
