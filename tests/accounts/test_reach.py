"""Every page of one project and one case × every kind of post × own zone and another, as the gate says it."""

import pytest
from django.test import Client
from tests.cases.scene import SLUG, play
from tests.people import OTHER, OWN, hired, sign_in

from luodi.accounts.acting import Acting
from luodi.accounts.gate import verdict
from luodi.accounts.offices import offices
from luodi.cases.models import Case
from luodi.config.pages import Page, pages
from luodi.journal import readers as record
from luodi.journal.actions import checkpoint

KINDS = tuple(offices().posts)
ABOUT = {("slug",): SLUG, ("number",): None}
"""The arguments of pages about one project or one case."""


def about_one() -> tuple[Page, ...]:
    """The pages of one project and of one case.  A form has a slug of its own: tests/portal walks those."""
    return tuple(
        page for page in pages()
        if page.arguments in ABOUT and page.function not in ("", "public") and not page.function.startswith("form.")
    )  # fmt: skip


def expected(page: Page, acting: Acting, bureau: int) -> int:
    """200 where the gate opens (whatever the page then answers), 404 where it is out of reach, else 403."""
    at_all = verdict(acting, page.function)
    unit = {"organisation": bureau} if page.arguments == ("number",) else {}
    said = verdict(acting, page.function, zone=OWN, project_posts=(), case_posts=(), **unit)
    return 403 if not at_all.allowed else 200 if said.allowed else 404 if said.outside else 403


@pytest.mark.slow
@pytest.mark.django_db
def test_a_page_of_one_record_is_there_for_whoever_the_gate_says() -> None:
    scene = play(zone=OWN)
    number = Case.objects.get(pk=scene.opened()).number
    checkpoint(zone=OWN, at=scene.at, key="7" * 64)
    client = Client(raise_request_exception=False)
    wrong, asked = [], 0
    for zone in (OWN, OTHER):
        for kind in KINDS:
            acting = sign_in(client, hired(kind, zone, code="another" if kind == "enterprise_agent" else ""))
            for page in about_one():
                address = "/" + page.route.replace("<slug:slug>", SLUG).replace("<slug:number>", number)
                status = client.get(address).status_code
                if status == 405:
                    continue
                asked += 1
                wanted = expected(page, acting, scene.bureau)
                if (status if status in (403, 404) else 200) != wanted:
                    wrong.append(f"{address} ({page.function}) as {kind} of {zone}: {status} instead of {wanted}")
    assert asked > 2 * len(KINDS)
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
def test_the_attempt_on_another_zone_is_recorded(client: Client) -> None:
    play(zone=OWN)
    stranger = sign_in(client, hired("approval_officer", OTHER))
    answer = client.get(f"/projects/{SLUG}/")
    assert answer.status_code == 404
    assert "晋科" not in answer.content.decode()
    (entry,) = record.entries(kinds=("reach.refused",)).records
    assert (entry.chain, entry.zone, entry.person) == (f"reads:{OWN}", OWN, stranger.person)
