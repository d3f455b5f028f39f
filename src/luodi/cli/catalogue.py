"""`luodi catalogue`: check the rules, list them, show one with its sources, and prove that nothing is asked twice."""

import argparse
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from luodi.cli.reaching import add_language, add_overlays, day, open_catalogue

if TYPE_CHECKING:
    from luodi.domain.catalogue.conditions import Condition
    from luodi.domain.catalogue.matters import Catalogue, Matter, Number
    from luodi.domain.vocabulary import Text

BAD_INPUT = 2


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The grammar of `luodi catalogue`."""
    top = commands.add_parser("catalogue", help="事项目录：检查、查看 / the rules: check them, look them up")
    verbs = top.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name, run, words in (
        ("check", check, "一次列出目录里的全部问题 / all problems of the catalogue at once"),
        ("list", list_, "列出全部事项 / list all matters"),
        ("show", show, "查看一个事项 / show one matter"),
        ("coverage", coverage, "每项材料来自哪里 / where every input comes from"),
    ):
        parser = verbs.add_parser(name, help=words)
        if name == "show":
            parser.add_argument("matter", metavar="MATTER", help="事项的英文标识 / the id of a matter")
        if name in ("list", "show"):
            parser.add_argument("--as-of", type=day, metavar="DATE", help="按哪一天的规定 / the rules of that day")
        parser.add_argument("--json", action="store_true", help="JSON")
        add_overlays(parser)
        add_language(parser)
        parser.set_defaults(func=run)


def check(args: argparse.Namespace) -> int:
    """Read everything, overlays included; what is wrong is raised as `BadInput` and said by the command line."""
    from luodi.config.sentences import phrase

    catalogue = open_catalogue(args)
    matters, digest = len(catalogue.matters), catalogue.digest
    numbers = sum(len(m.limits + m.promises + m.preparation) for m in catalogue.matters.values())
    if args.json:
        _print({"format": 1, "status": "ok", "matters": matters, "numbers": numbers, "digest": digest, "problems": []})
    else:
        print(phrase("catalogue_sound", args.lang, matters=matters, numbers=numbers, digest=digest[:12]))
    return 0


def list_(args: argparse.Namespace) -> int:
    """One line a matter: id, name, unit, and the law's and the province's number of days on the date."""
    from luodi.cli.terminal import fit

    catalogue, on = open_catalogue(args), _on(args)
    if args.json:
        _print({"format": 1, "as_of": on, "matters": [_brief(matter, on) for matter in catalogue.matters.values()]})
        return 0
    stage = 0
    for matter in catalogue.matters.values():
        if matter.stage != stage:
            stage = matter.stage
            print(catalogue.stages[stage][args.lang])
        law, promised = _counting(matter, on)
        print(
            f"  {matter.id:<30}{fit(matter.name[args.lang], 38)} {fit(catalogue.units[matter.unit][args.lang], 24)} "
            f"{_days(law, args.lang, on)}{'' if promised is None else ' ⇒ ' + _days(promised, args.lang)}"
        )
    return 0


def show(args: argparse.Namespace) -> int:
    """Everything known of one matter, each number with its date, source and confidence."""
    from luodi.domain.source.faults import hint
    from luodi.domain.vocabulary import Refusal

    catalogue, on = open_catalogue(args), _on(args)
    matter = catalogue.matters.get(args.matter)
    if matter is None:
        raise Refusal("no_such_item", key=args.matter[:80], hint=hint(args.matter, catalogue.matters))
    if args.json:
        _print({"format": 1, "as_of": on, "matter": _brief(matter, on) | _rest(catalogue, matter)})
    else:
        print("\n".join(_page(catalogue, matter, on, args.lang)))
    return 0


def coverage(args: argparse.Namespace) -> int:
    """Count where every input comes from; list the breaches and answer 2 if there are any."""
    from luodi.domain.catalogue.coverage import breaches, supplies
    from luodi.domain.catalogue.reading import field_ids

    catalogue, fields = open_catalogue(args), field_ids()
    all_, broken = supplies(catalogue, fields), breaches(catalogue, fields)
    counts = {source: sum(one.comes_from == source for one in all_) for source in ("form", "fact", "output")}
    if args.json:
        rows = [{"matter": one.matter, "input": one.input, "late": one.late} for one in broken]
        _print({"format": 1, "inputs": len(all_), "from": counts, "fields": len(fields), "breaches": rows})
        return BAD_INPUT if broken else 0
    zh = args.lang == "zh"
    words = {"form": "一张表单", "fact": "事实", "output": "前序成果"} if zh else {key: key for key in counts}
    print((f"{len(all_)} 项材料：" if zh else f"{len(all_)} inputs: ")
          + "，".join(f"{words[key]} {count}" for key, count in counts.items()))  # fmt: skip
    for one in broken:
        late = ("是后序事项的成果" if zh else "is the output of a later matter") if one.late else (
            "没有来源" if zh else "comes from nowhere")  # fmt: skip
        print(f"  {one.matter}: {one.input} {late}")
    return BAD_INPUT if broken else 0


def _on(args: argparse.Namespace) -> date:
    """The date asked for, else today in China."""
    asked: date | None = args.as_of
    return asked or (datetime.now(UTC) + timedelta(hours=8)).date()


def _counting(matter: "Matter", on: date) -> "tuple[Number | None, Number | None]":
    """The law's number and the promise on a date for a project of which nothing is known; None where it depends."""
    from luodi.domain.catalogue import limits
    from luodi.domain.vocabulary import Refusal

    promised = limits.promise(matter, {}, on)
    try:
        return limits.statutory(matter, {}, on), promised
    except Refusal:
        return None, promised


