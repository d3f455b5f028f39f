"""The search bench in a process of its own: fill the tables with an invented province, then type words."""

import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import django

if TYPE_CHECKING:
    from luodi.finding.actions import Note
    from luodi.finding.readers import Within

Found: TypeAlias = set[tuple[str, str]]
ZONES = tuple(f"zone{number:02d}" for number in range(93))
OWN = ZONES[7]
PLACES = [
    "山西",
    "太原",
    "大同",
    "朔州",
    "忻州",
    "吕梁",
    "晋中",
    "阳泉",
    "长治",
    "晋城",
    "临汾",
    "运城",
    "平鲁",
    "怀仁",
    "孝义",
    "介休",
]
WORDS = "晶科能源华阳晋新材远景三一重工蓝天宇鹏飞锦波宏特立恒中钢建邦美潞安焦煤国信创智联德瑞博泰龙城云海星光明达通盛昌永祥福康"
TRADES = [
    "能源",
    "新材料",
    "科技",
    "智能装备",
    "生物医药",
    "光伏",
    "风电设备",
    "化工",
    "物流",
    "信息技术",
    "铝业",
    "特钢",
    "食品",
    "建材",
    "环保",
]
NAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗单解曾翟乐"
SHARES = (("project", 4), ("company", 10), ("lead", 4), ("person", 2), ("document", 20), ("case", 60))
"""Of a hundred records, so many of each kind."""


def things(count: int) -> "Iterator[Note]":
    """So many things of all kinds, the same each time."""
    from luodi.domain.vocabulary import Text
    from luodi.finding.actions import Note

    luck = random.Random(6)
    for kind, share in SHARES:
        for number in range(count * share // 100):
            zone = luck.choice(ZONES)
            if kind in ("case", "document"):
                code = f"{zone}-2026-{number:06d}" if kind == "case" else f"并审管〔2026〕{number}号"
                title = Text(f"{kind} {number}", "")
                yield Note(kind, code, title, "/", zone, f"p{number % 999}", codes=(code,), named=False)
                continue
            middle = "".join(luck.choices(WORDS, k=luck.randint(2, 4)))
            company = f"{luck.choice(PLACES)}{middle}{luck.choice(TRADES)}"
            name = {
                "project": f"{company}年产{luck.randint(1, 99)}万吨项目", "company": f"{company}有限公司",
                "lead": f"{company}股份有限公司", "person": luck.choice(NAMES) + "".join(luck.choices(WORDS, k=2)),
            }[kind]  # fmt: skip
            codes = (f"9114{luck.randint(0, 10**14):014d}",) if kind == "company" else ()
            yield Note(kind, f"{kind}{number}", Text(name, ""), "/", zone, f"p{number % 999}", codes=codes)


def typed(notes: "Sequence[Note]") -> list[str]:
    """What people type: beginnings and middles of names, initials, pinyin, codes; the commonest words, and what is not there."""
    from luodi.finding.spelling import marks

    luck = random.Random(9)
    found = [
        "山西",
        "有限公司",
        "能源",
        "sx",
        "shanxi",
        "yxgs",
        "zone",
        "2026",
        "晶科能源",
        "jkny",
        "zzzqx",
        "不存在的",
    ]
    for one in luck.choices([note for note in notes if note.named], k=48):
        places = sorted(mark for _, mark in marks(one.names) if len(mark) > 1)
        mark = luck.choice(places)
        found.append(mark[: luck.randint(2, 6)])
    found += [one.key[: luck.randint(8, 18)] for one in luck.choices([note for note in notes if not note.named], k=20)]
    return list(dict.fromkeys(found))


def main(count: int) -> None:
    """Fill, type, compare with LIKE; the figures as JSON."""
    from django.db import connection

    from luodi.finding.actions import fill
    from luodi.finding.kinds import kinds
    from luodi.finding.models import Mark
    from luodi.finding.readers import Within

    notes = list(things(count))
    fill(iter(notes), at=datetime(2026, 11, 21, tzinfo=UTC))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM finding_mark")  # as autovacuum does after so many rows
    words = typed(notes)
    said: dict[str, object] = {"words": len(words), "marks": Mark.objects.count()}
    for reach, zones in (("province", None), ("zone", frozenset({OWN}))):
        said[reach] = compared(words, {kind: Within(zones) for kind in kinds()}, zones)
    print(json.dumps(said, ensure_ascii=False))


def compared(words: list[str], within: "dict[str, Within]", zones: frozenset[str] | None) -> dict[str, object]:
    """Every word by the index and by LIKE, each three times; and that LIKE finds all that the index finds."""
    ours, theirs = [], []
    for word in words:
        took, hits = timed(partial(found, word, within))
        peer, plain = timed(partial(like, word, zones))
        known = hits if hits <= plain else like(word, zones, limit=10**7)
        if not hits <= known:
            raise AssertionError(f"{word}: LIKE does not find {hits - known}")
        ours.append((took, word))
        theirs.append(peer)
    worst, word = max(ours)
    return {
        "median": statistics.median(took for took, _ in ours), "worst": worst, "worst_word": word,
        "peer_median": statistics.median(theirs), "peer_worst": max(theirs),
    }  # fmt: skip


def found(word: str, within: "dict[str, Within]") -> Found:
    """What the index finds."""
    from luodi.finding.readers import look

    return {(one.kind, one.key) for one in look(word, within=within)}


def like(word: str, zones: frozenset[str] | None, limit: int = 36) -> Found:
    """What a plain LIKE finds in the same table."""
    from django.db import connection

    from luodi.finding.spelling import plain

    where = " AND zone = %s" if zones else ""
    statement = f"SELECT kind, key FROM finding_thing WHERE words LIKE %s{where} LIMIT {limit}"  # noqa: S608 - ours
    with connection.cursor() as cursor:
        cursor.execute(statement, [f"%{plain(word)}%", *(zones or ())])
        return {(kind, key) for kind, key in cursor.fetchall()}


def timed(act: Callable[[], Found]) -> tuple[float, Found]:
    """Milliseconds of the median of three calls after a first, and the result."""
    result, times = act(), []
    for _ in range(3):
        begun = time.perf_counter()
        result = act()
        times.append(1000 * (time.perf_counter() - begun))
    return statistics.median(times), result


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
