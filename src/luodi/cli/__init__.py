"""The command line: every answer of luodi without a browser."""

import argparse
import importlib
import sys
from collections.abc import Sequence

from luodi import __version__
from luodi.domain.vocabulary import BadInput, Refusal

COMMANDS = (
    "plan",
    "levers",
    "samples",
    "sample",
    "catalogue",
    "form",
    "demo",
    "worker",
    "bench",
    "journal",
    "serve",
    "migrate",
    "verify",
    "exchange",
    "sheets",
    "ledger",
    "site",
    "saving",
    "finding",
)
"""One module each, with `register(subparsers)`; modules import what is heavy only when their command runs."""

PLANNED, BUG, BAD_INPUT, NO_PLAN = 0, 1, 2, 3


def parser() -> argparse.ArgumentParser:
    """The whole grammar of the command line."""
    top = argparse.ArgumentParser(
        prog="luodi",
        description="落地 luodi：从首次对接到首次投产，一张计划 / from first contact to first production, one plan",
    )
    top.add_argument("--version", action="version", version=f"luodi {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in COMMANDS:
        importlib.import_module(f"luodi.cli.{name}").register(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; exit codes: 0 planned, 1 a bug, 2 bad input (all its errors), 3 no lawful plan (with the reason)."""
    args = parser().parse_args(argv)
    language = getattr(args, "lang", None) or "zh"
    try:
        code: int = args.func(args)
    except BrokenPipeError:
        return PLANNED
    except KeyboardInterrupt:
        return 130
    except (BadInput, Refusal) as refused:
        from luodi.cli.speak import report  # only now: the sentences need the YAML reader

        report(refused, language, as_json=getattr(args, "json", False))
        return BAD_INPUT
    return code


if __name__ == "__main__":
    sys.exit(main())