def _days(number: "Number | None", language: str, on: date | None = None) -> str:
    """A number in words, with the day from which it counts where that is after `on`."""
    from luodi.domain.catalogue.limits import not_yet
    from luodi.domain.catalogue.wording import period

    if number is None:
        return "视条件而定" if language == "zh" else "depends"
    mark = {"min": "≥ ", "max": "≤ ", "duty": "≤ ", "assumed": "≈ "}[number.kind]
    later = f"（{number.since} 起）" if language == "zh" else f" (from {number.since})"
    return mark + period(number.days, number.unit)[language] + (later if on and not_yet(number, on) else "")


def _page(catalogue: "Catalogue", matter: "Matter", on: date, language: str) -> Iterable[str]:
    zh = language == "zh"
    yield f"{matter.name[language]}  ({matter.id})"
    yield (
        f"  {catalogue.stages[matter.stage][language]} · {catalogue.phases[matter.phase][language]} · "
        + (catalogue.units[matter.unit][language])
    )
    yield ("  依据：" if zh else "  basis: ") + matter.legal_basis
    yield ("  适用：" if zh else "  applies: ") + matter.because[language]
    titles = {"limits": "时限" if zh else "limits", "promises": "承诺" if zh else "promises",
              "preparation": "申请人准备" if zh else "preparation"}  # fmt: skip
    counting = _counting(matter, on)
    for key, title in titles.items():
        for number in getattr(matter, key):
            sign = " ◀" if number in counting else ""
            dated = number.since or (f"{number.seen} 查证" if zh else f"seen {number.seen}")
            yield f"  {title}: {_days(number, language, on)} [{dated}; {number.confidence.value}] {number.source}{sign}"
            if number.note:
                yield f"      {number.note[language]}"
    later = [other.id for other in catalogue.matters.values() if matter.id in other.requires]
    for title, words in (
        ("前置" if zh else "waits for", matter.requires), ("可同时开始" if zh else "starts with", matter.starts_with),
        ("后续" if zh else "waited for by", later), ("材料" if zh else "inputs", matter.inputs),
    ):  # fmt: skip
        if words:
            yield f"  {title}: {', '.join(words)}"
    yield ("  成果：" if zh else "  output: ") + matter.output[language]
    if matter.commitment:
        yield (
            "  承诺制：" if zh else "  commitment: "
        ) + f"{matter.commitment.check[language]} ({matter.commitment.source})"
    yield from (f"  · {note[language]}" for note in matter.notes)
    yield ("  来源：" if zh else "  source: ") + f"{matter.source} [{matter.confidence.value}]"


def _brief(matter: "Matter", on: date) -> dict[str, object]:
    from luodi.domain.catalogue.limits import not_yet

    law, promised = _counting(matter, on)
    return {
        "id": matter.id, "name": _both(matter.name), "stage": matter.stage, "phase": matter.phase,
        "unit": matter.unit, "mode": matter.mode,
        "limit": law and _number(law) | {"in_force": not not_yet(law, on)}, "promise": promised and _number(promised),
    }  # fmt: skip


def _rest(catalogue: "Catalogue", matter: "Matter") -> dict[str, object]:
    return {
        "legal_basis": matter.legal_basis, "applies": _condition(matter.applies), "because": _both(matter.because),
        "requires": matter.requires, "starts_with": matter.starts_with,
        "required_by": [other.id for other in catalogue.matters.values() if matter.id in other.requires],
        "limits": [_number(one) for one in matter.limits], "promises": [_number(one) for one in matter.promises],
        "preparation": [_number(one) for one in matter.preparation], "prepare_after": matter.prepare_after,
        "inputs": matter.inputs, "output": _both(matter.output), "hard_gate": matter.hard_gate,
        "regional": matter.regional, "standard_land": matter.standard_land,
        "commitment": matter.commitment and _both(matter.commitment.check),
        "notes": [_both(note) for note in matter.notes], "source": str(matter.source),
        "confidence": matter.confidence,
    }  # fmt: skip


def _number(number: "Number") -> dict[str, object]:
    return {
        "days": number.days, "unit": number.unit, "kind": number.kind, "confidence": number.confidence,
        "since": number.since, "seen": number.seen, "when": _condition(number.when),
        "source": {"title": number.source.title, "article": number.source.article, "link": number.source.link,
                   "place": number.source.place},
        "note": number.note and _both(number.note),
    }  # fmt: skip


def _condition(condition: "Condition | None") -> object:
    from luodi.domain.catalogue.conditions import Every, Test

    if condition is None:
        return None
    if isinstance(condition, Test):
        return {"fact": condition.fact, "op": condition.op, "value": condition.value}
    return {"all" if isinstance(condition, Every) else "any": [_condition(part) for part in condition.parts]}


def _both(text: "Text") -> Mapping[str, str]:
    return {"zh": text.zh, "en": text.en}


def _print(answer: Mapping[str, object]) -> None:
    print(json.dumps(answer, ensure_ascii=False, indent=1, default=str))
