"""May this person do this here — and the sentence that says why, or why not."""

import pytest

from luodi.accounts.acting import Acting
from luodi.accounts.gate import OutOfReach, require, verdict
from luodi.domain.vocabulary import Refusal, Text


def acting(
    kind: str, *, zone: str = "zgsfq", reach: frozenset[str] | None = frozenset({"zgsfq", "zg_xuefu"})
) -> Acting:
    """Somebody as post 7 in organisation 3."""
    name = Text("综改示范区规划和自然资源局", "Natural Resources Bureau")
    return Acting(1, "wang", "王敏", 7, kind, 3, "nr", name, "natural_resources", zone, reach, "王敏")


OFFICER = acting("bureau_officer")
ENTERPRISE = acting("enterprise_agent", zone="", reach=frozenset())


@pytest.mark.parametrize(
    ("who", "function", "about", "allowed", "outside"),
    [
        (OFFICER, "case.decide", {}, True, False),
        (OFFICER, "case.decide", {"zone": "zgsfq", "organisation": 3}, True, False),
        (OFFICER, "case.decide", {"zone": "zgsfq", "organisation": 4}, False, False),
        (OFFICER, "case.decide", {"zone": "zgsfq", "organisation": 4, "case_posts": [7]}, False, False),
        (OFFICER, "case.decide", {"zone": "pinglu", "organisation": 4}, False, True),
        (OFFICER, "case.decide", {"zone": "pinglu", "organisation": 3}, True, False),
        (OFFICER, "case.read", {"zone": "zg_xuefu"}, True, False),
        (OFFICER, "case.read", {"zone": "pinglu"}, False, True),
        (OFFICER, "case.read", {"zone": "pinglu", "case_posts": [7]}, True, False),
        (OFFICER, "case.read", {"zone": ""}, False, True),
        (OFFICER, "people.read", {}, False, False),
        (OFFICER, "people.read", {"zone": "pinglu"}, False, False),
        (ENTERPRISE, "project.read", {"zone": "zgsfq", "project_posts": []}, False, True),
        (ENTERPRISE, "project.read", {"zone": "zgsfq", "project_posts": [7]}, True, False),
        (ENTERPRISE, "case.withdraw", {"project_posts": []}, False, False),
        (ENTERPRISE, "zone.read", {}, False, False),
        (acting("navigator"), "case.open", {"zone": "zgsfq", "project_posts": [8]}, False, False),
        (acting("navigator"), "case.open", {"zone": "zgsfq", "project_posts": [7]}, True, False),
        (acting("province_officer", zone="", reach=None), "case.read", {"zone": "pinglu"}, True, False),
        (acting("province_officer", zone="", reach=None), "case.decide", {"zone": "pinglu"}, False, False),
    ],
)  # fmt: skip
def test_a_right_reaches_as_far_as_its_scope(
    who: Acting, function: str, about: dict[str, object], allowed: bool, outside: bool
) -> None:
    said = verdict(who, function, **about)  # type: ignore[arg-type]
    assert (said.allowed, said.outside) == (allowed, outside), said.words.en


def test_nothing_given_and_nobody_on_it_are_not_the_same() -> None:
    """An empty team must never read as “at large”."""
    assert verdict(ENTERPRISE, "rating.write").allowed
    assert not verdict(ENTERPRISE, "rating.write", project_posts=()).allowed


def test_it_says_why() -> None:
    said = verdict(OFFICER, "case.read", zone="zgsfq")
    assert said.words.zh.startswith("这件事在综改示范区规划和自然资源局的管理范围内")
    assert "Units working in parallel" in said.words.en


def test_it_says_why_not() -> None:
    said = verdict(OFFICER, "plan.decide")
    assert "部门经办" in said.words.zh
    assert "指挥部领导、管委会人员" in said.words.zh
    assert "Headquarters leader" in said.words.en


def test_a_refusal_carries_the_sentence() -> None:
    with pytest.raises(Refusal) as caught:
        require(OFFICER, "plan.decide")
    assert caught.value.code == "not_allowed"
    assert "部门经办" in caught.value.facts["why"].zh  # type: ignore[attr-defined]


def test_what_lies_elsewhere_is_out_of_reach() -> None:
    with pytest.raises(OutOfReach) as caught:
        require(OFFICER, "case.read", zone="pinglu")
    assert (caught.value.zone, caught.value.acting) == ("pinglu", OFFICER)


def test_an_unknown_function_is_a_bug() -> None:
    with pytest.raises(KeyError):
        verdict(OFFICER, "case.reed")
