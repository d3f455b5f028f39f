"""How long each node of the network takes under which levers: limit, promise, commitment, preparation, progress.

How big a lever's effect is stands in `data/levers.yaml`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from luodi.domain.catalogue import limits
from luodi.domain.catalogue.matters import Catalogue, Kind, Matter, Number
from luodi.domain.facts.project import ProjectFile
from luodi.domain.planning.network import ALWAYS, Guard, Length, Node, Variant, finish_of
from luodi.domain.planning.problem import Relation
from luodi.domain.workdays import WorkCalendar

APPLIED_FOR = ("approval", "record_filing", "municipal_utility", "contract", "payment")
"""Modes in which the applicant fills in an application."""

STAGED = ("permit_foundation", "permit_below_zero")


@dataclass(slots=True)
class Draft:
    """The network while it is being drawn: nodes by id, arcs by ids."""

    catalogue: Catalogue
    project: ProjectFile
    calendar: WorkCalendar
    as_of: date
    matters: Mapping[str, Matter]
    nodes: dict[str, Node] = field(default_factory=dict)
    arcs: list[tuple[str, str, Guard, Relation]] = field(default_factory=list)
    bits: dict[str, int] = field(default_factory=dict)

    def bit(self, lever: str) -> int:
        if not self.bits:
            self.bits |= {name: 1 << i for i, name in enumerate(self.catalogue.levers)}
        return self.bits.get(lever, 0)

    def on(self, lever: str) -> Guard:
        return Guard(on=self.bit(lever))

    def off(self, lever: str) -> Guard:
        return Guard(off=self.bit(lever))

    def size(self, lever: str) -> Number:
        number = self.catalogue.levers[lever].number
        if number is None:
            raise ValueError(f"lever {lever} has no number")
        return number

    def wait(self, before: str, after: str, guard: Guard = ALWAYS, relation: Relation = Relation.FINISH_START) -> None:
        self.arcs.append((before, after, guard, relation))

    def index(self, day: date) -> int:
        return self.calendar.index(self.calendar.next_workday(day))

    def release(self, key: str, day: date) -> int:
        """The first index on which something unstarted may begin: from `day` on, and not while it is halted."""
        until = self.project.frozen.get(key)
        return max(self.index(day), self.index(until)) if until else self.index(day)

    def halted(self, key: str, finish: int) -> int:
        """When what is under way and was to end at `finish` ends: not before today; what a halt lasts comes on top."""
        today = self.index(self.as_of)
        until = self.project.frozen.get(key)
        pause = max(0, self.index(until) - today) if until else 0
        return max(finish, today) + pause


def already_done(draft: Draft, matter: Matter) -> str | None:
    """The lever under which the zone has already done the matter."""
    if matter.regional:
        return "regional_assessment"
    return "standard_land" if matter.standard_land else None


def handling(draft: Draft, matter: Matter) -> Iterator[Variant]:
    """How long the unit handles the matter, the strongest lever first."""
    facts, as_of = draft.project.facts, draft.as_of
    number = limits.statutory(matter, facts, as_of)
    done_by = already_done(draft, matter)
    if done_by:
        yield Variant(draft.on(done_by), Length(0), number, done_by.removesuffix("_assessment"), (done_by,))
    if matter.id in STAGED:
        yield Variant(draft.off("staged_permit"), Length(0), number, "merged")
    if matter.commitment and not matter.hard_gate and number.kind is not Kind.MIN:
        yield Variant(draft.on("commitment"), Length(0), number, "commitment", ("commitment",), "commitment")
    promise = limits.promise(matter, facts, as_of)
    if promise and number.kind is not Kind.MIN:
        length = Length(promise.days, promise.unit)
        yield Variant(draft.on("promised_limits"), length, promise, "promised", ("promised_limits",))
    yield Variant(ALWAYS, Length(number.days, number.unit), number, matter.mode)


def preparing(draft: Draft, matter: Matter) -> Iterator[Variant]:
    """How long the applicant prepares: drafting where practice has it, filling in the form, less what may come later."""
    number = limits.preparation(matter, draft.project.facts, draft.as_of)
    apply = matter.mode in APPLIED_FOR and bool(matter.inputs)
    done_by = already_done(draft, matter)
    if done_by:
        yield Variant(draft.on(done_by), Length(0), number)
    ahead = draft.project.prepared.get(matter.id)
    if ahead and matter.front and not matter.prepare_after:  # what waits for another matter is not final before it
        took = draft.index(ahead[1]) - draft.index(ahead[0])
        yield Variant(draft.on("front_loading"), Length(took), number, "", ("front_loading",))
    days, unit = (number.days, number.unit) if number else (0, draft.size("one_form").unit)
    form = draft.size("one_form").days if apply else 0
    later = draft.size("deferral").days if matter.deferral and number and not matter.hard_gate else 0
    for one_form in (True, False):
        plus = 0 if one_form else form
        guard = draft.on("one_form") if one_form else ALWAYS
        levers = ("one_form",) if one_form and form else ()
        if later:
            yield Variant(
                guard & draft.on("deferral"),
                Length(days, unit, plus - later),
                number,
                "",
                (*levers, "deferral"),
                "deferral",
            )
        yield Variant(guard, Length(days, unit, plus), number, "", levers)


def progress(draft: Draft, matter: Matter) -> tuple[int, int] | None:
    """What has happened is fixed; what is under way cannot end before today, nor go on before a halt is lifted."""
    done = draft.project.progress.get(matter.id)
    if done is None:
        return None
    start = draft.index(done.started)
    if done.finished is not None:
        return start, max(start, draft.index(done.finished))
    if done.expected is not None:
        return start, max(start, draft.halted(matter.id, draft.index(done.expected)))
    number = limits.promise(matter, draft.project.facts, draft.as_of) or limits.statutory(
        matter, draft.project.facts, draft.as_of
    )
    return start, draft.halted(matter.id, finish_of(draft.calendar, Length(number.days, number.unit), start))
