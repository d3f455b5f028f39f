"""Row 3: fifty officers at once over HTTP, each reading a case and acting on it, again and again; some forms sent twice."""

import random
import re
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode
from uuid import uuid4

from django.db import connection, connections

from luodi.bench.load import afterwards, people, serving
from luodi.bench.load.asking import TOKEN
from luodi.bench.load.figures import Aim, Figure, percentile
from luodi.cases.models import Case
from luodi.domain.vocabulary import Refusal

OFFICERS = 50
TWICE, DECIDES = 0.12, 0.15
DONE, TOLD = (302,), (403, 409, 422)
OFFERED = re.compile(rb'action="/cases/[^/"]+/([a-z_]+)/"')
SEQ = re.compile(rb'name="seq" value="(\d+)"')
QUICK = ("accept", "start_handling", "receive_correction", "resume")
OURS = "luodi.config.wsgi:application"


@dataclass(slots=True)
class Sent:
    """What came of one form: its key, and the answers to it and to its double."""

    key: str
    verb: str
    statuses: tuple[int, ...]

    @property
    def done(self) -> bool:
        """Whether somebody was told that it was done."""
        return any(one in DONE for one in self.statuses)


@dataclass(slots=True)
class Log:
    """What one officer saw."""

    sent: list[Sent] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)


class Officer(threading.Thread):
    """Somebody at work until a moment."""

    def __init__(self, place: int, port: int, cookies: people.Cookies, cases: Sequence[str], until: float) -> None:
        super().__init__(daemon=True)
        self.chance, self.port, self.cases, self.until = random.Random(place), port, list(cases), until
        self.headers = {"Cookie": cookies.header(TOKEN)}
        self.line = HTTPConnection("127.0.0.1", port, timeout=60)
        self.log = Log()

    def run(self) -> None:
        """Read a case, act on it, take the next."""
        while time.monotonic() < self.until and self.cases:
            number = self.chance.choice(self.cases)
            try:
                self.turn(number)
            except (OSError, HTTPException) as error:
                self.log.errors[type(error).__name__] += 1
                self.line.close()

    def turn(self, number: str) -> None:
        """One case."""
        status, page = self.ask("GET", f"/cases/{number}/")
        seq = SEQ.search(page)
        offered = {one.decode() for one in OFFERED.findall(page)}
        if status != 200:
            self.log.errors[f"page {status}"] += 1
        verb = self.choose(offered)
        if verb is None or seq is None:
            self.cases.remove(number)  # closed, or nothing for this post: another
            return
        key = uuid4().hex
        form = urlencode({
            "csrfmiddlewaretoken": TOKEN, "seq": seq[1].decode(), "key": key, "back": "/inbox/",
            "pause": "expert_review", "reason": "实测 bench",
        })  # fmt: skip
        again = 1 + (self.chance.random() < TWICE)
        begun = time.perf_counter()
        statuses = tuple(self.ask("POST", f"/cases/{number}/{verb}/", form)[0] for _ in range(again))
        self.log.took.append(1000 * (time.perf_counter() - begun) / again)
        self.log.sent.append(Sent(key, verb, statuses))
        for one in statuses:
            if one not in (*DONE, *TOLD):
                self.log.errors[f"{verb} {one}"] += 1

    def choose(self, offered: set[str]) -> str | None:
        """What a page offers: what is quick first, a decision now and then, else the clock is stopped."""
        found = [verb for verb in QUICK if verb in offered]
        if "decide" in offered and self.chance.random() < DECIDES:
            found.append("decide")
        if not found and "pause" in offered:
            return "pause"
        return self.chance.choice(found) if found else None

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, bytes]:
        """One request on this officer's own line."""
        headers = self.headers | ({"Content-Type": "application/x-www-form-urlencoded"} if body else {})
        self.line.request(method, path, body=body or None, headers=headers)
        answer = self.line.getresponse()
        return answer.status, answer.read()


def measure(today: date, seconds: int, officers: int = OFFICERS) -> list[Figure]:
    """Let them work, then ask the record what became of every form."""
    posts = people.officers(officers)
    if len(posts) < officers:
        raise Refusal("bench_nothing_to_ask", command="luodi sample --zones 93 --projects 5000")
    cookies = [people.sign_in(post, today) for post in posts]
    cases = [numbers(one.acting.organisation) for one in cookies]
    before, vendor = afterwards.last_entry(), connection.vendor
    connections.close_all()
    with serving.served(OURS) as port:
        until = time.monotonic() + seconds
        crew = [Officer(n, port, *one, until) for n, one in enumerate(zip(cookies, cases, strict=True))]
        for one in crew:
            one.start()
        for one in crew:
            one.join(seconds + 120)
    logs = [one.log for one in crew]
    sent = [form for log in logs for form in log.sent]
    errors = sum((log.errors for log in logs), Counter())
    found = afterwards.judge({form.key: form.done for form in sent}, before, {one.acting.person for one in cookies})
    return [told(vendor, seconds, sent, errors, [one for log in logs for one in log.took], found)]


def numbers(organisation: int) -> list[str]:
    """The open cases of an organisation."""
    return list(Case.objects.filter(organisation=organisation, open=True).values_list("number", flat=True))


def told(
    vendor: str,
    seconds: int,
    sent: Sequence[Sent],
    errors: Counter[str],
    took: Sequence[float],
    found: afterwards.Verdict,
) -> Figure:
    """The row."""
    done = sum(form.done for form in sent)
    return Figure(
        f"{OFFICERS} officers at once for {seconds} s, {vendor}",
        {
            "acts done": done, "acts/s": done / seconds, "refused and told": len(sent) - done,
            "forms sent twice": sum(len(form.statuses) > 1 for form in sent), "p95 ms": percentile(took, 0.95) if took else 0,
            "errors": errors.total(), "lost": found.lost, "done though refused": found.unasked, "doubled": found.doubled,
            "faults in chains": found.faults, "entries verified": found.entries,
        },
        (
            Aim("acts were done", done > 0), Aim("no error", not errors), Aim("no act lost", not found.lost),
            Aim("no act doubled or done though refused", not found.doubled and not found.unasked),
            Aim("every chain verifies", not found.faults and found.entries > 0),
        ),
        "; ".join(f"{what} x{count}" for what, count in errors.most_common(5)) or f"{datetime.now(UTC):%Y-%m-%d}",
    )  # fmt: skip
