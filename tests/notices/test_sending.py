"""Sending: to a robot on this machine and by mail; again where it failed, together when much waits, later when it is quiet."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core import mail
from tests.notices.conftest import AT, TODAY, Fake

from luodi.accounts.acting import Acting
from luodi.domain.vocabulary import Refusal
from luodi.notices import channels, readers
from luodi.notices.actions import resend, tell
from luodi.notices.models import Channel, Delivery
from luodi.notices.queue import Sent
from luodi.notices.rules import sending_rules
from luodi.notices.sending import deliver

HOOK = "/cgi-bin/webhook/send?key=0123-secret-key"
pytestmark = pytest.mark.django_db


def say(wang: Acting, count: int = 1, kind: str = "request_asked", at: datetime = AT, text: str = "水") -> None:
    """Tell Wang something."""
    for number in range(count):
        facts = {"text": f"{text}{number}"} if kind == "request_asked" else {"project": "晶科", "reason": "发现文物"}
        tell(people=[wang.person], kind=kind, facts=facts, at=at, link="/cases/7/")


def robot(wang: Acting, robots: Fake, kind: str = "wecom", path: str = HOOK, secret: str = "") -> int:
    """A channel of Wang to the server on this machine."""
    return channels.add(kind=kind, target=robots.address + path, secret=secret, by=wang, at=AT)


def test_a_robot_gets_one_post(wang: Acting, robots: Fake, settings: object) -> None:
    settings.LUODI_ORIGIN = "https://luodi.example"  # type: ignore[attr-defined]
    robot(wang, robots)
    say(wang)
    assert deliver(at=AT) == Sent(delivered=1)
    assert robots.got == [
        (HOOK, {"msgtype": "text", "text": {"content": "企业诉求：水0\nhttps://luodi.example/cases/7/"}})
    ]
    assert deliver(at=AT + timedelta(days=1)) == Sent()


def test_dingtalk_is_signed(wang: Acting, robots: Fake) -> None:
    robot(wang, robots, "dingtalk", "/robot/send?access_token=t0", "SECabc")
    say(wang)
    assert deliver(at=AT) == Sent(delivered=1)
    # The signature was computed by openssl: printf '%s\n%s' 1772503200000 SECabc | openssl dgst -sha256 -hmac SECabc
    assert robots.got[0][0] == (
        "/robot/send?access_token=t0&timestamp=1772503200000&sign=4PYU1rKiEVEtiUSklP7Z1Ny1PIRYX9j%2BqewYEC2y8CI%3D"
    )


def test_mail_is_one_letter(wang: Acting, settings: object) -> None:
    settings.LUODI_ORIGIN = "https://luodi.example/"  # type: ignore[attr-defined]
    channels.add(kind="email", target="wang@example.cn", by=wang, at=AT)
    say(wang)
    assert deliver(at=AT) == Sent(delivered=1)
    (letter,) = mail.outbox
    assert (letter.subject, letter.to) == ("企业诉求：水0", ["wang@example.cn"])
    assert letter.body == "企业诉求：水0\nhttps://luodi.example/cases/7/"
    assert letter.extra_headers["Message-ID"].startswith("<delivery-")


def test_much_becomes_one_message(wang: Acting, robots: Fake) -> None:
    robot(wang, robots)
    say(wang, 24)
    say(wang, 1, "halt_ordered")
    assert deliver(at=AT) == Sent(delivered=25)
    (words,) = robots.said()
    assert words.splitlines()[:3] == ["您有 25 条通知", "1. 晶科立即停工：发现文物", "2. 企业诉求：水0"]
    assert words.splitlines()[-1] == "另有 5 条，请登录查看"
    assert len(set(Delivery.objects.values_list("digest", flat=True))) == 1


def test_five_are_five_messages(wang: Acting, robots: Fake) -> None:
    robot(wang, robots)
    say(wang, sending_rules().digest_above)
    deliver(at=AT)
    assert len(robots.got) == sending_rules().digest_above


def test_a_digest_fits_the_robot(wang: Acting, robots: Fake) -> None:
    robot(wang, robots)
    say(wang, 9, text="😀" * 200)
    assert deliver(at=AT).delivered == 9
    (words,) = robots.said()
    assert len(words.encode()) <= 2048
    assert words.splitlines()[-1] == "另有 7 条，请登录查看"


def test_a_failure_is_tried_again_and_then_given_up_with_its_reason(wang: Acting, robots: Fake) -> None:
    robot(wang, robots)
    say(wang)
    at, waits = AT, []
    while not Delivery.objects.filter(given_up_at__isnull=False).exists():
        robots.answers.append((200, b'{"errcode":45009,"errmsg":"api freq out of limit"}'))
        sent = deliver(at=at)
        assert sent.again + sent.given_up == 1
        later = Delivery.objects.get().next_try
        assert deliver(at=later - timedelta(seconds=1)) == Sent()
        waits.append(later - at)
        at = later
    assert waits[:-1] == list(sending_rules().backoff)
    (row,) = readers.failed(wang.person)
    assert row.why.zh == "对方拒收：45009 api freq out of limit"
    assert (row.tries, row.channel) == (7, "wecom")
    resend(delivery=row.id, by=wang, at=at)
    assert deliver(at=at) == Sent(delivered=1)
    assert readers.failed(wang.person) == ()
    with pytest.raises(Refusal, match="delivery_not_failed"):
        resend(delivery=row.id, by=wang, at=at)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ((302, b"https://127.0.0.1:1/elsewhere"), "status|302"),
        ((500, b""), "status|500"),
        ((200, b"<html>"), "unreadable"),
        ((200, b"[0]"), "unreadable"),
        ((200, b'{"errcode":"0"}'), "unreadable"),
        ((200, b"x" * 200_000), "unreadable"),
    ],
)
def test_whatever_is_no_yes_is_a_failure(wang: Acting, robots: Fake, answer: tuple[int, bytes], why: str) -> None:
    robot(wang, robots)
    say(wang)
    robots.answers.append(answer)
    assert deliver(at=AT) == Sent(again=1)
    assert Delivery.objects.get().error == why
    assert len(robots.got) == 1


@pytest.mark.slow
def test_no_answer_is_a_failure(wang: Acting, robots: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    robot(wang, robots)
    say(wang)
    robots.slow = 1.5
    from dataclasses import replace

    from luodi.notices import robots as sender

    monkeypatch.setattr(sender, "sending_rules", lambda: replace(sending_rules(), timeout=1))
    deliver(at=AT)
    assert Delivery.objects.get().error == "timeout"


def test_an_untrusted_certificate_and_a_closed_port_are_failures(
    wang: Acting, robots: Fake, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    robot(wang, robots)
    say(wang)
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    monkeypatch.delenv("CURL_CA_BUNDLE", raising=False)
    deliver(at=AT)
    assert Delivery.objects.get().error == "certificate"
    settings.LUODI_ROBOT_HOSTS = ("127.0.0.1:1",)  # type: ignore[attr-defined]
    channels.switch_off(channel=Channel.objects.get().pk, by=wang, at=AT)
    channels.add(kind="wecom", target=f"https://127.0.0.1:1{HOOK}", by=wang, at=AT)
    say(wang)
    deliver(at=AT)
    error = Delivery.objects.latest("pk").error
    assert error == "unreachable"  # and not the address with its key


def test_an_address_that_may_no_longer_be_called_is_given_up(wang: Acting, robots: Fake, settings: object) -> None:
    robot(wang, robots)
    say(wang)
    settings.LUODI_ROBOT_HOSTS = ()  # type: ignore[attr-defined]
    assert deliver(at=AT) == Sent(given_up=1)
    assert readers.failed(wang.person)[0].why.en == "The address is not on the list of hosts that may be called"
    settings.SEALING_KEY = "another key"  # type: ignore[attr-defined]
    say(wang)
    assert deliver(at=AT) == Sent(given_up=1)
    assert Delivery.objects.latest("pk").error == "sealed"
    assert readers.channels(wang.person)[0].address == "—"


def test_quiet_hours_hold_back_all_but_what_is_urgent(wang: Acting, robots: Fake) -> None:
    channel = robot(wang, robots)
    channels.change(channel=channel, quiet_from=time(9), quiet_to=time(12), away_until=None, by=wang, at=AT)
    say(wang)
    say(wang, 1, "halt_ordered")
    assert deliver(at=AT) == Sent(delivered=1, held=1)
    assert robots.said() == ["晶科立即停工：发现文物"]
    (row,) = readers.channels(wang.person)
    assert (row.waiting, row.held_until) == (1, AT + timedelta(hours=2))
    assert deliver(at=AT + timedelta(hours=2)) == Sent(delivered=1)


def test_nothing_is_lost_while_somebody_is_away(wang: Acting, robots: Fake) -> None:
    channel = robot(wang, robots)
    back = TODAY + timedelta(days=9)
    channels.change(channel=channel, quiet_from=time(22), quiet_to=time(8), away_until=back, by=wang, at=AT)
    for day in range(9):
        say(wang, 1, at=AT + timedelta(days=day))
        say(wang, 1, "halt_ordered", at=AT + timedelta(days=day))
        assert deliver(at=AT + timedelta(days=day)).delivered == 0
    home = datetime(2026, 3, 12, 0, 0, tzinfo=AT.tzinfo)  # eight in the morning in Shanxi
    deliver(at=home - timedelta(hours=8))  # midnight: the urgent ones
    deliver(at=home)
    assert not Delivery.objects.filter(delivered_at=None).exists()
    assert len(robots.got) == 2
    assert all("您有 9 条通知" in words for words in robots.said())


def test_coming_back_early_releases_what_waits(wang: Acting, robots: Fake) -> None:
    channel = robot(wang, robots)
    never = date(2027, 2, 1)
    channels.change(channel=channel, quiet_from=None, quiet_to=None, away_until=never, by=wang, at=AT)
    say(wang)
    assert deliver(at=AT) == Sent(held=1)
    channels.change(channel=channel, quiet_from=None, quiet_to=None, away_until=None, by=wang, at=AT)
    assert deliver(at=AT) == Sent(delivered=1)


def test_a_worker_that_stops_while_sending_loses_nothing(
    wang: Acting, robots: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    robot(wang, robots)
    say(wang)
    from luodi.notices import robots as sender

    def killed(*_: object) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(sender, "post", killed)
        with pytest.raises(KeyboardInterrupt):
            deliver(at=AT)
    assert deliver(at=AT + timedelta(minutes=1)) == Sent()
    assert deliver(at=AT + sending_rules().lease) == Sent(delivered=1)


def test_what_always_stops_the_worker_is_given_up(wang: Acting, robots: Fake) -> None:
    robot(wang, robots)
    say(wang)
    Delivery.objects.update(tries=len(sending_rules().backoff) + 1)
    assert deliver(at=AT) == Sent(given_up=1)
    assert Delivery.objects.get().error == "stopped"
