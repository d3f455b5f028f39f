"""`luodi exchange`: the national exchange tables, event logs and the archive of a project."""

import argparse
import os
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from luodi.cli.reaching import add_language, day, write_whole
from luodi.domain.vocabulary import Refusal

if TYPE_CHECKING:
    from luodi.exchange.national.sending import Outcome
    from luodi.exchange.national.standard import Standard

GOOD, FAULTY = 0, 2


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The grammar of `luodi exchange`."""
    parser = commands.add_parser(
        "exchange", help="交换：国家数据交换、事件日志、项目档案 / national exchange, event logs, archives"
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    _national(verbs)
    _log(verbs)
    _archive(verbs)


def _national(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    verb = verbs.add_parser("national", help="写国家数据交换前置库 / the tables of the national exchange")
    verb.add_argument("--since", type=day, required=True, metavar="DATE", help="此日以来有变化的 / what changed since")
    verb.add_argument("--check", action="store_true", help="只检查，不写 / only say what would be refused")
    verb.add_argument("--out", metavar="URL", help="sqlite:///文件 | postgresql://… (LUODI_EXCHANGE_URL)")
    verb.add_argument("--standard", choices=("2.0", "3.0"), default="2.0", help="标准版本 / version of the standard")
    verb.add_argument("--zone", metavar="Z", help="只要这个开发区及其园区 / of this zone and its parks alone")
    verb.add_argument(
        "--parents-first", action="store_true", help="上级行校验通过后才报下级 / hold rows until their parent passed"
    )
    add_language(verb)
    verb.set_defaults(func=send_national)


def _log(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    verb = verbs.add_parser("log", help="导出事件日志 / the cases as an event log")
    verb.add_argument("--format", choices=("xes", "ocel", "ocel-xml", "csv"), required=True, help="格式 / format")
    verb.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="写到（.gz 则压缩） / where to (.gz packs)"
    )
    verb.add_argument("--zone", metavar="Z", help="只要这个开发区及其园区 / of this zone and its parks alone")
    verb.add_argument("--project", metavar="P", help="只要这个项目 / of this project alone")
    verb.add_argument("--since", type=day, metavar="DATE", help="此日以来有变化的办件 / cases changed since")
    verb.add_argument("--names", action="store_true", help="带经办人姓名 / with the names of officers")
    add_language(verb)
    verb.set_defaults(func=write_log)
    verb = verbs.add_parser("read-log", help="读 XES 或 CSV 日志 / what an XES or CSV log holds")
    verb.add_argument("file", type=Path, metavar="FILE", help="日志文件（可为 .gz） / a log file, packed or not")
    add_language(verb)
    verb.set_defaults(func=read_log)


def _archive(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    verb = verbs.add_parser("archive", help="项目档案包，可离线核验 / everything of a project, checked offline")
    verb.add_argument("project", metavar="SLUG", help="项目 / the project")
    verb.add_argument("--out", type=Path, required=True, metavar="FILE", help="写到（.zip） / where to (.zip)")
    add_language(verb)
    verb.set_defaults(func=write_archive)


def write_archive(args: argparse.Namespace) -> int:
    """Pack a project; the manifest is signed where there is a key.  Raises `Refusal` where the project is unknown."""
    _database()
    import tempfile

    from luodi.config.environment import journal_key
    from luodi.exchange.archive.contents import contents
    from luodi.exchange.archive.packing import pack
    from luodi.projects.readers import project

    found = project(args.project)
    if found is None:
        raise Refusal("case_project_unknown", project=args.project[:64])
    try:
        seed = journal_key()
    except Refusal:
        seed = None
    with tempfile.TemporaryFile() as stream:
        count = pack(contents(found, datetime.now(UTC)), stream, language=args.lang, seed=seed)
        stream.seek(0)
        write_whole(args.out, iter(lambda: stream.read(1 << 20), b""))
    signed = seed is not None
    print(f"{args.out}：{count} 个文件，{'目录已签名' if signed else '没有密钥，目录未签名'}" if args.lang == "zh"
          else f"{args.out}: {count} files, manifest {'signed' if signed else 'not signed: there is no key'}")  # fmt: skip
    return GOOD


def write_log(args: argparse.Namespace) -> int:
    """Write the cases as they stand now; memory does not grow with them.  Raises `Refusal` where the project is unknown."""
    _database()
    from luodi.domain.catalogue.reading import load
    from luodi.domain.clock.office import SHANGHAI
    from luodi.exchange.logs import packing, recorded
    from luodi.projects.readers import project
    from luodi.zones.readers import subtree

    found = project(args.project) if args.project else None
    if args.project and found is None:
        raise Refusal("case_project_unknown", project=args.project[:64])
    scope = recorded.Scope(
        until=datetime.now(UTC),
        zones=subtree(args.zone) if args.zone else None,
        projects=[found.id] if found else None,
        since=datetime.combine(args.since, time(), SHANGHAI) if args.since else None,
        names=args.names,
        language=args.lang,
    )
    names = {id_: one.name[args.lang] for id_, one in load().matters.items()}
    write_whole(args.out, packing.packed(packing.written(args.format, scope, names), args.out.suffix == ".gz"))
    print(f"{args.out}：{args.out.stat().st_size} 字节" if args.lang == "zh"
          else f"{args.out}: {args.out.stat().st_size} bytes")  # fmt: skip
    return GOOD


def read_log(args: argparse.Namespace) -> int:
    """Say what a log holds: cases, events, activities, its span.  Needs no database."""
    from collections import Counter

    from luodi.exchange.logs.reading import read

    cases, activities, moments = 0, Counter[str](), list[datetime]()
    for case in read(args.file):
        cases += 1
        activities.update(event.activity for event in case.events)
        known = [event.at for event in case.events if event.at]
        moments = [min(moments + known), max(moments + known)] if known or moments else []
    zh = args.lang == "zh"
    span = " – ".join(f"{at:%Y-%m-%d}" for at in moments)
    print(f"{cases} 件，{sum(activities.values())} 个事件，{len(activities)} 种活动 {span}" if zh
          else f"{cases} cases, {sum(activities.values())} events, {len(activities)} activities {span}")  # fmt: skip
    for name, count in activities.most_common():
        print(f"{count:>9}  {name}")
    return GOOD


def send_national(args: argparse.Namespace) -> int:
    """Check and write; 0 where every row would be taken, else 2 with the one list of why not."""
    _database()
    from luodi.domain.catalogue.reading import load
    from luodi.exchange.national.choices import choices
    from luodi.exchange.national.gathering import gathered
    from luodi.exchange.national.sending import Order, send
    from luodi.exchange.national.standard import standard
    from luodi.zones.readers import subtree

    out = None if args.check else args.out or os.environ.get("LUODI_EXCHANGE_URL")
    if out is None and not args.check:
        raise Refusal("national_staging_missing")
    order = Order(standard(args.standard), choices(), load(), datetime.now(UTC), out, args.parents_first)
    zones = subtree(args.zone) if args.zone else None
    outcome = send(gathered(args.since, order.catalogue, order.choices, zones), order)
    _say(outcome, order.standard, args.lang, wrote=out is not None)
    return FAULTY if outcome.refused else GOOD


def _say(outcome: "Outcome", standard: "Standard", language: str, *, wrote: bool) -> None:
    from collections import Counter

    from luodi.config.sentences import phrase

    cautions: Counter[tuple[str, str]] = Counter()
    for one in outcome.objections:
        why, table = phrase(one.code, language, **one.facts), standard.tables[one.row.table].title
        if not one.grave:
            cautions[one.row.table, why] += 1
            continue
        print(phrase("national_row_line", language, table=table, about=one.row.about, key=one.row.key, why=why))
        if one.below:
            print(phrase("national_row_below", language, count=one.below))
    for (name, why), count in sorted(cautions.items()):
        print(phrase("national_row_caution", language, table=standard.tables[name].title, why=why, count=count))
    zh = language == "zh"
    for sent in standard.sent:
        name = sent.name
        counts = [f"{'检查' if zh else 'checked'} {outcome.checked[name]}"]
        if wrote:
            counts += [f"{label} {found[name]}" for label, found in (
                ("新增" if zh else "added", outcome.added), ("更正" if zh else "corrected", outcome.corrected),
                ("作废" if zh else "withdrawn", outcome.withdrawn), ("未变" if zh else "same", outcome.same),
                ("等上级" if zh else "waiting", outcome.waiting))]  # fmt: skip
        print(f"{name}  {sent.title[language]}: {', '.join(counts)}")
    kept = sum(1 + one.below for one in outcome.refused)
    print(f"会被退回或留下 {kept} 行，请核对 {sum(cautions.values())} 处" if zh
          else f"{kept} rows refused or held back, {sum(cautions.values())} to check")  # fmt: skip


def _database() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.config.settings")
    import django

    django.setup()
