"""Several workers at once: every delivery goes out exactly once."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from django.db import connection, connections
from tests.notices.conftest import AT, acting, appointed

from luodi.notices import channels, sending
from luodi.notices.actions import tell
from luodi.notices.models import Delivery, Notice
from luodi.notices.queue import Taken

PEOPLE, SAID, WORKERS = 6, 4, 4
T = TypeVar("T")
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@contextmanager
def shared(folder: Path) -> Iterator[None]:
    """A database that threads may use at once: on SQLite what has been written so far as a file, since memory locks whole."""
    if connection.vendor != "sqlite":
        yield
        return
    path, name = str(folder / "shared.sqlite3"), connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [path])
    connection.settings_dict["NAME"] = path
    try:
        yield
    finally:
        connection.settings_dict["NAME"] = name


def together(*work: Callable[[], T]) -> list[T]:
    """What each function returned, all started at the same moment, each in a thread with a connection of its own."""
    start, found = threading.Barrier(len(work)), list[T]()

    def run(one: Callable[[], T]) -> None:
        try:
            start.wait()
            found.append(one())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(work), "a worker failed; its words stand above"
    return found


def test_two_workers_send_nothing_twice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    everybody = [acting(appointed(f"w{number}", "bureau")) for number in range(PEOPLE)]
    for one in everybody:
        channels.add(kind="email", target=f"{one.username}@example.cn", by=one, at=AT)
    for number in range(SAID):
        tell(people=[one.person for one in everybody], kind="request_asked", facts={"text": str(number)}, at=AT)
    sent, slowly = list[int](), threading.Event()

    def send(_channel: object, taken: tuple[Taken, ...], _at: object) -> str:
        sent.extend(one.id for one in taken)
        slowly.wait(0.005)
        return ""

    monkeypatch.setattr(sending, "_send", send)
    expected = Counter(Delivery.objects.values_list("pk", flat=True))
    with shared(tmp_path):
        rounds = together(*[lambda: sending.deliver(at=AT)] * WORKERS)
    assert Counter(sent) == expected
    assert sum(one.delivered for one in rounds) == PEOPLE * SAID


def test_the_same_said_by_many_at_once_is_said_once(tmp_path: Path) -> None:
    wang = acting(appointed("wang", "bureau"))
    channels.add(kind="email", target="wang@example.cn", by=wang, at=AT)

    def work() -> int:
        facts = {"text": "水"}
        told = [tell(people=[wang.person], kind="request_asked", facts=facts, at=AT, once=f"{n}") for n in range(10)]
        return sum(len(one.notices) for one in told)

    with shared(tmp_path):
        together(*[work] * WORKERS)
        ((notices, deliveries),) = together(lambda: (Notice.objects.count(), Delivery.objects.count()))
    assert (notices, deliveries) == (10, 10)
