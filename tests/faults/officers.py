"""Officers at their browsers, each in a thread: they open cases, press what the page offers, and press again when cut off."""

import http.client
import random
import re
import threading
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.faults.theatre import Browser, Page, Stage, forms

WEIGHTS = {"accept": 6, "start_handling": 6, "ask_correction": 3, "receive_correction": 6, "pause": 3, "resume": 6,
           "decide": 1, "deny": 0.3}  # fmt: skip
MATTER = re.compile(r'name="matter" value="(\w+)"')
NUMBER = re.compile(r"/cases/(\w+-\d{4}-\d{6})/")


@dataclass
class Crew:
    """What all of them know and have done; `cut`: keys of acts about which nobody was answered yet."""

    cases: list[str]
    slugs: list[str]
    done: list[str] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)
    cut: set[str] = field(default_factory=set)
    cuts: int = 0
    broken: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True)
class Act:
    """A form filled in."""

    path: str
    fields: dict[str, object]


def fields_of(verb: str) -> Mapping[str, object]:
    """What the form of a verb is filled with."""
    due = datetime.now(UTC).date() + timedelta(days=20)
    known: dict[str, dict[str, object]] = {
        "pause": {"pause": "hearing", "reason": "听证"},
        "ask_correction": {"kind": "missing_paper", "due": str(due), "reason": "请补齐"},
        "deny": {"reason": "不符合条件", "basis": "第三十八条"},
    }
    return known.get(verb, {})


@dataclass
class Officer:
    """One person at work."""

    crew: Crew
    browser: Browser
    chance: random.Random
    dispatching: bool = False

    def work(self) -> None:
        """Act until told to stop; whatever was sent is sent again until it is answered."""
        while not self.crew.stop.wait(0.2 if self.dispatching else 0.001):
            try:
                act = self.dispatch() if self.dispatching else self.choose()
            except (OSError, http.client.HTTPException):
                continue
            if act is not None:
                self.send(act)

    def choose(self) -> Act | None:
        """Open a case, and press something that its page offers."""
        number = self.chance.choice(self.crew.cases)
        page = self.browser.get(f"/cases/{number}/")
        self.note(page)
        found = {verb: form for verb, form in forms(page.text).items() if verb in WEIGHTS and "key" in form}
        if not found:
            return None
        verb = self.chance.choices(list(found), [WEIGHTS[one] for one in found])[0]
        return Act(f"/cases/{number}/{verb}/", {**found[verb], **fields_of(verb)})

    def dispatch(self) -> Act | None:
        """Send out whatever has become ready in a project."""
        path = f"/projects/{self.chance.choice(self.crew.slugs)}/dispatch/"
        page = self.browser.get(path)
        self.note(page)
        matters = MATTER.findall(page.text)
        return Act(path, {"matter": matters, "key": uuid.uuid4().hex}) if matters else None

    def send(self, act: Act) -> None:
        """Press the button, again and again until somebody answers."""
        key = str(act.fields["key"])
        while True:
            try:
                page = self.browser.post(act.path, act.fields)
            except (OSError, http.client.HTTPException):
                if key not in self.crew.cut:
                    self.crew.cut.add(key)
                    self.crew.cuts += 1
                if self.crew.stop.wait(0.02) and not self.browser.alive():
                    return
                continue
            self.note(page)
            (self.crew.done if page.status in (200, 302) else self.crew.undone).append(key)
            self.crew.cut.discard(key)
            if act.path.endswith("/dispatch/"):
                self.crew.cases.extend(sorted(set(NUMBER.findall(page.text)) - set(self.crew.cases)))
            return

    def note(self, page: Page) -> None:
        """Keep what no page may be."""
        if page.status not in (200, 302, 409, 422):
            self.crew.broken.append(f"{page.status}: {page.text[:500]}")


@contextmanager
def at_work(stage: Stage, seed: int) -> Iterator[Crew]:
    """Three officers and a navigator; at the end all of them have their answers."""
    crew = Crew(list(stage.made["cases"]), stage.made["slugs"])
    people = [
        Officer(crew, stage.browser(name), random.Random(f"{seed} {place}"), name == "navigator")
        for place, name in enumerate(("officer", "second", "head", "officer", "navigator"))
    ]
    threads = [threading.Thread(target=one.work, daemon=True) for one in people]
    for thread in threads:
        thread.start()
    try:
        yield crew
    finally:
        crew.stop.set()
        for thread in threads:
            thread.join(20)
