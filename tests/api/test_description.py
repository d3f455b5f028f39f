"""What the description says holds: schemathesis asks every operation whatever it allows, in this process.

No server error, no answer that the description does not know, no body that is not of its shape.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pytest_django import Settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks as rules
from tests.api.program import Program
from tests.cases.scene import SLUG, Scene, play
from tests.people import hired

from luodi.accounts.acting import Acting
from luodi.api.operations import operations
from luodi.config.wsgi import application

KNOWN = {
    "slug": SLUG,
    "number": "zgsfq-2026-000001",
    "zone": "zgsfq",
    "matter": "project_filing",
    "year": 2026,
    "seq": 1,
    "kind": "projects",
}
ROOMS = {
    "agent": ("forms",), "data_officer": ("sheets", "exchange"), "system_admin": ("people",),
    "security_admin": ("people",), "audit_admin": ("people",), "province_officer": ("rules",),
}  # fmt: skip
"""Posts that alone may use some rooms of the interface, and those rooms; a head and a leader ask everything."""
EXAMPLES = 2
"""Requests an operation is asked; with some 300 operations this stays within a minute."""


@pytest.mark.django_db
def test_the_description_is_open_and_complete() -> None:
    answer = Client().get("/api/v1/openapi.json")
    made = answer.json()
    assert answer.status_code == 200
    assert sum(len(one) for one in made["paths"].values()) == len(operations())
    for methods in made["paths"].values():
        for one in methods.values():
            assert one["description"]
            assert set(one["responses"]) == {"200", "400", "401", "403", "404", "409", "413", "422", "429"}
            assert list(one["responses"]["409"]["content"]) == ["application/problem+json"]


@pytest.mark.django_db
def test_the_description_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Client().get("/api/v1/openapi.json").content
    monkeypatch.setattr("ninja.openapi.schema.OpenAPISchema.__init__", lambda *_, **__: pytest.fail("made again"))
    assert Client().get("/api/v1/openapi.json").content == first


@pytest.mark.django_db
def test_the_page_describes_every_operation_and_names_no_other_host() -> None:
    answer = Client().get("/api/v1/docs")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.count("<details>") >= len(operations())
    assert "http://" not in text.replace("http://testserver", "").replace("http://www.w3.org", "")
    assert "https://" not in text
    assert "<script>" not in text


@pytest.fixture
def one_connection() -> Iterator[None]:
    """The connection of the test's transaction stays open between requests, as Django's own test client keeps it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def scene_program(kind: str) -> Program:
    """Somebody of a kind, in a zone with a project."""
    scene: Scene = play(plan=True)
    scene.opened("project_filing")
    known: dict[str, Acting] = {
        "head": scene.head, "leader": scene.leader, "navigator": scene.navigator, "agent": scene.agent,
    }  # fmt: skip
    return Program(known[kind] if kind in known else hired(kind))


@pytest.mark.slow
@pytest.mark.django_db(transaction=False)
@pytest.mark.parametrize(("kind", "rooms"), [("head", ()), ("leader", ()), *ROOMS.items()])
@pytest.mark.usefixtures("one_connection")
def test_no_answer_breaks_the_description(kind: str, rooms: Sequence[str], settings: Settings, tmp_path: Path) -> None:
    settings.API_RATE = 10**9
    settings.DEBUG_PROPAGATE_EXCEPTIONS = False
    settings.STORE, settings.EXCHANGE_URL = tmp_path, f"sqlite:///{tmp_path}/staging.sqlite3"
    program = scene_program(kind)
    known = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app=application)
    faults: list[str] = []
    for found in known.get_all_operations():
        operation: Any = found.ok()
        if not rooms or set(operation.tags or ()) & set(rooms):
            faults += asked(operation, program)
    assert not faults, "\n\n".join(faults[:8])


def asked(operation: Any, program: Program) -> list[str]:
    """Ask one operation; what its answers break."""
    faults: list[str] = []

    @settings_of
    @given(st.data())
    def ask(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy())
        if data.draw(st.booleans()):  # something that exists, as often as something that does not
            given = case.path_parameters or {}
            known = {name: KNOWN[name] for name in given if type(given[name]) is type(KNOWN.get(name))}
            case.path_parameters.update(known)
        case.headers.update({"Authorization": f"Bearer {program.token}"})
        answer = case.call()
        try:
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as broken:
            faults.append(f"{operation.label}: {broken} {list(broken.exceptions)}")

    ask()
    return faults


CHECKS = [
    not_a_server_error,
    rules.status_code_conformance,
    rules.content_type_conformance,
    rules.response_schema_conformance,
    rules.response_headers_conformance,
]
settings_of = settings(
    max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
