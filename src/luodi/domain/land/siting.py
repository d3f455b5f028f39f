"""Siting: which parcels a project cannot have, and why; of the others those that no other beats in everything.

Nothing is weighed against anything: a person chooses among the undominated ones.  What is not known of a parcel counts as
worse than anything known, and is shown as not known.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from luodi.domain.land import standard, states
from luodi.domain.land.overlays import Effect, hindrances
from luodi.domain.land.parcels import Parcel
from luodi.domain.vocabulary import Text

OPEN = ("raw", "net", "listed")
CRITERIA = {
    "cost": Text("土地费用", "Cost of the land"),
    "days": Text("到开工的天数", "Days to start"),
    "fit": Text("与主导产业相符", "Fit with the leading industry"),
    "distance": Text("接入距离", "Distance to connections"),
}


@dataclass(frozen=True, slots=True)
class Need:
    """What a project looks for: `mu` of land, its use, its industry code, its investment and the most it pays (万元).

    `utilities`: the connections it needs, by kind, whose distances are added up.
    """

    project: str
    name: Text
    mu: float
    use: str = "industrial"
    industry: str = ""
    investment: float | None = None
    budget: float | None = None
    utilities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """A parcel on offer: what lies over it, the level of its zone, and the days from today to the start of works there.

    `quota`: the zone from whose ledger it would take new construction land, and the mu left there; None: it takes none, or
    no ledger is kept.  `near`: metres in a straight line to the nearest utility node of a kind of connection.
    """

    id: int
    parcel: Parcel
    effects: tuple[Effect, ...] = ()
    level: str = ""
    days: int | None = None
    quota: tuple[str, float] | None = None
    near: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A parcel for a project.  `reasons`: why it is excluded, empty where it is not; `best`: no other beats it in everything.

    `cost` in 万元, `days` calendar days, `fit` 1 or 0, `distance` metres (`straight`: some of them in a straight line to a node);
    None: not known.  `must`: what has to be done first.
    """

    site: Site
    reasons: tuple[Text, ...]
    cost: float | None
    days: int | None
    fit: int
    distance: float | None
    must: tuple[Text, ...] = ()
    best: bool = False
    beaten_by: str = ""
    marks: Mapping[str, bool] = field(default_factory=dict)
    straight: bool = False

    def figures(self) -> tuple[float, float, int, float]:
        """What is compared, less is better; what is not known comes last."""
        far = float("inf")
        return (
            far if self.cost is None else self.cost, far if self.days is None else float(self.days), -self.fit,
            far if self.distance is None else self.distance,
        )  # fmt: skip


def sited(need: Need, sites: Iterable[Site]) -> tuple[Candidate, ...]:
    """Every parcel as a candidate: the undominated first, then those beaten, then those excluded with their reasons."""
    found = [_candidate(need, one) for one in sites]
    allowed = [one for one in found if not one.reasons]
    judged = [_judged(one, allowed) if not one.reasons else one for one in found]
    return tuple(
        sorted(judged, key=lambda one: (bool(one.reasons), not one.best, one.figures(), one.site.parcel.number))
    )


def beats(one: Candidate, other: Candidate) -> bool:
    """Whether one is nowhere worse than another, and somewhere better."""
    mine, theirs = one.figures(), other.figures()
    return all(a <= b for a, b in zip(mine, theirs, strict=True)) and mine != theirs


def excluded(need: Need, site: Site) -> tuple[Text, ...]:
    """Every hard reason why a project cannot have a parcel."""
    one, known = site.parcel, states.rules()
    found: list[Text] = []
    if one.state not in OPEN:
        found.append(Text(f"已经是“{known.states[one.state].zh}”。", f"It is “{known.states[one.state].en}” already."))
    if one.project and one.project != need.project:
        found.append(Text(f"已留给项目 {one.project}。", f"Kept for the project {one.project}."))
    if one.use != need.use:
        found.append(Text(f"用途是“{known.uses[one.use].zh}”。", f"Its use is “{known.uses[one.use].en}”."))
    if one.mu < need.mu * (1 - known.tolerance.share):
        found.append(
            Text(f"只有{one.mu:.2f}亩，需要{need.mu:.2f}亩。", f"Only {one.mu:.2f} mu of the {need.mu:.2f} needed.")
        )
    found += [
        Text(f"在“{each.rule.name.zh}”内：{each.words.zh}", f"Inside “{each.rule.name.en}”: {each.words.en}")
        for each in site.effects
        if each.holds and each.rule.effect == "blocks"
    ]
    return (*found, *_short(need, site), *_too_dear(need, one), *_no_quota(site))


def _short(need: Need, site: Site) -> tuple[Text, ...]:
    """Investment that stays below the bar of the parcel."""
    if need.investment is None:
        return ()
    values = standard.promised(investment=need.investment, tax=None, mu=site.parcel.mu)
    found = {one.indicator.id: one for one in standard.compared(site.parcel.conditions, values, site.level)}
    one = found["investment_intensity"]
    if one.verdict != "short" or one.bar is None or one.value is None:
        return ()
    ground = (
        Text("宗地条件", "condition of the parcel")
        if one.own
        else Text(f"{one.indicator.source}", f"{one.indicator.source}")
    )
    return (
        Text(
            f"投资强度{one.value:.0f}万元/亩，低于底线{one.bar:g}万元/亩（{ground.zh}）。",
            f"Investment of {one.value:.0f} 万元 a mu, below the bar of {one.bar:g} ({ground.en}).",
        ),
    )


def _too_dear(need: Need, one: Parcel) -> tuple[Text, ...]:
    if need.budget is None or one.price is None or one.price * one.mu <= need.budget:
        return ()
    cost = one.price * one.mu
    return (
        Text(
            f"土地费用{cost:,.0f}万元，超过{need.budget:,.0f}万元。",
            f"Land for {cost:,.0f} 万元, beyond {need.budget:,.0f}.",
        ),
    )


def _no_quota(site: Site) -> tuple[Text, ...]:
    """New construction land that the ledger of the zone does not have."""
    if site.quota is None or site.parcel.mu <= site.quota[1]:
        return ()
    left = f"{site.quota[1]:,.2f}"
    return (Text(f"新增建设用地指标台账只剩{left}亩。", f"The ledger has {left} mu of new construction land left."),)


def _candidate(need: Need, site: Site) -> Candidate:
    one = site.parcel
    known = [one.utilities.get(kind, site.near.get(kind)) for kind in need.utilities]
    distance = None if not known or None in known else sum(each for each in known if each is not None)
    return Candidate(
        site, excluded(need, site), None if one.price is None else one.price * one.mu, site.days,
        int(any(need.industry.startswith(each) for each in one.industries) if need.industry else False), distance,
        hindrances(one, site.effects), straight=distance is not None and not set(need.utilities) <= set(one.utilities),
    )  # fmt: skip


def _judged(one: Candidate, allowed: Sequence[Candidate]) -> Candidate:
    better = next((other for other in allowed if beats(other, one)), None)
    figures = list(zip(*(each.figures() for each in allowed), strict=True))
    mine = one.figures()
    marks = {key: mine[i] == min(figures[i]) != float("inf") for i, key in enumerate(CRITERIA)}
    if better is not None:
        return replace(one, beaten_by=better.site.parcel.number, marks=marks)
    return replace(one, best=True, marks=marks)
