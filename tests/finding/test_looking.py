"""What is found, in which order, and by whom."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luodi.domain.vocabulary import Text
from luodi.finding.actions import Note, fill, forget, note
from luodi.finding.models import Mark
from luodi.finding.readers import Within, counted, look

AT = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db
ALL = Within(None)


def thing(key: str, zh: str, *, kind: str = "project", zone: str = "zgsfq", **rest: object) -> Note:
    """A thing."""
    return Note(kind, key, Text(zh, ""), f"/{kind}s/{key}/", zone, **rest)  # type: ignore[arg-type]


def keys(words: str, **within: Within) -> list[str]:
    """The keys of what is found."""
    return [one.key for one in look(words, within=within or {"project": ALL})]


def test_names_that_begin_so_stand_first_and_the_shortest_of_them() -> None:
    note([thing("a", "山西晶科能源"), thing("b", "晶科能源电池片"), thing("c", "晶科"), thing("d", "华阳")], at=AT)
    assert keys("晶科") == ["c", "b", "a"]
    assert keys("jingke") == ["c", "b", "a"]
    assert keys("jkny") == ["b", "a"]
    assert keys("能源 山西") == ["a"]
    assert keys("山西晶科能源" * 5) == []
    assert keys(" ％_ ") == keys("") == []


def test_nobody_finds_what_lies_elsewhere() -> None:
    near = thing("near", "晶科能源", project="near")
    far = thing("far", "晶科材料", zone="pinglu", project="far")
    note(
        [near, far, thing("z-2026-000001", "晶科", kind="case", zone="pinglu", codes=("z-2026-000001",), named=False)],
        at=AT,
    )
    assert keys("jk", project=Within(frozenset({"zgsfq"}))) == ["near"]
    assert keys("jk", project=Within(frozenset())) == []
    assert keys("jk", project=Within(None, ("far",))) == ["far"]
    assert keys("jk", project=Within(None, ())) == []
    assert keys("z-2026", project=ALL) == []
    assert keys("z-2026", project=ALL, case=ALL) == ["z-2026-000001"]
    assert keys("jk", case=ALL) == []  # a case is found by its number alone


def test_a_new_name_takes_the_place_of_the_old() -> None:
    note([thing("a", "晶科能源")], at=AT)
    assert note([thing("a", "晶科能源")], at=AT) == 0
    assert note([thing("a", "天合光能"), thing("b", "华阳")], at=AT) == 2
    assert (keys("晶科"), keys("天合"), keys("hy")) == ([], ["a"], ["b"])
    note([thing("a", "天合光能", zone="pinglu")], at=AT)
    assert keys("天合", project=Within(frozenset({"zgsfq"}))) == []
    assert forget(kind="project", keys=["a"]) == 1
    assert keys("天合") == []


def test_filling_anew_leaves_what_is_said_and_nothing_else() -> None:
    note([thing("old", "旧厂")], at=AT)
    assert fill((thing(f"n{one}", f"新厂{one}号") for one in range(30)), at=AT) == 30
    assert counted() == {"project": 30}
    assert keys("旧厂") == []
    assert len(keys("xinchang")) == 6
    note([thing("later", "后来")], at=AT)  # the table goes on numbering
    assert keys("hl") == ["later"]


def test_asking_is_one_query_and_noting_does_not_grow() -> None:
    def noted(count: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            note([thing(f"{count}-{one}", f"厂{one}") for one in range(count)], at=AT)
        return len(asked)

    assert noted(20) == noted(2)
    with CaptureQueriesContext(connection) as asked:
        look(
            "chang",
            within={"project": ALL, "case": Within(frozenset({"zgsfq", "pinglu"})), "company": Within(None, ("a",))},
        )
    assert len(asked) == 1
    assert Mark.objects.exists()
