"""A small live project with its people, for tests of every room above cases.

    scene = play()                     # about 60 ms; with plan=True the plan is announced too (about 300 ms)
    scene.officer.acting …             # Acting of: officer, head, clerk (window), navigator, agent (enterprise), leader, other
    case = scene.opened("project_filing")
    done = scene.on(case).accept()     # verbs with seq, by and at filled in: scene.on(case).<verb>(**what the verb needs)
    scene.wait(days=2)                 # the scene's clock; scene.at is now

The bureau `bureau` may decide every matter of the catalogue; `other` is a second bureau without any power.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.people import OWN, hired, organisation

import luodi
from luodi.accounts.acting import SYSTEM, Acting
from luodi.cases import actions
from luodi.cases.models import Case
from luodi.cases.recording import Done
from luodi.domain.catalogue.reading import load
from luodi.domain.clock.office import SHANGHAI
from luodi.plans.actions import announce
from luodi.projects.actions import assign_member, record_project
from luodi.zones.models import Power, Zone

SAMPLE = Path(luodi.__file__).parent / "data" / "samples" / "jinko.yaml"
DATES = {"2023-03-10": "2026-09-01", "2023-05-26": "2026-10-09", "2023-09-01": "2027-03-01", "2024-03-31": "2028-03-31"}
START = datetime(2026, 11, 3, 9, 0, tzinfo=SHANGHAI)
DOCUMENT = "权责清单（示例）"
SLUG = "jinko"


def text_of_project(**replaced: str) -> str:
    """The sample project moved to the scene's own year; `replaced`: further text to replace."""
    text = SAMPLE.read_text(encoding="utf-8")
    for old, new in {**DATES, **replaced}.items():
        text = text.replace(old, new)
    return text


@dataclass
class Scene:
    """The people, the project and the clock of a test."""

    slug: str
    bureau: int
    officer: Acting
    second: Acting
    head: Acting
    clerk: Acting
    navigator: Acting
    agent: Acting
    leader: Acting
    other: Acting
    at: datetime

    def wait(self, days: int = 0, minutes: int = 0) -> None:
        """Move the scene's clock."""
        self.at += timedelta(days=days, minutes=minutes)

    def until(self, day: date, hour: int = 9) -> None:
        """Move the scene's clock to an hour of a day."""
        self.at = datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)

    def opened(self, matter: str = "project_filing") -> int:
        """A case of a matter, just received."""
        self.wait(minutes=1)
        return actions.open_case(project=self.slug, matter=matter, by=self.navigator, at=self.at).case

    def accepted(self, matter: str = "project_filing") -> int:
        """A case its bureau has accepted."""
        case = self.opened(matter)
        self.on(case).accept()
        return case

    def granted(self, *matters: str) -> None:
        """Matters granted one after the other, whatever they need met."""
        for matter in matters:
            self.on(self.accepted(matter)).decide(outcome="granted")

    def on(self, case: int, by: Acting | None = None) -> "Verbs":
        """The verbs of `cases.actions` on a case as it stands now; by the officer unless told otherwise."""
        return Verbs(self, case, by or self.officer)

    def row(self, case: int) -> Case:
        """The case's row as it stands."""
        return Case.objects.get(pk=case)


@dataclass
class Verbs:
    """`scene.on(case).pause(kind="hearing", reason="…")` and so on."""

    scene: Scene
    case: int
    by: Acting

    def __getattr__(self, verb: str) -> Any:
        def act(**more: Any) -> Done:
            self.scene.wait(minutes=1)
            known = {"case": self.case, "seq": self.scene.row(self.case).seq, "by": self.by, "at": self.scene.at}
            done: Done = getattr(actions, verb)(**{**known, **more})
            return done

        return act


def play(*, plan: bool = False, document: str = "", zone: str = OWN) -> Scene:
    """The scene: zone, organisations, people, powers over every matter, and the live project with its team."""
    Zone.objects.get_or_create(
        pk=zone, defaults={"zh": "综改示范区", "en": "Shanxi zone", "kind": "industrial", "confidence": "verified"}
    )
    people = {
        "officer": hired("bureau_officer", zone, unit="approval_bureau"),
        "second": hired("bureau_officer", zone, unit="approval_bureau"),
        "head": hired("bureau_head", zone, unit="approval_bureau"),
        "clerk": hired("window_clerk", zone, organisation_kind="committee"),
        "navigator": hired("navigator", zone),
        "agent": hired("enterprise_agent", zone),
        "leader": hired("leader", zone),
        "other": hired("bureau_officer", zone, unit="ecology"),
    }
    bureau = organisation("bureau", zone, unit="approval_bureau")
    Power.objects.bulk_create(
        [
            Power(matter=one, organisation_id=bureau, starts=date(2020, 1, 1), document=DOCUMENT)
            for one in load().matters
        ]
    )
    record_project(
        slug=SLUG, document=document or text_of_project(), sample=True, by=SYSTEM, at=START, zone=zone,
        applicant=people["agent"].organisation, live=True,
    )  # fmt: skip
    for role, who in (("navigator", "navigator"), ("agent", "agent")):
        assign_member(project=SLUG, post=people[who].post, role=role, starts=date(2026, 1, 1), by=SYSTEM, at=START)
    if plan:
        announce(project=SLUG, by=SYSTEM, at=START)
    return Scene(SLUG, bureau, at=START, **people)
