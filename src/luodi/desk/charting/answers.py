"""Plans as the pages ask for them, kept for a while: a plan depends only on project, levers and rules, all frozen."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock
from typing import TypeVar

from django.http import Http404
from django.utils.translation import gettext as _

from luodi.domain.catalogue.matters import Catalogue
from luodi.domain.catalogue.reading import load
from luodi.domain.facts import samples
from luodi.domain.handling.causes import Cause
from luodi.domain.handling.causes import causes as handling_causes
from luodi.domain.planning.levers import LeverWorth, worth
from luodi.domain.planning.plan import plan
from luodi.domain.planning.result import Infeasible, Plan
from luodi.projects.readers import Recorded, project
from luodi.workcalendar.readers import in_force, mark

Answered = TypeVar("Answered")
KEPT = 2048
_kept: OrderedDict[tuple[object, ...], object] = OrderedDict()
_lock = Lock()


AHEAD = ("construction_start", "production")
"""The milestones that reforms are measured to, in their order."""


def catalogue() -> Catalogue:
    """The rules in force."""
    return load()


def warm() -> None:
    """Read the rules and plan a packaged sample, so that a worker's first visitor does not wait for compilers."""
    sample = samples.load(samples.names()[0], catalogue())
    plan(sample, catalogue())
    worth(sample, catalogue())


def planned(project: Recorded, levers: tuple[str, ...] | None, *, start: str = "signed") -> Plan | Infeasible:
    """The plan of a project up to construction start; `levers` None takes what the project's own options say.

    Raises `Refusal` for a lever that does not exist.
    """
    begin = start if start in project.file.milestones else "contact"
    rules = catalogue()
    return kept(
        ("plan", project.digest, rules.digest, levers, begin, mark()),
        lambda: plan(project.file, rules, levers=levers, start=begin, to="construction_start", calendar=in_force()),
    )


def regime(project: Recorded, name: str) -> Plan | Infeasible:
    """The plan of a project under a named set of levers."""
    return planned(project, catalogue().regimes[name])


def lever_worth(project: Recorded) -> LeverWorth:
    """What each lever is worth to the project, to the start of its works or, once they have begun, to production."""
    rules = catalogue()
    to = next((one for one in AHEAD if one not in project.file.milestones), AHEAD[-1])
    return kept(
        ("worth", project.digest, rules.digest, mark()),
        lambda: worth(project.file, rules, to=to, calendar=in_force()),
    )


def flips(project: Recorded, shown: Plan) -> dict[str, int | None]:
    """For every lever: by how many calendar days the end moves when it is flipped now (None: then no lawful plan)."""
    result: dict[str, int | None] = {}
    for lever in catalogue().levers:
        others = tuple(known for known in catalogue().levers if (known in shown.levers) != (known == lever))
        answer = planned(project, others)
        result[lever] = (answer.span.finish - shown.span.finish).days if isinstance(answer, Plan) else None
    return result


def overview(recorded: tuple[Recorded, ...]) -> tuple[tuple[Recorded, Plan | Infeasible, Plan | Infeasible], ...]:
    """Each project with its plan under all reforms and under none."""
    return tuple((one, regime(one, "reform"), regime(one, "before_reform")) for one in recorded)


def kept(key: tuple[object, ...], make: Callable[[], Answered]) -> Answered:
    """The value under `key`, made at the first asking; the least recently used goes first."""
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]  # type: ignore[return-value]
    value = make()
    with _lock:
        _kept[key] = value
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return value


def causes() -> Mapping[str, Cause]:
    """Why days are lost or won, by id."""
    return handling_causes()


def live_project(slug: str) -> Recorded:
    """A project that is being handled here.  Raises 404 where there is none.  One query."""
    found = project(slug)
    if found is None or not found.live:
        raise Http404(_("No such project"))
    return found
