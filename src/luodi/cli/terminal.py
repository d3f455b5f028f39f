"""The plan as a terminal picture: a row a matter, the critical set marked, assumptions and minimum periods told apart."""

import unicodedata
from datetime import date

from luodi.config.sentences import phrase
from luodi.domain.catalogue.matters import Catalogue, Kind
from luodi.domain.planning.result import Plan, Status, Step
from luodi.domain.vocabulary import Confidence

NAME, CHART = 36, 60
STATUS = {Status.OPTIMAL: "terminal_optimal", Status.FEASIBLE: "terminal_feasible"}


def width(text: str) -> int:
    """Columns a text takes in a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def fit(text: str, columns: int) -> str:
    """The text cut or padded to so many columns."""
    out = ""
    for c in text:
        if width(out + c) > columns:
            break
        out += c
    return out + " " * (columns - width(out))


def draw(plan: Plan, catalogue: Catalogue, language: str) -> str:
    """The whole picture as text."""
    lines = [*_head(plan, catalogue, language), ""]
    first = min(step.prepare_from for step in plan.steps)
    last = max(plan.span.finish, *(step.finish for step in plan.steps if step.critical))
    scale = max(1, (last - first).days) / CHART
    lines.append(_axis(first, scale))
    stage = 0
    for step in plan.steps:
        if step.stage != stage:
            stage = step.stage
            lines.append(f"{catalogue.stages[stage][language]}")
        lines.append(_row(step, first, scale, catalogue, language))
    lines += ["", phrase("terminal_legend", language)]
    lines += _tail(plan, catalogue, language)
    return "\n".join(lines)


def _head(plan: Plan, catalogue: Catalogue, language: str) -> list[str]:
    span = plan.span
    named = catalogue.milestones.get(span.from_id)
    levers = "、".join(catalogue.levers[x].name[language] for x in plan.levers) or phrase("terminal_none", language)
    return [
        plan.name[language],
        phrase(
            "terminal_head",
            language,
            start=named.name[language] if named else span.from_id, to=catalogue.milestones[span.to_id].name[language],
            days=span.calendar_days, working=span.working_days, a=span.start, b=span.finish,
        ) + f"  [{phrase(STATUS[plan.status], language)}]",
        phrase("terminal_bound", language, days=plan.lower_bound.calendar_days, proof=plan.lower_bound.words[language]),
        phrase("terminal_levers", language, levers=levers),
        phrase(
            "terminal_count",
            language,
            n=len(plan.steps), k=len(plan.critical), share=f"{plan.assumed_share:.0%}", ms=plan.solve_ms
        ),
    ]  # fmt: skip


def _axis(first: date, scale: float) -> str:
    ticks = [" "] * (CHART + 10)
    day = date(first.year, first.month, 1)
    while True:
        at = round((day - first).days / scale)
        if at > CHART:
            return " " * (NAME + 3) + "".join(ticks).rstrip()
        label = f"{day.month:02d}" if day.month > 1 else str(day.year)
        if at >= 0 and all(t == " " for t in ticks[at : at + len(label) + 1]):
            ticks[at : at + len(label)] = label
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _row(step: Step, first: date, scale: float, catalogue: Catalogue, language: str) -> str:
    def at(day: date) -> int:
        return min(CHART, max(0, round((day - first).days / scale)))

    ink = "▚" if step.limit.kind is Kind.MIN else "█" if step.critical else "▒"
    bar = [" "] * (CHART + 1)
    for i in range(at(step.prepare_from), at(step.prepare_to)):
        bar[i] = "░"
    for i in range(at(step.start), max(at(step.start) + 1, at(step.finish))):
        bar[min(i, CHART)] = ink
    mark = "●" if step.critical else " "
    assumed = "~" if step.limit.confidence is Confidence.ASSUMPTION else "^" if step.projected else " "
    dates = (
        f"{step.start:%m-%d} — {step.finish:%m-%d}"
        if step.finish.year == first.year
        else f"{step.start} — {step.finish}"
    )
    floats = "" if step.critical else f" +{step.float_days}"
    unit = catalogue.units[step.unit][language]
    return f"{mark} {fit(step.name[language], NAME)}{assumed}{''.join(bar)} {dates}{floats}  {unit}"


def _tail(plan: Plan, catalogue: Catalogue, language: str) -> list[str]:
    lines: list[str] = []
    if plan.assumed_facts:
        names = "、".join(catalogue.facts[f].name[language] for f in plan.assumed_facts)
        lines.append(phrase("terminal_facts", language, facts=names))
    if plan.moves is not None:
        lines.append(phrase("terminal_moves", language, n=len(plan.moves)))
        for move in plan.moves:
            name = catalogue.matters[move.matter].name[language]
            lines.append(f"  {fit(name, NAME)} {move.was} → {move.now} ({move.days:+d})  {move.why[language]}")
    if plan.debts:
        lines.append(phrase("terminal_debts", language, n=len(plan.debts)))
        lines += [
            f"  {fit(catalogue.matters[d.matter].name[language], NAME)} {d.due}  {d.what[language]}" for d in plan.debts
        ]
    return lines
