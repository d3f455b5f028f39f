"""`luodi sheets`: check a ledger with every fault at once, take it in, make an empty one."""

import argparse
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from luodi.cli.reaching import add_language, write_whole
from luodi.domain.vocabulary import Refusal

if TYPE_CHECKING:
    from luodi.accounts.acting import Acting
    from luodi.exchange.sheets.handing import Handed
    from luodi.exchange.sheets.telling import Told

GOOD, FAULTY = 0, 2
SHOWN = 200


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The grammar of `luodi sheets`."""
    parser = commands.add_parser("sheets", help="台账：检查、导入、空白模板 / ledgers: check, import, empty templates")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    check = verbs.add_parser("check", help="检查台账，不需要数据库 / check a ledger, without a database")
    check.set_defaults(func=check_file)
    load = verbs.add_parser("import", help="先演练，加 --yes 才导入 / a dry run; --yes takes it in")
    load.add_argument("--as", dest="who", required=True, metavar="USER", help="以谁的岗位 / as whose post (user name)")
    load.add_argument("--yes", action="store_true", help="导入 / take the good rows in")
    load.set_defaults(func=import_file)
    for verb in (check, load):
        verb.add_argument("file", type=Path, metavar="FILE", help=".xlsx .xls .csv")
        verb.add_argument("--kind", required=True, metavar="KIND", help="projects | milestones | matters | people")
        verb.add_argument("--sheet", default="", metavar="NAME", help="工作表 / the sheet, else the one that fits best")
        verb.add_argument(
            "--returned", type=Path, metavar="OUT", help="把标好原因的文件写到 / the marked file goes here"
        )
    template = verbs.add_parser("template", help="空白模板 / an empty ledger to fill in")
    template.add_argument("kind", metavar="KIND", help="projects | milestones | matters | people")
    template.add_argument("--out", type=Path, required=True, metavar="FILE", help="写到 / where to")
    template.set_defaults(func=make_template)
    for verb in (check, load, template):
        add_language(verb)


def check_file(args: argparse.Namespace) -> int:
    """Say every fault with row and column; 0 where there is none, else 2.  Needs no database and no Django."""
    from luodi.exchange.sheets.telling import of_flaws

    handed = _open(args)
    good, told = 0, dict[int, "tuple[Told, ...]"]()
    for row in handed.rows(datetime.now(UTC).date()):
        if row.flaws:
            told[row.number] = of_flaws(row.flaws)
        else:
            good += 1
    _say_head(handed, args.lang)
    _say_rows(handed, told, args)
    zh = args.lang == "zh"
    print(f"{good} 行无误，{len(told)} 行需修改" if zh else f"{good} rows are sound, {len(told)} need mending")
    return FAULTY if told or handed.layout.problems else GOOD


def import_file(args: argparse.Namespace) -> int:
    """What the rows would do; with `--yes` they do it.  Raises `Refusal`; 2 where rows were refused."""
    _database()
    from luodi.exchange.sheets import actions, readers, taking

    at = datetime.now(UTC)
    by = _acting(args.who, at)
    number = actions.hand_in(
        data=_bytes(args.file), name=args.file.name, kind=args.kind, by=by, at=at, sheet=args.sheet
    )
    row = readers.handed(number)
    if args.yes and not actions.take_in(number=number, by=by, at=at):
        taking.take_in(number=number, by=by, at=at)  # no worker is asked for; its job will find nothing left to do
    row = readers.handed(number) or row
    assert row is not None  # noqa: S101 - it was made above
    _say_rows(_open(args), {line.number: line.told for line in readers.lines(number)}, args)
    counts = (row.new, row.changed, row.same, row.refused)
    zh, en = "{}：新增 {}，更新 {}，原已相同 {}，未导入 {}", "{}: {} new, {} changed, {} the same, {} refused"
    print((zh if args.lang == "zh" else en).format(row.state_name[args.lang], *counts))
    return FAULTY if row.refused else GOOD


def make_template(args: argparse.Namespace) -> int:
    """Write an empty ledger."""
    from luodi.exchange.sheets import blank
    from luodi.exchange.sheets.ledgers import ledger

    write_whole(args.out, blank.write(ledger(args.kind), args.lang))
    print(args.out)
    return GOOD


def _open(args: argparse.Namespace) -> "Handed":
    from luodi.exchange.sheets.handing import take_up

    return take_up(_bytes(args.file), args.file.name, args.kind, sheet=args.sheet)


def _say_head(handed: "Handed", language: str) -> None:
    from luodi.exchange.sheets.telling import speak

    place = f"{handed.sheet.name} {handed.layout.head}"
    for one in (*handed.layout.problems, *handed.layout.notes):
        print(f"{place}: {speak(one.code, one.facts, language)}")


def _say_rows(handed: "Handed", told: "Mapping[int, tuple[Told, ...]]", args: argparse.Namespace) -> None:
    """Each fault by its cell, and the marked file where one is wanted."""
    from luodi.exchange.sheets import returning
    from luodi.exchange.sheets.telling import speak
    from luodi.exchange.sheets.zipped import letters_of

    said = 0
    for number, faults in told.items():
        for one in faults if said < SHOWN else ():
            said += 1
            column = "" if one.index is None else letters_of(one.index + 1)
            print(f"{handed.sheet.name} {column}{number}: {speak(one.code, one.facts, args.lang)}")
    if said >= SHOWN:
        print("……" if args.lang == "zh" else "and more …")
    if args.returned is not None:
        write_whole(args.returned, returning.write(handed, told, args.lang))
        print(args.returned)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refusal("file_unreadable_here", path=str(path), reason=error.strerror or str(error)) from error


def _acting(username: str, at: datetime) -> "Acting":
    """The post of a person who may take ledgers in.  Raises `Refusal`."""
    from luodi.accounts import readers
    from luodi.accounts.gate import require, verdict
    from luodi.domain.clock.office import day_of
    from luodi.zones.reaching import acting_as

    person, on = readers.named(username), day_of(at)
    held = [row for row in readers.posts(on=on, words=username, limit=50) if row.person == person]
    found = [acting for row in held if (acting := acting_as(row.id, on)) is not None]
    if not found:
        raise Refusal("no_post")
    able = next((acting for acting in found if verdict(acting, "sheet.take").allowed), found[0])
    require(able, "sheet.take")
    return able


def _database() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.config.settings")
    import django

    django.setup()
