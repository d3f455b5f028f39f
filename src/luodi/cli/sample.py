"""`luodi sample`: an invented province with events and realistic delays, the same for the same seed."""

import argparse
import os
import time
from datetime import UTC, datetime

from luodi.domain.vocabulary import Refusal

MOST_ZONES, MOST_PROJECTS = 500, 200_000
SEED, MANY = 1, 200
"""From so many projects on all processors take part."""


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The grammar of `luodi sample`."""
    parser = commands.add_parser("sample", help="生成示例省份 / invent a province with projects, cases and delays")
    parser.add_argument("--zones", type=int, default=93, metavar="N", help="开发区个数 / number of zones (93)")
    parser.add_argument("--projects", type=int, default=5000, metavar="N", help="项目个数 / number of projects (5000)")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N", help="种子：同种子同数据 / same seed, same data")
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Invent what is not there yet, zone by zone, into the configured database.  Raises `Refusal` for a size it cannot."""
    if not (1 <= args.zones <= MOST_ZONES and 1 <= args.projects <= MOST_PROJECTS and args.seed >= 0):
        raise Refusal("sample_out_of_range", zones=MOST_ZONES, projects=MOST_PROJECTS)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.config.settings")
    from luodi.config import environment

    if not os.environ.get("LUODI_DATABASE_URL"):
        environment.dev_folder().mkdir(parents=True, exist_ok=True)
    import django

    django.setup()
    invent(args.zones, args.projects, args.seed)
    return 0


def invent(zones: int, projects: int, seed: int) -> None:
    """Migrate, load the invented people, and play zone after zone, saying what was done."""
    from django.core.management import call_command
    from django.db import DatabaseError

    from luodi.accounts import samples as people
    from luodi.accounts.acting import SYSTEM
    from luodi.cli.finding import rebuild
    from luodi.rehearsal.province import Order, play
    from luodi.zones import registry
    from luodi.zones import samples as powers

    now = datetime.now(UTC).replace(microsecond=0)
    begun = time.perf_counter()
    try:
        call_command("migrate", verbosity=0, interactive=False)
        for load in (registry.load, people.load, powers.load):
            load(by=SYSTEM, at=now)
        done, processes = 0, len(os.sched_getaffinity(0)) if projects >= MANY else 1
        for place, zone in enumerate(play(Order(seed, zones, projects, now), at=now, processes=processes), start=1):
            done += zone.projects
            told = "已在 / there" if zone.skipped else f"{zone.cases} 办件 cases, {zone.events} 事件 events"
            took = time.perf_counter() - begun
            print(
                f"[{place}/{zones}] {zone.zone.zh} · {done}/{projects} 项目 projects · {told} · {took:.0f} s",
                flush=True,
            )
        rebuild(now)
    except DatabaseError as error:
        raise Refusal("database_refused", reason=str(error)) from error
