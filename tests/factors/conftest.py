"""A live project with an announced plan in a zone, and somebody who asks."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from tests.people import hired

import luodi
from luodi.accounts.acting import SYSTEM, Acting
from luodi.domain.vocabulary import Text
from luodi.factors import actions, reserving
from luodi.plans.actions import announce
from luodi.projects.actions import record_project
from luodi.projects.readers import Recorded, project
from luodi.zones.models import Zone

SAMPLES = Path(luodi.__file__).parent / "data" / "samples"
AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)
ZONE = "zgsfq"


@pytest.fixture
def jinko(db: None) -> Recorded:
    """A sample, live, signed last week, with its plan announced today."""
    Zone.objects.get_or_create(
        id=ZONE, defaults={"zh": "示范区", "en": "Zone", "kind": "industrial", "confidence": "verified"}
    )
    text = (SAMPLES / "jinko.yaml").read_text(encoding="utf-8")
    text = text.replace("contact: 2023-03-10", "contact: 2026-09-10").replace(
        "signed: 2023-05-26", "signed: 2026-11-13"
    )
    text = text.replace("as_of: 2023-03-10", "as_of: 2026-11-21")
    record_project(slug="jinko", document=text, sample=True, live=True, zone=ZONE, by=SYSTEM, at=AT)
    announce(project="jinko", by=SYSTEM, at=AT)
    found = project("jinko")
    assert found is not None
    return found


@pytest.fixture
def officer(db: None) -> Acting:
    """An investment officer of the zone."""
    return hired("investment_officer", ZONE)


def asked(project: Recorded, by: Acting, item: str = "power_capacity", quantity: str = "400000", **more: object) -> int:
    """One request; its number."""
    given = {"guarantor": "power_grid", **more}
    return actions.ask(project=project, item=item, quantity=Decimal(quantity), by=by, at=AT, **given)  # type: ignore[arg-type]


def node(by: Acting, capacity: str = "500 MVA", kind: str = "substation", code: str = "xh-220") -> int:
    """A node of the zone; its number."""
    return reserving.open_node(
        zone=ZONE, code=code, kind=kind, name=Text("潇河变电站", "Xiaohe substation"), capacity=capacity, document="投运通知",
        by=by, at=AT,
    )  # fmt: skip
