"""`kill -9` of the server or the worker at any moment: what was said to be done is done once, the rest not at all.

`LUODI_KILLS=100` kills a hundred times instead of twenty; `LUODI_KILLS_SEED` chooses other moments.
"""

import os
import random
import sys
import time
from pathlib import Path

import pytest
from tests.faults.officers import Crew, at_work
from tests.faults.theatre import Stage, staged

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
KILLS, SEED = int(os.environ.get("LUODI_KILLS", "20")), int(os.environ.get("LUODI_KILLS_SEED", "1"))


def in_full_swing(crew: Crew, before: int) -> None:
    """Wait until somebody has been answered again."""
    for _ in range(2000):
        if len(crew.done) + len(crew.undone) > before:
            return
        time.sleep(0.005)
    raise AssertionError(f"nobody is answered any more: {crew.broken[-3:]}")


def checked(stage: Stage, crew: Crew) -> set[str]:
    """Nothing is half done; the keys of acts that were written although nobody could be told."""
    answer = stage.order("check", done=list(crew.done), undone=list(crew.undone), cut=list(crew.cut))
    assert answer["faults"] == []
    return set(answer["kept"])


WAYS = {
    ("server", "now"): 3,
    ("server", "write"): 4,
    ("server", "one"): 1,
    ("worker", "now"): 1,
    ("worker", "write"): 2,
}
"""Victim and way, and how often of eleven times."""


def test_whatever_is_killed_no_act_is_half_done(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    killed = dict.fromkeys(WAYS, 0)
    kept: set[str] = set()
    with staged(tmp_path, 3) as stage:
        processes = {"server": stage.serve(), "worker": stage.order("work")}
        with at_work(stage, SEED) as crew:
            for _ in range(KILLS):
                in_full_swing(crew, len(crew.done) + len(crew.undone))
                time.sleep(chance.uniform(0, 0.2))
                victim, how = chance.choices(list(WAYS), list(WAYS.values()))[0]
                killed[victim, how] += 1
                code = stage.order("kill", process=processes[victim], how=how, writes=chance.randint(1, 60))
                assert how != "one" or code == 1, "systemd starts it again only if it ends and says that it failed"
                time.sleep(0.05)  # everybody has noticed
                kept |= checked(stage, crew)
                processes[victim] = stage.serve() if victim == "server" else stage.order("work")
        checked(stage, crew)
        stage.order("kill", process=processes["worker"], how="now")
        assert stage.order("finish") == []
        checked(stage, crew)
        log = stage.log.read_text(encoding="utf-8")
    sys.stdout.write(
        f"\n{KILLS} kills: {', '.join(f'{count} {how} {victim}' for (victim, how), count in killed.items())}; "
        f"{len(crew.done)} acts done, {len(crew.undone)} refused, {crew.cuts} cut off,"
        f" {len(kept)} of them written although nobody was told\n"
    )
    assert crew.broken == []
    broken = [one for one in log.split("Traceback")[1:] if "Overtaken: " not in one]  # that job is tried again later
    assert broken == []
    assert crew.cuts >= KILLS / 4, "the kills hit nobody at work: this proves nothing"
