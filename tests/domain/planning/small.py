"""A catalogue small enough to check by hand: five matters, three levers, one land listing that nothing can shorten."""

from collections.abc import Mapping
from datetime import date

from luodi.domain.catalogue.conditions import Test
from luodi.domain.catalogue.matters import (
    Catalogue,
    Commitment,
    Deferral,
    Front,
    Kind,
    Lever,
    Matter,
    MilestoneRule,
    Number,
)  # fmt: skip
from luodi.domain.facts.project import Options, Progress, ProjectFile
from luodi.domain.vocabulary import Confidence, DayUnit, Place, Source, Text

SOURCE = Source("测试规则")
HERE = Place("test")


def number(
    days: int, unit: DayUnit = DayUnit.WORKING, kind: Kind = Kind.MAX, confidence: Confidence = Confidence.LAW
) -> Number:
    """A dated number in force since 2019."""
    return Number(days, unit, kind, confidence, SOURCE, since=date(2019, 1, 1))


def matter(id_: str, limit: Number, **more: object) -> Matter:
    """A matter with sensible blanks."""
    values: dict[str, object] = {
        "stage": 1, "phase": "p", "unit": "bureau", "mode": "government_service", "legal_basis": "", "applies": None,
        "because": Text("一律", "always"), "requires": (), "starts_with": (), "limits": (limit,), "promises": (),
        "preparation": (), "prepare_after": (), "inputs": (), "output": Text("证", "paper"), "hard_gate": False,
        "regional": False, "standard_land": False, "front": None, "deferral": None, "letter": None, "commitment": None,
        "notes": (), "source": SOURCE, "confidence": Confidence.LAW, "at": HERE,
    }  # fmt: skip
    return Matter(id=id_, name=Text(id_, id_), **{**values, **more})  # type: ignore[arg-type]


def catalogue() -> Catalogue:
    """filing -> notice (min 20 days) -> permit; energy (commitment) beside; survey only where asked for."""
    matters = (
        matter("filing", number(1), mode="record_filing", front=Front("approval")),
        matter("notice", number(20, DayUnit.CALENDAR, Kind.MIN), requires=("filing",)),
        matter(
            "energy", number(20), mode="approval", requires=("filing",), inputs=("annual_energy",), front=Front("approval"),
            preparation=(number(30, kind=Kind.ASSUMED, confidence=Confidence.ASSUMPTION),),
            deferral=Deferral((Text("替代方案", "replacement plan"),)),
            commitment=Commitment(date(2019, 7, 1), Text("事后核查", "check afterwards"), SOURCE, Confidence.PUBLISHED),
        ),
        matter("survey", number(10), regional=True, applies=Test("site.old_tombs", "is_true")),
        matter("permit", number(7, DayUnit.CALENDAR), stage=2, requires=("notice", "energy", "survey"), promises=(number(0),)),
    )  # fmt: skip
    milestones = {
        "contact": MilestoneRule("contact", Text("对接", "contact"), (), (), None),
        "signed": MilestoneRule("signed", Text("签约", "signed"), (), (), None),
        "construction_start": MilestoneRule("construction_start", Text("开工", "start"), ("permit",), (), None),
        "completion": MilestoneRule("completion", Text("完工", "completion"), ("construction_start",), (), None),
    }
    days = {"deferral": number(5), "one_form": number(1)}
    names = (
        "parallel",
        "promised_limits",
        "commitment",
        "regional_assessment",
        "deferral",
        "front_loading",
        "one_form",
    )
    levers = {x: Lever(x, Text(x, x), x, Text(x, x), SOURCE, days.get(x)) for x in names}
    return Catalogue(
        {m.id: m for m in matters}, milestones, levers, {"before_reform": (), "reform": names}, {},
        {"bureau": Text("局", "bureau")}, {1: Text("一", "1"), 2: Text("二", "2")}, {"p": Text("段", "p")},
        number(100, DayUnit.CALENDAR, Kind.ASSUMED, Confidence.ASSUMPTION), "digest",
    )  # fmt: skip


def project(
    *, progress: Mapping[str, Progress] | None = None, milestones: Mapping[str, date] | None = None, **options: object
) -> ProjectFile:
    """First contact on Monday 6 March 2023, signing on Friday 26 May 2023."""
    reached = {"contact": date(2023, 3, 6), "signed": date(2023, 5, 26)} if milestones is None else milestones
    return ProjectFile(
        "demo", Text("示例", "demo"), {}, {"site.old_tombs": True}, (), {}, reached, progress or {},
        Options(**{"as_of": date(2023, 3, 6), **options}),  # type: ignore[arg-type]
    )  # fmt: skip
