"""Row 2: accepting and deciding with everything that belongs to it, from the record to the plan rolled forward."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import uuid4

from luodi.accounts.acting import Acting
from luodi.accounts.models import Post
from luodi.bench.load import asking, people
from luodi.bench.load.figures import Aim, Figure, percentile, within
from luodi.cases import actions
from luodi.cases.models import Case
from luodi.domain.handling.staging import stage_conditions
from luodi.domain.handling.states import State
from luodi.domain.vocabulary import Refusal
from luodi.journal.readers import recorded
from luodi.zones.reaching import acting_as

WANTED, WARMING = 40, 4
MOST_MS = 80.0
KINDS = ("approval_officer", "bureau_officer", "bureau_head")
TO_ACCEPT = (State.RECEIVED, State.CORRECTED)
TO_DECIDE = (State.HANDLING, State.SPECIAL_ENDED)


@dataclass(slots=True)
class Times:
    """Milliseconds of one kind of act: by the clock on the wall, and of the processor; and how many were refused."""

    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    refused: int = 0


def measure(today: date, wanted: int = WANTED) -> list[Figure]:
    """Accept and decide until each was done so often, in turn by the action and by a form sent."""
    times = {name: Times() for name in ("accept", "decide", "accept by form", "decide by form")}
    who = Who(today)
    asking.application()
    for slug in people.projects(few=10_000):
        if all(len(one.wall) >= wanted + WARMING for one in times.values()):
            break
        for case in ready(slug):
            verb = "accept" if case.state in TO_ACCEPT else "decide"
            acting = who.of(case.organisation_id)
            form = len(times[verb].wall) >= len(times[f"{verb} by form"].wall)
            if acting is not None and len(times[name := f"{verb} by form" if form else verb].wall) < wanted + WARMING:
                attempt(times[name], lambda: done(verb, case, acting, who.cookies(acting) if form else None))  # noqa: B023
        with suppress(Refusal):
            actions.dispatch(project=slug, by=who.window(), at=datetime.now(UTC))  # what may be accepted next
    return [told(name, one) for name, one in times.items()]  # compiled code is loaded by the first acts


def ready(slug: str) -> Iterator[Case]:
    """The cases of a project that may be accepted or decided."""
    yield from Case.objects.filter(project__slug=slug, state__in=(*TO_ACCEPT, *TO_DECIDE), open=True).order_by("id")


def attempt(times: Times, act: Callable[[], str]) -> None:
    """Take the time of an act that was done; a refusal (a letter, a least period …) is counted and takes no time.

    `act` answers with its idempotency key, "" where it was refused.  What is done must stand in the record.
    """
    wall, processor = time.perf_counter(), time.process_time()
    try:
        key = act()
    except Refusal:
        key = ""
    spent = time.perf_counter() - wall, time.process_time() - processor
    if not key:
        times.refused += 1
        return
    if recorded(key) is None:
        raise AssertionError(f"{key} was answered and is not in the record")
    times.wall.append(1000 * spent[0])
    times.processor.append(1000 * spent[1])


def done(verb: str, case: Case, by: Acting, cookies: people.Cookies | None) -> str:
    """Do it by the action, or as somebody's form; its idempotency key, "" where it was not done."""
    key, met = uuid4().hex, {one.id: "实测 bench" for one in stage_conditions(case.matter)}
    if cookies is not None:
        form = {
            "seq": str(case.seq),
            "key": key,
            "back": "/inbox/",
            **{f"met-{id_}": said for id_, said in met.items()},
        }
        status = asking.ask(f"/cases/{case.number}/{verb}/", cookies, form).status
        if status not in (302, 409, 422):
            raise AssertionError(f"{verb} {case.number}: {status}")
        if status != 302:
            return ""
    elif verb == "accept":
        actions.accept(case=case.pk, seq=case.seq, by=by, at=datetime.now(UTC), key=key)
    else:
        actions.decide(
            case=case.pk, seq=case.seq, outcome="granted", conditions=met, by=by, at=datetime.now(UTC), key=key
        )
    return key


class Who:
    """Officers by their organisation, and their sessions."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.known: dict[int, Acting | None] = {}
        self.sessions: dict[int, people.Cookies] = {}

    def of(self, organisation: int) -> Acting | None:
        """An officer who may accept and decide for an organisation; None where it has none."""
        if organisation not in self.known:
            posts = Post.objects.filter(organisation=organisation, kind__in=KINDS, ends=None).order_by("id")
            post = posts.values_list("id", flat=True).first()
            self.known[organisation] = acting_as(post, self.today) if post else None
        return self.known[organisation]

    def cookies(self, acting: Acting) -> people.Cookies:
        """The session of an officer."""
        if acting.post not in self.sessions:
            self.sessions[acting.post] = people.sign_in(acting.post, self.today)
        return self.sessions[acting.post]

    def window(self) -> Acting:
        """Somebody who dispatches: whether they may is asked by the page, which is not measured here."""
        found = acting_as(people.province(), self.today)
        if found is None:
            raise LookupError("province")
        return found


def told(name: str, times: Times) -> Figure:
    """The row of one kind of act."""
    walls, processors = times.wall[WARMING:], times.processor[WARMING:]
    if not walls:
        return Figure(f"act: {name}", {"refused": times.refused}, (Aim("measured", None),), "no case was ready")
    wall = percentile(walls, 0.95)
    numbers: Mapping[str, float] = {
        "p95 ms": wall, "median ms": percentile(walls, 0.5), "processor p95 ms": percentile(processors, 0.95),
        "processor median ms": percentile(processors, 0.5), "acts": len(walls), "refused": times.refused,
    }  # fmt: skip
    return Figure(f"act: {name}", dict(numbers), (within("p95 ms", wall, MOST_MS),))
