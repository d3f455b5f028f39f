"""A small province for tests: accounts from outside down to a zone, and projects that want something."""

from datetime import UTC, datetime, timedelta

from luodi.accounts.acting import SYSTEM, Acting
from luodi.accounts.models import Organisation, Person, Post
from luodi.domain.ledger.amounts import amount
from luodi.domain.ledger.kinds import kinds
from luodi.domain.vocabulary import Text
from luodi.ledgers import actions, promising
from luodi.ledgers.proving import check
from luodi.projects import readers as projects
from luodi.projects.models import Project
from luodi.zones.models import Zone

AT = datetime(2026, 11, 2, 1, tzinfo=UTC)
DUE = AT + timedelta(days=30)
LAND = "new_construction_land"


def mu(text, quota=LAND):
    """An amount in smallest units."""
    return amount(str(text), kinds()[quota])


def officer(zone="z"):
    """Somebody in a post of a zone."""
    office, _ = Organisation.objects.get_or_create(
        code=f"committee_{zone}", defaults={"kind": "committee", "zh": "管委会", "en": "Committee", "zone": zone,
                                            "starts": "2020-01-01"},
    )  # fmt: skip
    person, _ = Person.objects.get_or_create(username=f"officer_{zone}", defaults={"name": "李志"})
    post, _ = Post.objects.get_or_create(
        person=person, organisation=office, kind="zone_officer", defaults={"starts": "2026-01-01"}
    )
    name = Text("管委会", "Committee")
    return Acting(person.pk, person.username, "李志", post.pk, "zone_officer", office.pk, office.code, name,
                  "", zone, frozenset({zone}), "李志 · 管委会")  # fmt: skip


def project(slug="p", zone="z"):
    """A project of a zone."""
    Project.objects.get_or_create(
        slug=slug, defaults={"document": "x", "recorded_by": "t", "created": AT, "changed": AT, "zh": f"项目{slug}",
                             "en": f"Project {slug}", "zone_id": zone},
    )  # fmt: skip
    found = projects.project(slug)
    assert found is not None
    return found


def opened(quota, level, holder="", zone=None, period=""):
    """An account, empty."""
    period = period or ("2026" if kinds()[quota].yearly else "")
    return actions.open_account(
        quota=quota, period=period, level=level, holder=holder, name=Text(f"{level}{holder}", f"{level} {holder}"), zone=zone,
        by=SYSTEM, at=AT,
    )  # fmt: skip


def province(quota=LAND, size="100 亩", zone="z"):
    """Outside, province, city and zone of a quota, the zone having so much of it: their numbers."""
    Zone.objects.get_or_create(
        id=zone, defaults={"zh": "甲区", "en": "A", "kind": "industrial", "confidence": "verified"}
    )
    route = (
        opened(quota, "outside"),
        opened(quota, "province"),
        opened(quota, "city", "jz"),
        opened(quota, "zone", zone, zone),
    )
    if size:
        actions.allot(route=route, amount=mu(size, quota), document="省厅〔2026〕1号", by=SYSTEM, at=AT)
    return route


def reserved(source, size, slug="p", *, at=AT, due=None, by=None, quota=LAND, key=None):
    """One reservation; its number."""
    (number,) = promising.reserve(
        project=project(slug), wanted=[promising.Wanted(source, mu(size, quota))], expires=due or at + timedelta(days=30),
        document="洽谈", by=by or officer(), at=at, key=key,
    )  # fmt: skip
    return number


def faults():
    """The codes of what the check finds."""
    return [problem.code for problem in check()]
