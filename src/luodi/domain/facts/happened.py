"""What has happened to a project so far, and how it wants to be planned: milestones, progress, options."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

from luodi.domain.catalogue.matters import Catalogue, Matter
from luodi.domain.facts.project import Options, Progress
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import hint

AGREED = ("contact", "signed")
"""Milestones whose date the parties agree: they may lie ahead.  All others are dates reached."""


def milestones_of(row: ask.Row | None, catalogue: Catalogue) -> dict[str, date]:
    """The dates of milestones, in the order in which milestones follow one another."""
    if row is None:
        return {}
    given = {}
    for key, node in ask.entries(row):
        if key not in catalogue.milestones:
            row.faults.add(ask.line(row, key), "milestone_unknown", key=key[:80], hint=hint(key, catalogue.milestones))
        elif ask.has(row, key) and (day := ask.day_of(row.faults, node, key)):
            given[key] = day
    reached = {key: given[key] for key in catalogue.milestones if key in given}
    for (one, earlier), (other, later) in pairwise(reached.items()):
        if later < earlier:
            first, second = catalogue.milestones[one].name, catalogue.milestones[other].name
            row.faults.add(ask.line(row, other), "milestones_out_of_order", first=first, second=second,
                           earlier=earlier, later=later)  # fmt: skip
    return reached


def progress_of(row: ask.Row | None, catalogue: Catalogue) -> dict[str, Progress]:
    """Matters begun or done; what contradicts the legal order of two matters is noted with both names."""
    if row is None:
        return {}
    given: dict[str, Progress] = {}
    for key, each in ask.rows(row):
        started, finished = ask.day(each, "started"), ask.day(each, "finished", None)
        ask.close(each)
        if key not in catalogue.matters:
            row.faults.add(ask.line(row, key), "matter_unknown", key=key[:80], hint=hint(key, catalogue.matters))
            continue
        if finished and finished < started:
            row.faults.add(ask.line(each, "finished"), "finished_before_started", matter=catalogue.matters[key].name,
                           started=started, finished=finished)  # fmt: skip
        given[key] = Progress(started, finished)
    for key, progress in given.items():
        for other in _contradicted(catalogue.matters[key], progress, given):
            row.faults.add(ask.line(row, key), "finished_before_prerequisite", matter=catalogue.matters[key].name,
                           finished=progress.finished, prerequisite=catalogue.matters[other].name,
                           other_line=ask.line(row, other))  # fmt: skip
    return given


def _contradicted(matter: Matter, progress: Progress, given: Mapping[str, Progress]) -> list[str]:
    """Prerequisites that were still running when the matter was done, other than those a reform lets come later."""
    later = {*(matter.front.waives if matter.front else ()), *(matter.deferral.waives if matter.deferral else ())}
    found = []
    for other in matter.requires:
        if progress.finished is None or other not in given or other in later:
            continue
        end = given[other].finished
        if end is None or end > progress.finished:
            found.append(other)
    return found


def check_against_today(root: ask.Row, as_of: date, milestones: Mapping[str, date], progress: Mapping[str, Progress],
                        catalogue: Catalogue) -> None:  # fmt: skip
    """Note what is reported as done on a day that has not come on `as_of`."""
    if row := ask.child_or_none(root, "milestones"):
        for key, day in milestones.items():
            if day > as_of and key not in AGREED:
                row.faults.add(ask.line(row, key), "milestone_ahead", milestone=catalogue.milestones[key].name,
                               day=day, as_of=as_of)  # fmt: skip
    if row := ask.child_or_none(root, "progress"):
        for key, one in progress.items():
            if max(one.started, one.finished or one.started) > as_of:
                row.faults.add(ask.line(row, key), "progress_ahead", matter=catalogue.matters[key].name,
                               day=max(one.started, one.finished or one.started), as_of=as_of)  # fmt: skip


def options_of(row: ask.Row | None, catalogue: Catalogue, milestones: Mapping[str, date]) -> Options | None:
    """The options; `as_of` is the first contact, else the earliest milestone, else None: it must then be given."""
    usual = milestones.get("contact") or min(milestones.values(), default=None)
    if row is None:
        return Options(usual) if usual else None
    as_of = ask.day(row, "as_of", None) or usual
    target = ask.day(row, "target", None)
    regime = ask.text(row, "regime", None)
    if regime is not None and regime not in catalogue.regimes:
        row.faults.add(ask.line(row, "regime"), "regime_unknown", value=regime[:80], known=", ".join(catalogue.regimes),
                       hint=hint(regime, catalogue.regimes))  # fmt: skip
    options = Options(
        as_of=as_of or date.min,
        regime=regime,
        levers=_levers(row, catalogue) if ask.has(row, "levers") else None,
        capacities=_capacities(row, catalogue),
        max_debts=ask.whole(row, "max_debts", None, low=0),
        projected=ask.flag(row, "projected", False),
        target=target,
    )
    chosen = catalogue.regimes.get(regime or "")
    if options.levers is not None and chosen is not None and set(options.levers) != set(chosen):
        row.faults.add(ask.line(row, "levers"), "regime_and_levers", regime=regime)
    ask.close(row)
    if as_of and target and target < as_of:
        row.faults.add(ask.line(row, "target"), "target_before_as_of", target=target, as_of=as_of)
    return options if as_of else None


def _levers(row: ask.Row, catalogue: Catalogue) -> tuple[str, ...]:
    levers = ask.texts(row, "levers")
    for lever in levers:
        if lever not in catalogue.levers:
            row.faults.add(ask.line(row, "levers"), "lever_unknown", value=lever[:80], known=", ".join(catalogue.levers),
                           hint=hint(lever, catalogue.levers))  # fmt: skip
    return levers


def _capacities(row: ask.Row, catalogue: Catalogue) -> dict[str, int]:
    limits = ask.child_or_none(row, "capacities")
    found = {}
    for key, _ in ask.entries(limits) if limits else ():
        if limits and key not in catalogue.units:
            row.faults.add(ask.line(limits, key), "unit_unknown", key=key[:80], hint=hint(key, catalogue.units))
        elif limits:
            found[key] = ask.whole(limits, key, low=1)
    return found
