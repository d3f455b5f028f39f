"""A parcel as a value: what it is, where it stands on its way from raw to delivered, and what is proven of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from luodi.domain.facts.boundary import Boundary
from luodi.domain.facts.quantities import MU
from luodi.domain.vocabulary import Text

SQUARE_METRES = float(MU)
"""m² of a mu."""


@dataclass(frozen=True, slots=True)
class Proof:
    """That something is done: the day, and the paper or record that shows it."""

    on: date
    evidence: str


@dataclass(frozen=True, slots=True)
class Listing:
    """When a parcel was announced, from when it is listed and when that ends (calendar days)."""

    announced: date
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class Check:
    """What was measured on a day against the conditions, at `completion` or at full `production`."""

    stage: str
    on: date
    measured: Mapping[str, float]
    evidence: str


Numbers = Mapping[str, float]


def none() -> Numbers:
    """No numbers."""
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel.  `declared`: the area somebody wrote, as written, and in m² (0: none); `price` in 万元 a mu, None: not known.

    `utilities`: metres to the nearest connection, by kind.  `conditions`: the bars of its standard land, by indicator, and
    `promised` what the investor promised.  `proofs`: the net-land checklist, matters done and commitments given, by id.
    """

    number: str
    zone: str
    name: Text
    boundary: Boundary
    declared: tuple[str, float] = ("", 0.0)
    tenure: str = "transferred"
    use: str = "industrial"
    state: str = "raw"
    price: float | None = None
    industries: tuple[str, ...] = ()
    utilities: Numbers = field(default_factory=none)
    conditions: Numbers = field(default_factory=none)
    promised: Numbers = field(default_factory=none)
    proofs: Mapping[str, Proof] = field(default_factory=lambda: MappingProxyType({}))
    listing: Listing | None = None
    checks: tuple[Check, ...] = ()
    project: str = ""

    @property
    def mu(self) -> float:
        """The measured area in mu."""
        return self.boundary.area / SQUARE_METRES
