"""Channels and feeds: whose they are, where they may lead, and that each change is on the record."""

from datetime import time, timedelta

import pytest
from tests.notices.conftest import AT, TODAY

from luodi.accounts.acting import Acting
from luodi.domain.vocabulary import Refusal
from luodi.journal.models import Entry
from luodi.notices import channels, feeds, readers
from luodi.notices.models import Channel, Delivery, Feed

pytestmark = pytest.mark.django_db
WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"
DINGTALK = "https://oapi.dingtalk.com/robot/send?access_token=566cc69da782ec"


def recorded() -> list[str]:
    """The kinds of what is on the record of accounts."""
    return list(Entry.objects.filter(chain="accounts").order_by("seq").values_list("kind", flat=True))


def test_a_channel_is_sealed_masked_and_recorded(wang: Acting) -> None:
    channels.add(kind="wecom", target=f" {WECOM}\n", by=wang, at=AT)
    channels.add(kind="dingtalk", target=DINGTALK, secret="SEC0", by=wang, at=AT)  # noqa: S106 - invented
    channels.add(kind="email", target="wang@example.cn", by=wang, at=AT)
    assert [row.address for row in readers.channels(wang.person)] == [
        "qyapi.weixin.qq.com …5aaa", "oapi.dingtalk.com …82ec", "w…@example.cn",
    ]  # fmt: skip
    kept = "".join(Channel.objects.values_list("address", flat=True)) + "".join(
        Entry.objects.values_list("payload", flat=True)
    )
    assert not any(secret in kept for secret in ("693a", "566cc", "SEC0", "wang@"))
    assert recorded() == ["channel.added"] * 3


@pytest.mark.parametrize(
    "target",
    [
        "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1",
        "https://127.0.0.1/cgi-bin/webhook/send?key=1",
        "https://169.254.169.254/cgi-bin/webhook/send?key=1",
        "https://[::1]/cgi-bin/webhook/send?key=1",
        "https://qyapi.weixin.qq.com.evil.cn/cgi-bin/webhook/send?key=1",
        "https://evil.cn/qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1",
        "https://qyapi.weixin.qq.com@evil.cn/cgi-bin/webhook/send?key=1",
        "https://me:pw@qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1",
        "https://evil.cn\\@qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1",
        "https://evil.cn#@qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1",
        "https://qyapi.weixin.qq.com:8443/cgi-bin/webhook/send?key=1",
        "https://qyapi.weixin.qq.com:99999/cgi-bin/webhook/send?key=1",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send/../../other?key=1",
        "https://qyapi.weixin.qq.com/cgi-bin/message?key=1",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1\r\nHost: evil",
        "https://qyapi。weixin.qq.com/cgi-bin/webhook/send?key=1",
        "https://oapi.dingtalk.com/robot/send?access_token=1",
        "file:///etc/passwd",
        "",
    ],
)
def test_a_robot_leads_nowhere_else(wang: Acting, target: str) -> None:
    with pytest.raises(Refusal, match="robot_address_refused"):
        channels.add(kind="wecom", target=target, by=wang, at=AT)
    assert not Channel.objects.exists()


def test_what_is_no_channel_is_refused(wang: Acting) -> None:
    for kind, target, code in (
        ("email", "wang", "email_refused"),
        ("email", "a@b.cn\nBcc: c@d.cn", "email_refused"),
        ("fax", "1", "channel_unknown"),
        ("email", "a" * 600, "channel_address_too_long"),
    ):
        with pytest.raises(Refusal, match=code):
            channels.add(kind=kind, target=target, by=wang, at=AT)
    for number in range(channels.MOST):
        channels.add(kind="email", target=f"a{number}@example.cn", by=wang, at=AT)
    with pytest.raises(Refusal, match="channels_too_many"):
        channels.add(kind="email", target="b@example.cn", by=wang, at=AT)


def test_quiet_hours_and_absence_are_checked(wang: Acting) -> None:
    channel = channels.add(kind="email", target="wang@example.cn", by=wang, at=AT)
    same = {"channel": channel, "by": wang, "at": AT}
    for first, back, code in (
        (time(22), None, "quiet_half"),
        (None, TODAY, "away_wrong"),
        (None, TODAY + timedelta(days=900), "away_wrong"),
    ):
        with pytest.raises(Refusal, match=code):
            channels.change(quiet_from=first, quiet_to=None, away_until=back, **same)  # type: ignore[arg-type]
    channels.change(quiet_from=time(22), quiet_to=time(8), away_until=TODAY + timedelta(days=1), **same)  # type: ignore[arg-type]
    assert recorded() == ["channel.added", "channel.changed"]


def test_a_channel_is_its_owners_alone(wang: Acting, li: Acting) -> None:
    channel = channels.add(kind="email", target="wang@example.cn", by=wang, at=AT)
    for act in (channels.switch_off, channels.attempt):
        with pytest.raises(Refusal, match="channel_gone"):
            act(channel=channel, by=li, at=AT)
    assert readers.channels(li.person) == ()


def test_a_trial_goes_through_one_channel_once(wang: Acting) -> None:
    channels.add(kind="email", target="a@example.cn", by=wang, at=AT)
    channel = channels.add(kind="email", target="b@example.cn", by=wang, at=AT)
    first = channels.attempt(channel=channel, by=wang, at=AT)
    assert channels.attempt(channel=channel, by=wang, at=AT) == first
    assert Delivery.objects.get().channel_id == channel


def test_switching_off_puts_down_what_waits(wang: Acting) -> None:
    channel = channels.add(kind="email", target="a@example.cn", by=wang, at=AT)
    channels.attempt(channel=channel, by=wang, at=AT)
    assert channels.switch_off(channel=channel, by=wang, at=AT) == 1
    assert readers.failed(wang.person) == ()
    assert recorded() == ["channel.added", "channel.removed"]


def test_a_feed_opens_until_it_is_revoked(wang: Acting, li: Acting) -> None:
    made = feeds.make(about="project", subject="jinko", by=wang, at=AT)
    assert len(made.token) >= 40
    assert not Feed.objects.filter(token__contains=made.token).exists()
    found = readers.feed(made.token)
    assert found is not None
    assert (found.about, found.subject, found.post) == ("project", "jinko", wang.post)
    assert readers.feed(made.token[:-1]) is readers.feed("") is None
    with pytest.raises(Refusal, match="feed_gone"):
        feeds.revoke(feed=made.feed, by=li, at=AT)
    feeds.used(feed=made.feed, at=AT)
    feeds.used(feed=made.feed, at=AT + timedelta(minutes=5))
    assert readers.feeds([wang.post])[0].used == AT
    feeds.revoke(feed=made.feed, by=wang, at=AT)
    assert readers.feed(made.token) is None
    assert readers.feeds([wang.post]) == ()
    assert recorded() == ["feed.made", "feed.revoked"]


def test_a_feed_is_of_ones_own(wang: Acting) -> None:
    feeds.make(about="unit", subject="bureau", by=wang, at=AT)
    for about, subject in (("unit", "other"), ("zone", "z1")):
        with pytest.raises(Refusal, match="feed_unknown"):
            feeds.make(about=about, subject=subject, by=wang, at=AT)
