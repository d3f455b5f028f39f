"""Whatever is written into an address or a form: a page answers in words, it does not break."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from django.test import Client
from django.urls import Resolver404, resolve
from tests.cases.scene import Scene
from tests.faults.conftest import number
from tests.people import OWN, hired, sign_in

import luodi
from luodi.accounts.access import access
from luodi.accounts.acting import Acting
from luodi.accounts.gate import PUBLIC
from luodi.config.pages import Page, pages
from luodi.domain.events.proof import verify
from luodi.journal.readers import lines

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SOURCE = Path(luodi.__file__).parent
NAME = re.compile(
    r"""\.(?:get|getlist)\(\s*"([\w-]+)"|asked\.\w+\([\w.]+, "([\w-]+)"|_one\(query, "(\w+)"|name="([\w-]+)\""""
)
VALUES = {
    "NUL": "\x00",
    "rare characters": "𠮷\u202e🏭\uffff",
    "a number longer than any column": "9" * 18,
    "a number longer than any number": "9" * 5_000,
    "a sign": "'",
}


def names_in(*files: Path) -> set[str]:
    """The names under which files look for something in an address or a form."""
    found = (NAME.findall(one.read_text(encoding="utf-8")) for one in files)
    return {name for names in chain.from_iterable(found) for name in names if name}


def names_of(path: str) -> set[str]:
    """What the view at an address, and the state of lists it reads, may ask for."""
    try:
        module = resolve(path.partition("?")[0]).func.__module__
    except Resolver404:
        return set()
    file = SOURCE.parent / f"{module.replace('.', '/')}.py"
    if not file.exists():
        return {"next"}
    text = file.read_text(encoding="utf-8")
    states = [one for one in (SOURCE / "desk").glob("*_state.py") if one.stem in text]
    return names_in(file, *states) | {"as_of"}


def address(page: Page, scene: Scene, case: int) -> str:
    """The address with a real project and case in place of its arguments."""
    known = {
        "slug": scene.slug,
        "matter": "project_filing",
        "number": number(scene, case),
        "zone": OWN,
        "verb": "pause",
    }
    filled = re.sub(r"<int:\w+>", "1", page.route)
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: known.get(found[1], "nothing"), filled)


def whoever_may(page: Page, scene: Scene, known: dict[str, Acting]) -> Acting:
    """Somebody who may open the page, best of all somebody who works on the case."""
    people = {one.kind: one for one in (scene.officer, scene.navigator, scene.head, scene.agent, scene.leader)}
    holders = [] if page.function == PUBLIC else access().holders(page.function)
    kind = next((one for one in people if one in holders), holders[0] if holders else "bureau_officer")
    if kind not in known:
        known[kind] = people.get(kind) or hired(kind)
    return known[kind]


def asked(scene: Scene, case: int, value: str) -> Iterator[tuple[str, int]]:
    """Every page, each of its names for itself in the address and all of them in a form: what was asked, and the status."""
    client, known = Client(raise_request_exception=False), dict[str, Acting]()
    fields = dict.fromkeys(names_in(*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html")), value)
    for page in pages():
        if page.name in ("account_logout", "language"):
            continue
        path = address(page, scene, case)
        sign_in(client, whoever_may(page, scene, known))
        if client.get(path).status_code != 405:
            for name in sorted(names_of(path)):
                yield f"GET {path}?{name}=", client.get(path, {name: value}).status_code
        for form in (fields, fields | {"seq": str(scene.row(case).seq)}):
            yield f"POST {path}", client.post(path, form).status_code


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_no_page_breaks_on_what_is_put_into_its_address_or_form(
    scene: Scene, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL takes no NUL in any text, and a number may be longer than a column: that is said, it is no fault."""
    case = scene.accepted()
    monkeypatch.setattr("luodi.config.who.timezone.now", lambda: scene.at)
    assert [what for what, status in asked(scene, case, value) if status >= 500] == []
    assert list(verify(lines())) == []
