"""Saying that there is too little: what is left, who holds the rest, and until when."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from luodi.domain.ledger.amounts import said
from luodi.domain.ledger.book import Phase
from luodi.domain.ledger.kinds import kinds
from luodi.domain.vocabulary import Refusal, Text
from luodi.ledgers.booking import CHINA, Short, TooLittle
from luodi.ledgers.naming import PHASES, account_name
from luodi.ledgers.readers import Held, holders

MOST = 4
"""Holders named in a refusal."""


@contextmanager
def short(at: datetime) -> Iterator[None]:
    """Turn `TooLittle` into `Refusal("quota_short")`, or `quotas_short` where several accounts lack; after the rollback."""
    try:
        yield
    except TooLittle as lacking:
        raise refusal(lacking.short, at) from None


def refusal(lacking: tuple[Short, ...], at: datetime) -> Refusal:
    """The refusal for accounts that have too little.  One query for each."""
    facts = [_facts(one, at) for one in lacking]
    if len(facts) == 1:
        return Refusal("quota_short", field=f"amount_{lacking[0].account.pk}", **facts[0])
    lines = [
        Text(
            f"{one['account'].zh}只剩 {one['left'].zh}，需要 {one['wanted'].zh}（{one['held'].zh}）",
            f"{one['account'].en} has {one['left'].en} left of the {one['wanted'].en} needed ({one['held'].en})",
        )
        for one in facts
    ]
    return Refusal("quotas_short", count=len(lines), short=_joined(lines))


def _facts(one: Short, at: datetime) -> dict[str, Text]:
    kind = kinds()[one.account.quota]
    return {
        "account": account_name(one.account),
        "left": said(max(one.left, 0), kind),
        "wanted": said(one.wanted, kind),
        "lacking": said(one.wanted - max(one.left, 0), kind),
        "held": _held(one, at),
    }


def _held(one: Short, at: datetime) -> Text:
    found = holders(one.account.pk, limit=MOST + 1)
    if not found:
        return Text("没有未兑现的承诺：其余已下达或核销", "no promise is open: the rest has been passed on or used up")
    lines = [_holder(each, one.account.quota, at) for each in found[:MOST]]
    more = [Text("等", "and others")] if len(found) > MOST else []
    told = _joined([*lines, *more])
    return Text(f"其余由{told.zh}占用", f"the rest is held by {told.en}")


def _holder(one: Held, quota: str, at: datetime) -> Text:
    size, state = said(one.amount, kinds()[quota]), PHASES[one.state]
    if one.state == Phase.RESERVE and one.expires is not None:
        day = one.expires.astimezone(CHINA).date()
        over = one.expires <= at
        until = Text(f"{day} 已到期" if over else f"至 {day}", f"ran out on {day}" if over else f"until {day}")
        return Text(
            f"{one.name.zh} {size.zh}（{state.zh}，{until.zh}）",
            f"{one.name.en}, {size.en} ({state.en.lower()} {until.en})",
        )
    return Text(f"{one.name.zh} {size.zh}（{state.zh}）", f"{one.name.en}, {size.en} ({state.en.lower()})")


def _joined(lines: list[Text]) -> Text:
    return Text("；".join(one.zh for one in lines), "; ".join(one.en for one in lines))
