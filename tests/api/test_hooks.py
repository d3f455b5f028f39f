"""Webhooks: told in order, signed, only what the post may read, tried again, told again, and never anywhere else."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import Settings
from tests.api.program import Program
from tests.cases.scene import Scene, play
from tests.people import OTHER, hired, moment

from luodi.accounts import actions as people
from luodi.accounts.acting import SYSTEM, Acting
from luodi.api import hooks
from luodi.api.calling import call, signature
from luodi.api.models import Webhook
from luodi.domain.vocabulary import Refusal
from luodi.notices.rules import sending_rules

ADDRESS = "https://hooks.example.cn/luodi?key=1"
AT = datetime(2026, 11, 4, 4, 0, tzinfo=UTC)
pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def allowed(settings: Settings) -> None:
    settings.WEBHOOK_HOSTS = ("hooks.example.cn", "hooks.example.cn:8443")
    settings.SEALING_KEY = "a key for tests"


@pytest.fixture
def scene() -> Scene:
    return play()


class Side:
    """The other side: keeps what it is sent, and answers as told."""

    def __init__(self, error: str = "") -> None:
        self.error = error
        self.sent: list[tuple[str, bytes, dict[str, str]]] = []

    def __call__(self, address: str, body: bytes, headers: dict[str, str]) -> str:
        self.sent.append((address, body, headers))
        return self.error

    def kinds(self) -> list[str]:
        """The kinds it was told, in order."""
        return [one["kind"] for _address, body, _headers in self.sent for one in json.loads(body)["entries"]]


def made(by: Acting, **more: object) -> hooks.Made:
    return hooks.make(label="对接", address=ADDRESS, by=by, at=moment(), **more)  # type: ignore[arg-type]


def test_what_happens_is_told_once_in_order_and_signed(scene: Scene) -> None:
    hook = made(hired("data_officer"))
    scene.granted("project_filing")
    side = Side()
    assert call(at=AT, post=side).entries == len(side.kinds()) == 3
    assert side.kinds() == ["case.opened", "case.accepted", "case.granted"]
    address, body, headers = side.sent[0]
    assert address == ADDRESS
    assert headers["Luodi-Signature"] == "v1=" + signature(hook.secret, headers["Luodi-Timestamp"], body)
    assert signature(hook.secret, headers["Luodi-Timestamp"], body + b" ") not in headers["Luodi-Signature"]
    assert call(at=AT + timedelta(minutes=1), post=side).entries == 0


def test_only_what_the_post_may_read_and_only_the_kinds_it_asked_for(scene: Scene) -> None:
    made(hired("data_officer", OTHER))
    side = Side()
    scene.granted("project_filing")
    assert call(at=AT, post=side) == call(at=AT, post=side)
    assert side.sent == []
    narrow = Side()
    Webhook.objects.update(stopped_at=AT)
    made(hired("province_officer"), kinds=("halt",))
    scene.opened("energy_review")
    call(at=AT + timedelta(minutes=1), post=narrow)
    assert narrow.kinds() == []


def test_a_failure_is_tried_again_later_and_given_up_at_last_until_replayed(scene: Scene) -> None:
    by = hired("data_officer")
    hook = made(by)
    scene.opened()
    at, side = AT, Side("status|503")
    for pause in sending_rules().backoff:
        assert call(at=at, post=side).later == 1
        assert call(at=at + pause - timedelta(seconds=1), post=side) == call(at=at, post=side)
        at += pause
    assert call(at=at, post=side).stopped == 1
    (row,) = hooks.listed(by.post)
    assert (row.stopped_why, row.cursor) == ("status|503", row.cursor)
    good = Side()
    hooks.replay(webhook=hook.id, cursor=0, by=by, at=at)
    call(at=at, post=good)
    assert good.kinds()[-1] == "case.opened"
    assert len(good.kinds()) > 1, "from the beginning of the record"


def test_what_a_post_that_ended_set_up_ends_too(scene: Scene) -> None:
    by = hired("data_officer")
    made(by)
    people.end_post(post=by.post, ends=date(2026, 11, 2), reason="test", by=SYSTEM, at=moment())
    scene.opened()
    side = Side()
    assert call(at=AT, post=side).stopped == 1
    assert side.sent == []


def test_address_and_secret_are_sealed_in_the_table(scene: Scene) -> None:
    hook = made(hired("data_officer"))
    row = Webhook.objects.get()
    assert "example" not in row.address
    assert hook.secret not in row.secret


@pytest.mark.parametrize(
    "address",
    [
        "http://hooks.example.cn/", "https://evil.cn/", "https://hooks.example.cn@evil.cn/", "https://127.0.0.1/",
        "https://hooks.example.cn:9999/", "https://hooks.example.cn/#x", "https://hooks.example.cn\\@evil.cn/",
        "https://hooks.example.cn.evil.cn/", "https://[::1]/", "//hooks.example.cn/", "https://hooks.example.cn:x/",
        "https://hooks.example.cn/ x", "https://ｈooks.example.cn/", "",
    ],
)  # fmt: skip
def test_no_other_host_is_ever_called(address: str) -> None:
    with pytest.raises(Refusal, match="webhook_address_refused"):
        hooks.check(address, hooks.hosts())


def test_without_allowed_hosts_there_is_no_webhook(settings: Settings) -> None:
    settings.WEBHOOK_HOSTS = ()
    with pytest.raises(Refusal, match="webhook_address_refused"):
        made(hired("data_officer"))


def test_a_host_no_longer_allowed_is_not_called(scene: Scene, settings: Settings) -> None:
    made(hired("data_officer"))
    scene.opened()
    settings.WEBHOOK_HOSTS = ()
    side = Side()
    assert call(at=AT, post=side).stopped == 1
    assert side.sent == []


def test_webhooks_are_kept_through_the_interface(scene: Scene) -> None:
    by = hired("data_officer")
    program = Program(by)
    status, hook = program.post("/webhooks", {"label": "对接", "address": ADDRESS, "kinds": ["case"]})
    assert status == 200, hook
    assert hook["secret"]
    assert (
        program.post("/webhooks", {"label": "x", "address": ADDRESS, "zone": OTHER})[1]["code"] == "zone_unknown_here"
    )
    assert program.post("/webhooks", {"label": "x", "address": ADDRESS, "kinds": ["moon"]})[0] == 400
    assert program.get("/webhooks")[1][0]["kinds"] == ["case"]
    assert Program(hired("data_officer")).post(f"/webhooks/{hook['id']}/stop")[0] == 404
    assert program.post(f"/webhooks/{hook['id']}/stop")[0] == 200
    assert program.post(f"/webhooks/{hook['id']}/replay", {"cursor": 0})[0] == 200


@pytest.mark.parametrize("whose", [lambda scene: scene.navigator, lambda scene: scene.officer])
def test_events_can_be_asked_for_instead(scene: Scene, whose: Callable[[Scene], Acting]) -> None:
    scene.granted("project_filing")
    program = Program(whose(scene))
    seen: list[str] = []
    cursor = 0
    for _ in range(20):
        status, said = program.get(f"/events?after={cursor}&limit=2")
        assert status == 200
        cursor = said["cursor"]
        if not said["entries"]:
            break
        seen += [one["kind"] for one in said["entries"]]
    assert seen[-3:] == ["case.opened", "case.accepted", "case.granted"]
    assert "token.made" not in seen
