"""`luodi journal`: the record as a file, its proof without a database, and the checkpoints to keep elsewhere."""

import argparse
import os
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from luodi.cli.reaching import add_language, write_whole
from luodi.domain.vocabulary import Refusal

GOOD, FAULTY = 0, 2
LONGEST_LINE = 4_000_000  # characters; no entry comes near, and a file without line breaks is not read into memory


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The grammar of `luodi journal`."""
    parser = commands.add_parser("journal", help="记录：导出、核验、封存 / the record: export, verify, checkpoint")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    export = verbs.add_parser("export", help="导出为 JSON 行 / the record as JSON lines")
    export.add_argument("--out", type=Path, required=True, metavar="FILE", help="写到 / where to")
    _add_scope(export)
    export.set_defaults(func=export_record)
    verify = verbs.add_parser(
        "verify", help="核验导出的记录，不需要数据库 / prove an exported record, without a database"
    )
    verify.add_argument("file", type=Path, metavar="FILE", help="导出的记录 / an exported record")
    verify.add_argument("--checkpoint", type=Path, metavar="FILE", help="封存文件 / a checkpoint file")
    verify.add_argument("--key", metavar="HEX", help="应由此公钥签发 / the public key that must have signed it")
    verify.add_argument("--project", metavar="P", help="文件只含这个项目 / the file holds this project alone")
    verify.set_defaults(func=verify_file)
    sealing = verbs.add_parser("checkpoint", help="签名封存各链的末端 / sign how every chain ends now")
    sealing.add_argument("--out", type=Path, required=True, metavar="FILE", help="写到 / where to")
    _add_scope(sealing)
    sealing.set_defaults(func=write_checkpoint)
    key = verbs.add_parser("key", help="生成封存密钥 / make the key that signs checkpoints")
    key.set_defaults(func=make_key)
    for verb in (export, verify, sealing, key):
        add_language(verb)


def export_record(args: argparse.Namespace) -> int:
    """Write whole chains, oldest entry first.  Raises `Refusal` where nothing is recorded under that name."""
    _database()
    from luodi.journal import readers

    count = 0

    def pieces() -> Iterator[bytes]:
        nonlocal count
        for line in readers.lines(zone=args.zone, project=args.project):
            count += 1
            yield line.encode()
        if not count and (args.zone is not None or args.project is not None):
            raise Refusal("nothing_recorded", scope=args.project or args.zone)

    _asking(lambda: write_whole(args.out, pieces()))
    print(f"{args.out}：{count} 条记录" if args.lang == "zh" else f"{args.out}: {count} entries")
    return GOOD


def verify_file(args: argparse.Namespace) -> int:
    """Say every fault with its line as it is found; 0 where there is none, else 2.  Needs no database and no Django."""
    from luodi.config.sentences import say
    from luodi.domain.events.proof import verify
    from luodi.domain.events.sealing import read_checkpoint, seal_faults

    zh, faults, counted = args.lang == "zh", 0, [0]
    if args.key is not None and args.checkpoint is None:
        raise Refusal("key_without_checkpoint")
    sealed = None
    if args.checkpoint is not None:
        sealed = read_checkpoint(_text(args.checkpoint), str(args.checkpoint))
        for problem in seal_faults(sealed, str(args.checkpoint), args.key):
            faults += 1
            print(say(problem, args.lang))
    chain = f"project:{args.project}" if args.project is not None else None
    for problem in verify(_lines(args.file, counted), sealed, file=str(args.file), chain=chain):
        faults += 1
        print(say(problem, args.lang))
    if not counted[0]:
        raise Refusal("record_empty", path=str(args.file))
    if faults:
        print(
            f"核验不通过：{faults} 处问题，共 {counted[0]} 行"
            if zh
            else f"not proved: {faults} faults in {counted[0]} lines"
        )
        return FAULTY
    print(f"核验通过：{counted[0]} 条记录，未见改动" if zh else f"proved: {counted[0]} entries, none changed")
    print(_said_of_the_end(sealed is not None, sealed.at if sealed else "", sealed.key if sealed else "", zh=zh))
    return GOOD


def write_checkpoint(args: argparse.Namespace) -> int:
    """Sign the ends of the chains as they are now, record that, and write the file to keep elsewhere."""
    _database()
    from luodi.config.environment import journal_key
    from luodi.domain.events.sealing import EVERYTHING, Checkpoint, checkpoint_text
    from luodi.journal.actions import checkpoint

    key, made = journal_key(), list[Checkpoint]()
    zone = EVERYTHING if args.zone is None else args.zone

    def act() -> None:
        made.append(checkpoint(zone=zone, at=datetime.now(UTC), key=key, project=args.project))

    _asking(act)
    write_whole(args.out, checkpoint_text(made[0]).encode())
    count = len(made[0].heads)
    print(f"{args.out}：封存 {count} 条链，公钥 {made[0].key}" if args.lang == "zh"
          else f"{args.out}: {count} chains sealed, public key {made[0].key}")  # fmt: skip
    return GOOD


def make_key(args: argparse.Namespace) -> int:
    """Make a signing key in the demo's folder, readable by its owner alone.  Raises `Refusal` where there is one."""
    from luodi.config.environment import journal_key_file
    from luodi.domain.events.sealing import public_key

    path, seed = journal_key_file(), secrets.token_hex(32)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as stream:
            stream.write(seed + "\n")
    except FileExistsError:
        raise Refusal("journal_key_exists", path=str(path)) from None
    except OSError as error:
        raise Refusal("cannot_write", path=str(path), reason=error.strerror or str(error)) from error
    public = public_key(seed)
    print(f"{path}：已生成（请备份并保密）；公钥 {public}" if args.lang == "zh"
          else f"{path}: made (back it up, keep it secret); public key {public}")  # fmt: skip
    return GOOD


def _add_scope(parser: argparse.ArgumentParser) -> None:
    scope = parser.add_mutually_exclusive_group()
    scope.add_argument("--zone", metavar="Z", help="只要这个开发区 / of this zone alone")
    scope.add_argument("--project", metavar="P", help="只要这个项目 / of this project alone")


def _said_of_the_end(sealed: bool, at: str, key: str, *, zh: bool) -> str:
    """What was, and was not, proved about the ends of the chains."""
    if sealed:
        return f"与 {at} 的封存一致，公钥 {key}" if zh else f"agrees with the checkpoint of {at}, public key {key}"
    return (
        "没有封存文件，无法发现末尾被截去；请用 --checkpoint" if zh
        else "without a checkpoint a cut-off end cannot be found: give one with --checkpoint"
    )  # fmt: skip


def _lines(path: Path, counted: list[int]) -> Iterator[str]:
    """The lines of a file, counted as they pass; bytes that are no UTF-8 stay visible as such."""
    try:
        with path.open(encoding="utf-8", errors="surrogateescape", newline="\n") as stream:
            while line := stream.readline(LONGEST_LINE):
                counted[0] += 1
                yield line
    except OSError as error:
        raise Refusal("file_unreadable_here", path=str(path), reason=error.strerror or str(error)) from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        raise Refusal("file_unreadable_here", path=str(path), reason=error.strerror or str(error)) from error


def _database() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.config.settings")
    import django

    django.setup()


def _asking(act: Callable[[], None]) -> None:
    """Do what needs the database; one that is missing or without tables is said as a `Refusal`."""
    from django.db import DatabaseError

    try:
        act()
    except DatabaseError as error:
        raise Refusal("database_refused", reason=str(error)) from error
