"""`luodi bench`: every claim of speed beside its peer; `luodi bench solver DIR`: the solver against known answers."""

import argparse
import json
from pathlib import Path


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The grammar of `luodi bench`."""
    parser = commands.add_parser("bench", help="速度与对照 / speed beside peers, and the solver against known answers")
    parser.add_argument("--json", action="store_true", help="JSON")
    parser.add_argument(
        "--row", action="append", default=[], metavar="WORD", help="只测这一行 / only this row, e.g. path"
    )
    parser.set_defaults(func=run_rows)
    parts = parser.add_subparsers(dest="part", metavar="solver|load")
    solver = parts.add_parser("solver", help="已知最优值的实例 / instances whose answers are known")
    solver.add_argument("directory", type=Path, metavar="DIR", help="optimal.csv + .mm, or best_known.csv + .rcp")
    solver.add_argument("--seconds", type=_limits, default=None, metavar="1,10", help="时限，秒 / time limits")
    solver.add_argument("--every", type=int, default=1, metavar="N", help="每 N 个取一个 / every n-th instance only")
    solver.add_argument("--json", action="store_true", help="JSON")
    solver.set_defaults(func=run_solver)
    load = parts.add_parser("load", help="示例省份上的速度与负载 / speed and load on a sample province")
    load.add_argument(
        "--seconds", type=int, default=60, metavar="N", help="多人同时办理的秒数 / of officers at work (60)"
    )
    load.add_argument(
        "--part", action="append", default=[], metavar="WORD", help="只测这一项 / only this row, e.g. list"
    )
    load.add_argument("--json", action="store_true", help="JSON")
    load.set_defaults(func=run_load)


def _limits(text: str) -> tuple[float, ...]:
    try:
        limits = tuple(float(word) for word in text.split(","))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"秒数应写作 1,10 / write seconds as 1,10: {text}") from error
    if not limits or min(limits) <= 0:
        raise argparse.ArgumentTypeError(f"秒数应大于零 / seconds must be positive: {text}")
    return limits


def run_rows(args: argparse.Namespace) -> int:
    """All rows, or those asked for; exit code 1 only when results differ from a peer's (an unmet aim is told, not failed)."""
    from dataclasses import asdict

    from luodi.bench import suite
    from luodi.bench.rows import table

    rows = suite.measure(args.row, say=lambda text: None if args.json else print(text, flush=True))
    if args.json:
        print(
            json.dumps(
                [asdict(row) | {"ratio": row.ratio, "met": row.met} for row in rows], ensure_ascii=False, indent=1
            )
        )
    else:
        print("\n".join(table(rows)))
    return 0


def run_solver(args: argparse.Namespace) -> int:
    """The gate where there is optimal.csv, the gaps where there is best_known.csv; 1 if anything false was claimed."""
    from luodi.bench import solver
    from luodi.domain.vocabulary import Refusal

    if (args.directory / "optimal.csv").is_file():
        judged = solver.gate(args.directory, max(args.seconds or (10.0,)))
        print(json.dumps(solver.as_json(judged), indent=1) if args.json else "\n".join(solver.report_gate(judged)))
        return 0 if all(row.right and row.said == "optimal" for row in judged) else 1
    if not (args.directory / "best_known.csv").is_file():
        raise Refusal("no_bench_instances", directory=str(args.directory))
    gaps = solver.gaps(
        args.directory,
        args.seconds or (1.0, 10.0),
        lambda text: None if args.json else print(text, flush=True),
        args.every,
    )
    print(json.dumps(solver.as_json(gaps), indent=1) if args.json else "\n".join(solver.report_gaps(gaps)))
    return 0


def run_load(args: argparse.Namespace) -> int:
    """Measure on the configured database, filled before by `luodi sample`; 1 only where answers were wrong."""
    import os
    from dataclasses import asdict

    from luodi.config import environment

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.config.settings")
    os.environ.setdefault("LUODI_SECRET_KEY", environment.secret_key())  # the same for the server that is asked
    import django

    django.setup()
    from luodi.bench.load import suite
    from luodi.bench.load.figures import lines

    figures = suite.measure(args.part, args.seconds, say=lambda text: None if args.json else print(text, flush=True))
    if args.json:
        print(json.dumps([asdict(one) | {"met": one.met} for one in figures], ensure_ascii=False, indent=1))
    else:
        print("\n".join(lines(figures)))
    return 0
