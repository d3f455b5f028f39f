"""`luodi plan`: the shortest lawful plan of a project, as a picture in the terminal or as a file."""

import argparse
import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from luodi.cli.reaching import add_language, add_overlays, add_project, day, open_catalogue, open_project, write_whole

if TYPE_CHECKING:
    from luodi.domain.catalogue.matters import Catalogue
    from luodi.domain.planning.result import Infeasible, Plan

WRITERS = {
    "xlsx": "luodi.exchange.spreadsheet",
    "ics": "luodi.exchange.calendar_feed",
    "svg": "luodi.desk.charting.picture",
    "mspdi": "luodi.exchange.mspdi",
}
"""Each kind of file and the module whose `write(plan, catalogue, language) -> bytes` makes it."""


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The grammar of `luodi plan`."""
    parser = commands.add_parser("plan", help="排出最短合法计划 / the shortest lawful plan of a project")
    add_project(parser)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--regime", metavar="NAME", help="before_reform | parallel_only | reform")
    which.add_argument("--levers", metavar="A,B", help="举措，逗号分隔 / levers, comma-separated ('' = none)")
    parser.add_argument(
        "--from", dest="start", default="contact", metavar="contact|signed|DATE", help="起算点 / start of the span"
    )
    parser.add_argument("--target", type=day, metavar="DATE", help="目标日期 / the target date")
    parser.add_argument(
        "--baseline", type=Path, metavar="PLAN.json", help="原计划，少改动重排 / keep to an earlier plan"
    )
    parser.add_argument("--seconds", type=float, default=10.0, help="求解时限 / time limit of the solver (default 10)")
    parser.add_argument("--seed", type=int, default=0, help="随机种子 / seed of the solver (default 0)")
    output = parser.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="JSON, format 1")
    for writer in WRITERS:
        output.add_argument(f"--{writer}", type=Path, metavar="F", help=f"写入文件 / write {writer}")
    add_overlays(parser)
    add_language(parser)
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Plan, then print or write the answer; 3 if there is no lawful plan."""
    from luodi.cli import NO_PLAN, PLANNED
    from luodi.domain.planning import plan_json
    from luodi.domain.planning.plan import plan
    from luodi.domain.planning.result import Infeasible

    catalogue = open_catalogue(args)
    project = open_project(args.project, catalogue)
    baseline = plan_json.read_baseline(args.baseline) if args.baseline else None
    levers = None if args.levers is None else tuple(x.strip() for x in args.levers.split(",") if x.strip())
    answer = plan(
        project, catalogue, levers=levers, regime=args.regime, start=args.start, to=args.to, as_of=args.as_of,
        target=args.target, baseline=baseline, seconds=args.seconds, seed=args.seed,
    )  # fmt: skip
    if isinstance(answer, Infeasible):
        if args.json:
            print(plan_json.dumps(plan_json.infeasible_document(answer)))
        else:
            _print_conflict(answer, args.lang)
        return NO_PLAN
    if args.json:
        print(plan_json.dumps(plan_json.plan_document(answer)))
    elif not _write(answer, catalogue, args):
        from luodi.cli.terminal import draw

        print(draw(answer, catalogue, args.lang))
    return PLANNED


def _print_conflict(answer: "Infeasible", language: str) -> None:
    print(answer.words[language])
    for clause in answer.clauses:
        print(f"  · {clause.words[language]}")


def _write(answer: "Plan", catalogue: "Catalogue", args: argparse.Namespace) -> bool:
    """Write the plan to the one file asked for, if any."""
    for writer, module in WRITERS.items():
        path: Path | None = getattr(args, writer)
        if path is not None:
            render = importlib.import_module(module).write
            write_whole(path, render(answer, catalogue, args.lang))
            return True
    return False
