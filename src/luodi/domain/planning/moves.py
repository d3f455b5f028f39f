"""Why did this date move?  The dates that differ from the announced ones, by how many days, and what moved each."""

from collections.abc import Iterator, Mapping
from datetime import date

from luodi.domain.catalogue.matters import Catalogue
from luodi.domain.catalogue.wording import period
from luodi.domain.planning.result import Move, Step
from luodi.domain.vocabulary import Text


def moves(steps: tuple[Step, ...], baseline: Mapping[str, tuple[date, date]], catalogue: Catalogue) -> Iterator[Move]:
    """The steps whose start or finish is no longer the announced one, in the order of time, each with its reason."""
    moved = [s for s in steps if s.matter in baseline and (s.start, s.finish) != baseline[s.matter]]
    for step in sorted(moved, key=lambda s: (s.start, s.finish)):
        was_start, was_finish = baseline[step.matter]
        by_start = step.start != was_start
        was, now = (was_start, step.start) if by_start else (was_finish, step.finish)
        yield Move(step.matter, was, now, (now - was).days, _why(step, by_start, catalogue))


def _why(step: Step, by_start: bool, catalogue: Catalogue) -> Text:
    if step.state != "planned":
        return Text("已按实际进展记录", "recorded as it happened")
    if not by_start:
        length = period(step.limit.days, step.limit.unit)
        return Text(f"办理时限为 {length.zh}（{step.limit.source}）", f"its limit is {length.en} ({step.limit.source})")
    if step.driver == "as_of":
        return Text(
            "原定日期已过，未开始的事项不能早于今天",
            "its announced day has passed; nothing unfinished starts before today",
        )
    other = catalogue.matters.get(step.driver) or catalogue.milestones.get(step.driver)
    name = other.name if other else Text("本事项材料准备", "its own preparation")
    return Text(f"须等待“{name.zh}”", f"waits for “{name.en}”")
