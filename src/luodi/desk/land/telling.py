"""What the pages of land show: a parcel with everything that follows for it, and parcels as patches of a map."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from luodi.desk.land.picture import Patch, Veil
from luodi.domain.land import layers, overlays, standard, states
from luodi.domain.land.parcels import Numbers, Parcel
from luodi.domain.land.standard import Finding
from luodi.domain.vocabulary import Text
from luodi.land import moving, readers
from luodi.land.slices import kept_promise

EFFECTS = {
    "blocks": Text("禁止供地", "forbids"),
    "adds": Text("先办事项", "adds a matter"),
    "paper": Text("要有承诺", "needs a paper"),
    "limits": Text("局部限制", "limits a part"),
    "covers": Text("结果共享", "shared result"),
}
BUILDINGS = {"plant": Text("标准厂房", "Standard plant"), "incubator": Text("孵化楼", "Incubator")}
STAGES = {"completion": Text("竣工核验", "at completion"), "production": Text("达产核验", "at full production")}
VERDICTS = {
    "met": Text("达到", "met"),
    "short": Text("不足", "falls short"),
    "no_bar": Text("未设底线", "no bar set"),
    "not_said": Text("未填报", "not said"),
}
WHATS = {
    "parcel.recorded": Text("登记", "recorded"),
    "parcel.revised": Text("修订", "revised"),
    "parcel.proved": Text("凭证入账", "something proven"),
    "parcel.moved": Text("状态变更", "moved on"),
    "parcel.conditioned": Text("设定条件", "conditions set"),
    "parcel.promised": Text("登记承诺", "promise recorded"),
    "parcel.checked": Text("核验", "checked"),
    "parcel.taken_out": Text("撤出", "taken out"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A step open to a parcel, and everything that still stands against it."""

    to: str
    name: Text
    against: tuple[Text, ...]
    listing: bool
    project: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """A check, indicator by indicator, and what may follow."""

    stage: Text
    on: date
    evidence: str
    findings: tuple[Finding, ...]
    remedy: standard.Remedy | None


@dataclass(frozen=True, slots=True)
class About:
    """Everything that follows for a parcel on a day."""

    effects: tuple[overlays.Effect, ...]
    matters: tuple[str, ...]
    covered: tuple[str, ...]
    against: tuple[Text, ...]
    findings: tuple[Finding, ...]
    checks: tuple[Checked, ...]
    steps: tuple[Step, ...]


def about(parcel: Parcel, on: date, level: str, said: Numbers, known_by: datetime | None = None) -> About:
    """What follows for a parcel on a day; `said`: figures of its project's form, where nothing was promised for the parcel.

    Two queries at most.
    """
    found = overlays.effects(parcel.boundary, readers.overlays(parcel, on, known_by), on)
    checks = tuple(
        Checked(STAGES[one.stage], one.on, one.evidence, judged, standard.following(judged))
        for one in reversed(parcel.checks)
        for judged in (standard.compared(parcel.conditions, one.measured, level, one.stage),)
    )
    return About(
        found, overlays.matters(found), overlays.covered(found), overlays.hindrances(parcel, found),
        standard.compared(parcel.conditions, {**said, **parcel.promised}, level), checks, steps(parcel, on),
    )  # fmt: skip


def steps(parcel: Parcel, on: date) -> tuple[Step, ...]:
    """The steps open to a parcel.  What a form still asks for (days of a listing, a project) does not stand against it."""
    found = []
    for one in states.steps(parcel.state, parcel.tenure):
        asked = states.Move(
            one.start, one.to, one.tenure, tuple(x for x in one.needs if x not in ("notice", "project"))
        )
        name = states.rules().states[one.to]
        found.append(
            Step(one.to, name, moving.missing(parcel, asked, on=on), "notice" in one.needs, "project" in one.needs)
        )
    return tuple(found)


def patches(
    rows: Iterable[readers.Recorded], language: str, *, by: str = "state", here: int = 0, levels: dict[str, str] | None = None,
    vacancy: dict[int, tuple[float, float]] | None = None, address: str = "/land/{}/",
) -> tuple[Patch, ...]:  # fmt: skip
    """Parcels as patches, coloured `by` state, intensity (the promise against the bars) or vacancy (of their buildings)."""
    found = []
    for row in rows:
        one = row.parcel
        kind = one.state
        if by == "intensity":
            kind = kept_promise(one, (levels or {}).get(one.zone, ""))
        elif by == "vacancy":
            floor, vacant = (vacancy or {}).get(row.id, (0.0, 0.0))
            kind = "none" if not floor else "vacant" if vacant else "full"
        words = f"{one.number} {one.name[language]} · {states.rules().states[one.state][language]} · {one.mu:,.2f} "
        why = words + ("mu" if language.startswith("en") else "亩") + (f" · {one.project}" if one.project else "")
        found.append(Patch(one.boundary, kind, one.number, why, address.format(row.id), row.id == here))
    return tuple(found)


def veils(areas: Sequence[overlays.Overlay], language: str) -> tuple[Veil, ...]:
    """Overlays as veils."""
    known = layers.rules().layers
    return tuple(
        Veil(
            one.boundary, one.rule.effect,
            f"{known[one.layer].name[language]} · {one.rule.name[language]} · {one.document} · {one.on}",
        )
        for one in areas
    )  # fmt: skip
