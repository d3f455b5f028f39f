"""A live project, its people signed in, and a clock that the pages and the scene share."""

from typing import Any

import pytest
from django.test import Client
from tests.cases.scene import Scene
from tests.people import sign_in

from luodi.accounts.acting import Acting


def browser(acting: Acting, language: str = "zh-hans") -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    sign_in(client, acting)
    client.cookies["luodi_language"] = language
    return client


def same_clock(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """The pages read the scene's clock: what is asked now is asked at `scene.at`."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: scene.at)
    return scene


def page(client: Client, address: str, **asked: Any) -> str:
    """What a page says, which must be there."""
    answer = client.get(address, asked)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()
