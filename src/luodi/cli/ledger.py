"""`luodi ledger`: the proof of every quota ledger over the database, and what a holder has at a moment."""

import argparse
import os
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from luodi.cli.reaching import add_language, day
from luodi.domain.vocabulary import Refusal

if TYPE_CHECKING:
    from luodi.ledgers.readers import AccountRow

GOOD, FAULTY = 0, 1


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The grammar of `luodi ledger`."""
    parser = commands.add_parser("ledger", help="指标台账：核验、余额 / quota ledgers: proof, balances")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    check = verbs.add_parser(
        "check", help="逐笔重算并与留痕核对 / every step written again, and compared with the record"
    )
    check.set_defaults(func=check_all)
    balance = verbs.add_parser("balance", help="余额 / what holders have")
    balance.add_argument("quota", nargs="?", metavar="QUOTA", help="指标种类，如 new_construction_land / kind of quota")
    balance.add_argument("--holder", metavar="ID", help="开发区、项目或市的代号 / id of a zone, project or city")
    balance.add_argument("--at", type=day, metavar="DATE", help="这一天结束时 / at the end of a day")
    balance.set_defaults(func=show_balances)
    for verb in (check, balance):
        add_language(verb)


def check_all(args: argparse.Namespace) -> int:
    """Say every fault as it is found, then what was looked at; 0 where there is none, else 1."""
    _database()
    from django.db import DatabaseError

    from luodi.config.sentences import say
    from luodi.ledgers.proving import Checked, check

    zh, counted, faults = args.lang == "zh", Checked(), 0
    try:
        for problem in check(counted):
            faults += 1
            print(say(problem, args.lang))
    except DatabaseError as error:
        raise Refusal("database_refused", reason=str(error)) from error
    looked = (
        f"{counted.accounts} 个账户、{counted.steps} 笔、{counted.promises} 项承诺、{counted.entries} 条留痕、"
        f"{counted.assertions} 次对账" if zh
        else f"{counted.accounts} accounts, {counted.steps} steps, {counted.promises} promises,"
        f" {counted.entries} entries, {counted.assertions} papers"
    )  # fmt: skip
    if faults:
        print(f"核验不通过：{faults} 处问题；共 {looked}" if zh else f"not proved: {faults} faults in {looked}")
        return FAULTY
    print(f"核验通过：{looked}" if zh else f"proved: {looked}")
    return GOOD


def show_balances(args: argparse.Namespace) -> int:
    """Print the accounts of a kind, or of all: allotted, promised, used up, left.  Raises `Refusal` for an unknown kind."""
    from luodi.domain.ledger.kinds import kinds

    if args.quota is not None and args.quota not in kinds():
        raise Refusal("quota_unknown", quota=args.quota, known="、".join(kinds()))
    _database()
    from django.db import DatabaseError

    from luodi.ledgers import readers

    try:
        rows = [one for one in readers.accounts(quota=args.quota, holder=args.holder) if one.level != "outside"]
        print("\n".join(_said(one, args.lang, args.at) for one in rows) or _nothing(args.lang))
    except DatabaseError as error:
        raise Refusal("database_refused", reason=str(error)) from error
    return GOOD


def _said(one: "AccountRow", language: str, on: date | None) -> str:
    from luodi.domain.ledger.amounts import figure
    from luodi.domain.ledger.kinds import kinds
    from luodi.ledgers.readers import balance_at, end_of

    kind = kinds()[one.quota]
    sums = one.sums if on is None else balance_at(one.id, min(end_of(on), datetime.now(UTC)))
    words: tuple[str, ...]
    if one.level == "project":
        words = ("已核销", "承诺中") if language == "zh" else ("used", "promised")
        shown: tuple[int, ...] = (sums.inward, sums.expected)
    else:
        words = (
            ("下达", "已核销", "承诺", "预留", "可用")
            if language == "zh"
            else ("allotted", "used", "committed", "reserved", "left")
        )
        shown = (sums.inward, sums.outward, sums.committed, sums.reserved, sums.available)
    figures = "  ".join(f"{word} {figure(size, kind)}" for word, size in zip(words, shown, strict=True))
    period = f" {one.period}" if one.period else ""
    sample = ("（示例）" if language == "zh" else " (sample)") if one.sample else ""
    return f"{one.name[language]} · {kind.name[language]}{period}{sample}  {figures}  {kind.unit[language]}"


def _nothing(language: str) -> str:
    return "没有这样的账户" if language == "zh" else "there is no such account"


def _database() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.config.settings")
    import django

    django.setup()
