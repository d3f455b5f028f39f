"""At the same moment, over the wire, on two serving processes: two decisions, two clicks, ten megabytes."""

import threading
from collections.abc import Callable

import pytest
from tests.faults.theatre import Browser, Page, Stage, forms

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
WORDS = "申报材料与规划条件不符，详见核查记录第三页"
OUTCOMES = {"decide": "办结（通过）", "deny": "办结（不通过）"}


def together(*acts: Callable[[], Page]) -> list[Page]:
    """What the server answered to several who all press at once."""
    answers: dict[int, Page] = {}
    begin = threading.Barrier(len(acts))

    def press(place: int, act: Callable[[], Page]) -> None:
        begin.wait(10)
        answers[place] = act()

    threads = [threading.Thread(target=press, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return [answers[place] for place in range(len(acts))]


def accepted(stage: Stage, number: str) -> str:
    """The address of a case that is being handled."""
    address, officer = f"/cases/{number}/", stage.browser("officer")
    found = forms(officer.get(address).text)
    if "accept" in found:
        assert officer.post(f"{address}accept/", found["accept"]).status == 302
    return address


def test_of_two_decisions_one_wins_and_the_other_is_told(served: Stage) -> None:
    names = ("officer", "second")
    decisions = (("decide", {"result": "批字〔2026〕1号"}), ("deny", {"reason": WORDS, "basis": "第三十八条"}))
    for number in served.made["cases"][:6]:
        address = accepted(served, number)
        people = [served.browser(name) for name in names]
        shown = [forms(one.get(address).text) for one in people]

        def act(
            place: int, who: Browser, address: str = address, shown: list[dict[str, dict[str, str]]] = shown
        ) -> Page:
            verb, fields = decisions[place]
            return who.post(f"{address}{verb}/", {**shown[place][verb], **fields})

        answers = together(*[lambda place=place, who=who: act(place, who) for place, who in enumerate(people)])
        assert sorted(one.status for one in answers) == [302, 409], [one.text[:300] for one in answers]
        lost = next(place for place, one in enumerate(answers) if one.status == 409)
        page, winner = answers[lost].text, decisions[1 - lost][0]
        assert f"刚刚变了：{served.made['labels'][names[1 - lost]]}" in page, "who"
        assert OUTCOMES[winner] in page.partition("刚刚变了")[2][:300], "what"
        assert not forms(page).keys() & {"decide", "deny", "pause"}, "the case as it is now: closed"
        for typed in decisions[lost][1].values():
            assert typed in page, "what the loser had typed"
    assert served.order("check", done=[], undone=[], cut=[])["faults"] == []


def test_a_button_pressed_twice_acts_once(served: Stage) -> None:
    number = served.made["cases"][6]
    address, who = accepted(served, number), served.browser("officer")
    form = forms(who.get(address).text)["pause"] | {"pause": "hearing", "reason": WORDS}
    answers = together(*[lambda: who.post(f"{address}pause/", form)] * 4)
    assert [(one.status, one.location) for one in answers] == [(302, f"{address}?done=1")] * 4
    assert "已办" in who.get(answers[0].location).text
    assert served.order("check", done=[form["key"]], undone=[], cut=[])["faults"] == []


@pytest.mark.parametrize(
    ("characters", "words"), [(100_000, "这里有 100000 个字符，最多 20000 个"), (3_495_253, "表单过长")]
)
def test_a_text_of_ten_megabytes_gets_an_answer_in_words(served: Stage, characters: int, words: str) -> None:
    """Nobody is cut off half-way through sending, nothing is stored, and the server answers the next one."""
    address, who = accepted(served, served.made["cases"][7]), served.browser("officer")
    form = forms(who.get(address).text)["pause"] | {"pause": "hearing", "reason": "长" * characters}
    page = who.post(f"{address}pause/", form)
    assert page.status in (400, 413, 422)
    assert words in page.text
    assert "<main" in page.text, "a page in the usual look"
    assert forms(who.get(address).text)["pause"]["seq"] == form["seq"]
    assert served.order("check", done=[], undone=[form["key"]], cut=[])["faults"] == []
