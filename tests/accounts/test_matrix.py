"""Every address × every kind of post × own zone and another: what is answered is what the table says.

A new address is walked by itself.  One that names neither `@needs` nor `@public` fails here, and so does one with an
argument nobody here knows how to fill (add it to `filled`).
"""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from tests.people import OTHER, OWN, hired, sign_in

from luodi.accounts.access import Scope, access
from luodi.accounts.gate import PUBLIC
from luodi.accounts.models import ADMINISTRATORS
from luodi.accounts.offices import offices
from luodi.config.pages import Page, pages
from luodi.journal import readers as record

KINDS = tuple(offices().posts)
CASEWORK = ("case.", "project.", "plan.", "debt.", "halt.", "clock.", "supervision.", "visit.", "campaign.", "request.")


def filled(page: Page) -> str:
    """The address with something in place of its arguments; nothing of that name exists."""
    known = {
        "slug": "nothing-here", "matter": "project_filing", "provider_id": "nothing", "number": "none-2026-000000",
        "zone": OWN, "verb": "accept", "token": "nothing", "key": "nothing", "kind": "nothing", "name": "nothing",
    }  # fmt: skip
    address = re.sub(r"<int:\w+>", "999999999", page.route)
    wanted = re.findall(r"<(?:\w+:)?(\w+)>", address)
    assert set(wanted) <= set(known), f"/{page.route}: tell tests/accounts/test_matrix.py how to fill {wanted}"
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: known[found[1]], address)


def walked() -> Iterator[Page]:
    """The addresses that somebody's right decides about."""
    return (page for page in pages() if page.function and page.function != PUBLIC and not library(page))


def library(page: Page) -> bool:
    """Whether a library answers; those pages know sign-in only."""
    return page.name.startswith(("account_", "mfa_"))


def asked(client: Client, address: str) -> int:
    """The status of an address, asked by the method it takes."""
    answer = client.get(address)
    if answer.status_code == 405:
        answer = client.post(address)
    return answer.status_code


def test_every_address_says_who_may_ask() -> None:
    silent = [f"/{page.route}" for page in pages() if not page.function]
    assert not silent, "neither @needs(function) nor @public: " + ", ".join(silent)
    assert {page.function for page in pages()} - {PUBLIC} <= set(access().functions)


@pytest.mark.django_db
def test_nobody_gets_further_than_the_door_without_sign_in() -> None:
    client = Client()
    open_doors = [page.route for page in pages() if page.function != PUBLIC and asked(client, filled(page)) != 302]
    assert not open_doors


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_a_post_opens_what_the_table_gives_it(kind: str) -> None:
    """No function: 403, whatever the arguments.  With it: anything but 403, here 404 where nothing exists."""
    client = Client(raise_request_exception=False)
    acting = hired(kind)
    wrong = []
    for page in walked():
        sign_in(client, acting)  # anew each time: one of the pages ends sessions
        refused = asked(client, filled(page)) == 403
        if refused == (access().scope(page.function, kind) is not Scope.NONE):
            wrong.append(f"/{page.route} ({page.function}) {'refused to' if refused else 'open to'} {kind}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [kind for kind in KINDS if access().scope("powers.write", kind) is not Scope.NONE])
def test_another_zone_is_not_there_and_the_attempt_is_recorded(kind: str, client: Client) -> None:
    """The same act in one's own zone and in another, through a page that acts on a record."""
    from tests.people import organisation

    acting = sign_in(client, hired(kind))
    wide = access().scope("powers.write", kind) is Scope.PROVINCE
    form = {"matter": "fire_filing", "starts": "2026-01-01", "document": "赋权〔2026〕1号"}
    for zone, status in ((OWN, 302), (OTHER, 302 if wide else 404)):
        unit = organisation("bureau", zone, unit="housing")
        assert client.post("/zones/powers/delegate/", form | {"organisation": unit}).status_code == status
    found = record.entries(kinds=("reach.refused",)).records
    assert [(one.chain, one.zone, one.person) for one in found] == (
        [] if wide else [(f"reads:{OTHER}", OTHER, acting.person)]
    )


def test_the_three_administrators_share_nothing_and_touch_no_case() -> None:
    own = {
        kind: {one for one in access().functions if access().scope(one, kind) is not Scope.NONE}
        for kind in ADMINISTRATORS
    }
    everybody = {one for one in access().functions if len(access().holders(one)) == len(KINDS)}
    for kind, functions in own.items():
        assert functions - everybody, f"{kind} may do nothing"
        assert not [one for one in functions if one.startswith(CASEWORK)], kind
        others = set().union(*(rest for other, rest in own.items() if other != kind))
        assert functions & others <= everybody, kind


def test_every_function_has_somebody() -> None:
    assert not [one for one in access().functions if not access().holders(one)]


def test_every_kind_begins_its_day_somewhere() -> None:
    """The last of the pages a kind may begin with exists and is one it may open."""
    found = {page.name: page.function for page in pages()}
    for kind in offices().posts.values():
        assert kind.home, kind.id
        assert any(access().scope(found[name], kind.id) is not Scope.NONE for name in kind.home if name in found), (
            kind.id
        )
