"""Words that people write: endless ones, rare characters, emoji, marks that turn the line round, NUL, halves of characters."""

import json
import re
from html import unescape
from urllib.parse import quote

import pytest
from django.test import Client
from tests.cases.scene import Scene, text_of_project
from tests.faults.conftest import browser, number
from tests.faults.theatre import forms
from tests.people import OWN, hired, moment, sign_in

from luodi.accounts import actions as accounts
from luodi.accounts.acting import SYSTEM
from luodi.accounts.models import Person
from luodi.cases.models import CaseEvent
from luodi.domain.events.proof import verify
from luodi.domain.vocabulary import Refusal
from luodi.journal.models import Entry
from luodi.journal.readers import lines
from luodi.projects.actions import record_project
from luodi.projects.readers import project

pytestmark = pytest.mark.django_db
RARE = {
    "beyond the first plane": "𠮷野家䶮㐂〇𰻝",
    "emoji": "🏭👨‍👩‍👧‍👦🇨🇳👍🏽",
    "combining": "e\u0301 가 Å x\u0338\u0338\u0338",
    "right to left": "abc \u202eedcba\u202c \u200fعقد\u200e \u2067קבלה\u2069",
    "invisible": "零\u200b宽\ufeff字\u00ad符\u3000全角",
    "markup": "</textarea><script>alert(1)</script>&amp;{{ 7*7 }}{% raw %}%s %(x)s {x}",
    "control": "a\x01\x0b\x7f\x85b\u2028c\uffff",
}
UNFIT = {"NUL": "前\x00后", "half a character": "前\ud83d后"}


@pytest.fixture(autouse=True)
def our_days(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages ask for the time: it is that of the scene."""
    monkeypatch.setattr("luodi.config.who.timezone.now", lambda: scene.at)


def line(words: str) -> str:
    """Words as a name keeps them: on one line."""
    return " ".join(words[:60].split())


@pytest.mark.parametrize("words", RARE.values(), ids=RARE)
def test_rare_characters_come_through_whole(scene: Scene, case: int, words: str) -> None:
    """Form → case → page → journal → export → verifier, and the name of who acts on the way."""
    person = accounts.record_person(username="rare", name=words[:60], by=SYSTEM, at=moment())
    accounts.appoint(
        person=person, organisation=scene.officer.organisation, kind="bureau_officer", starts=scene.at.date(),
        document=words[:60], by=SYSTEM, at=moment(),
    )  # fmt: skip
    client, path = Client(), f"/cases/{number(scene, case)}/"
    client.force_login(Person.objects.get(pk=person))
    form = forms(client.get(path).content.decode())["refuse"] | {"outside": "yes", "reason": words, "basis": words[:50]}
    assert client.post(f"{path}refuse/", form).status_code == 302
    event = CaseEvent.objects.get(case=case, kind="case.refused")
    assert event.reason == words.strip()
    assert event.who.startswith(line(words))
    page = client.get(path).content.decode()
    assert "<script>alert" not in page
    assert {words.strip() in unescape(page), line(words) in unescape(page)} == {True}
    record = list(lines())
    assert list(verify(record)) == []
    entry = next(one for one in map(json.loads, record) if one["hash"] == event.entry)
    payload = entry["payload"] if isinstance(entry["payload"], dict) else json.loads(entry["payload"])
    assert (payload["reason"], entry["who"]) == (words.strip(), event.who)


@pytest.mark.parametrize("words", RARE.values(), ids=RARE)
def test_a_project_may_be_called_anything(scene: Scene, words: str, client: Client) -> None:
    """In the project's document a name stands with escapes: YAML itself forbids control characters only."""
    quoted = "".join(f"\\U{ord(one):08x}" for one in words)
    head, _, rest = text_of_project().partition("zh: ")
    document = f'{head}zh: "{quoted}"{rest[len(re.split("[,}]", rest, maxsplit=1)[0]) :]}'
    record_project(slug="rare", document=document, sample=True, by=SYSTEM, at=scene.at, zone=OWN, live=True)
    found = project("rare")
    assert found is not None
    assert found.name.zh == words
    sign_in(client, hired("province_officer"))
    for page in ("/projects/", "/projects/rare/"):
        text = client.get(page).content.decode()
        assert words.strip() in unescape(text)
        assert "<script>alert" not in text
    assert list(verify(lines())) == []


@pytest.mark.parametrize("words", UNFIT.values(), ids=UNFIT)
def test_what_cannot_be_kept_is_refused_in_words(scene: Scene, case: int, words: str) -> None:
    with pytest.raises(Refusal, match="text_unreadable"):
        scene.on(case).refuse(outside=True, reason=words)
    with pytest.raises(Refusal, match="text_unreadable"):
        accounts.record_person(username="x", name=words, by=SYSTEM, at=moment())
    assert CaseEvent.objects.filter(case=case).count() == 1
    client, path = browser(scene.officer), f"/cases/{number(scene, case)}/"
    form = forms(client.get(path).content.decode())["refuse"]
    body = "&".join(f"{key}={value}" for key, value in {**form, "outside": "yes"}.items())
    raw = quote(words.encode("utf-8", "surrogatepass"))
    answer = client.post(f"{path}refuse/", f"{body}&reason={raw}", "application/x-www-form-urlencoded")
    if "\x00" in words:
        assert answer.status_code == 422
        assert "这里含有无法保存的字符" in answer.content.decode()
        assert CaseEvent.objects.filter(case=case).count() == 1
    else:
        assert answer.status_code == 302, "half a character is shown as �, and kept so"
        assert CaseEvent.objects.get(case=case, seq=2).reason == "前���后"


def test_an_endless_text_is_refused_and_shown_again(scene: Scene, case: int) -> None:
    client, path = browser(scene.officer), f"/cases/{number(scene, case)}/"
    words = "长" * 20_001
    form = forms(client.get(path).content.decode())["refuse"] | {"outside": "yes", "reason": words}
    before = Entry.objects.count()
    answer = client.post(f"{path}refuse/", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "这里有 20001 个字符，最多 20000 个" in page
    assert words in page
    assert Entry.objects.count() == before
    assert client.post(f"{path}refuse/", form | {"reason": words[1:]}).status_code == 302
