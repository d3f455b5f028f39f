"""Row 1: the pages of the desk beside the bare statements they need."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from luodi.accounts import still
from luodi.bench.load import asking, people
from luodi.bench.load.figures import Figure, percentile, within
from luodi.bench.load.people import Cookies
from luodi.desk import painting

Spent = tuple[float, float]
TIMES = 40
MOST_MS, OF_BARE = 100.0, 3.0


@dataclass(frozen=True, slots=True)
class Page:
    """A page with two addresses: over much, and over little."""

    name: str
    much: str
    little: str


def pages() -> tuple[Page, ...]:
    """The pages of the aim, on the largest and on the smallest subjects of the sample."""
    zones, slugs = people.zones(), people.projects()
    big, small = slugs[0], slugs[-1]
    return (
        Page("inbox", "/inbox/?whose=zone", "/inbox/?whose=zone&light=amber"),
        Page("project page", f"/projects/{big}/board/", f"/projects/{small}/board/"),
        Page("wall chart of one project", f"/projects/{big}/chart/", f"/projects/{small}/chart/"),
        Page("wall chart of one unit", f"/wall/?zone={zones[0]}&unit=all", f"/wall/?zone={zones[-1]}&unit=all"),
        Page("command room", "/room/", "/room/?days=7"),
    )


def measure(today: date, times: int = TIMES) -> list[Figure]:
    """Every page many times; each answer must be 200 and the same kind of page."""
    cookies = people.sign_in(people.province(), today)
    return [figure(page, cookies, times) for page in pages()]


def figure(page: Page, cookies: Cookies, times: int) -> Figure:
    """One page."""
    many, few = counted(page.much, cookies), counted(page.little, cookies)
    anew = [asking.spent(lambda n=n: made(unlike(page.much, n), cookies)) for n in range(times)]  # type: ignore[misc]
    kept = [asking.spent(lambda n=n: answered(unlike(page.much, n), cookies)) for n in range(times)]  # type: ignore[misc]
    bare = [asking.spent(lambda: asking.bare(many)) for _ in range(times)]
    return told(page.name, connection.vendor, (anew, kept, bare), len(many), len(few))


def told(
    name: str, vendor: str, spent: tuple[Sequence[Spent], Sequence[Spent], Sequence[Spent]], many: int, few: int
) -> Figure:
    """The row of one page: (wall, processor) in ms of the page made anew, of the page while nothing was recorded, and of
    the bare statements that making it takes; its numbers of statements.

    Beside the bare statements: medians of the processor where the database is in the process (others at work lengthen
    a long call more often than a short one), of the clock where it is not.
    """
    kind = 1 if vendor == "sqlite" else 0
    half, again, least = (percentile([one[kind] for one in times], 0.5) for times in spent)
    ours, kept, bare = spent
    wall = percentile([one[0] for one in ours], 0.95)
    return Figure(
        f"page: {name}, {vendor}",
        {
            "p95 ms": wall, "median ms": percentile([one[0] for one in ours], 0.5),
            "processor p95 ms": percentile([one[1] for one in ours], 0.95),
            "unchanged p95 ms": percentile([one[0] for one in kept], 0.95),
            "bare SQL median ms": percentile([one[0] for one in bare], 0.5), "times bare SQL": half / least,
            "unchanged, times bare SQL": again / least,
            "queries": many, "queries on little": few,
        },
        (
            within("p95 ms", wall, MOST_MS),
            within("times the bare SQL (medians), made anew", half / least, OF_BARE),
            within("times the bare SQL (medians), while nothing was recorded", again / least, OF_BARE),
            within("queries more on much than on little", abs(many - few), 0),
        ),
    )  # fmt: skip


def unlike(path: str, number: int) -> str:
    """The same page under an address nobody has asked: nothing kept whole for one address helps."""
    return f"{path}{'&' if '?' in path else '?'}_={number}"


def counted(path: str, cookies: Cookies) -> list[asking.Statement]:
    """The statements of making a page, once what a process keeps for some seconds is there: the fewest of three askings."""
    answered(path, cookies)
    runs = []
    for _ in range(3):
        with asking.written() as found:
            made(path, cookies)
        runs.append(found)
    return min(runs, key=len)


def made(path: str, cookies: Cookies) -> asking.Answer:
    """The page, as if something had been recorded since it was asked last."""
    still.forget()
    painting.forget()
    return answered(path, cookies)


def answered(path: str, cookies: Cookies) -> asking.Answer:
    """The page; anything but 200 stops the bench."""
    answer = asking.ask(path, cookies)
    if answer.status != 200 or b'<main id="main">' not in answer.body:
        raise AssertionError(f"{path}: {answer.status}")
    return answer
