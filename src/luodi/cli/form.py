"""`luodi form check`: everything that is wrong with a filled form, in words an officer understands."""

import argparse
from pathlib import Path

from luodi.cli.reaching import add_language


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The grammar of `luodi form`."""
    parser = commands.add_parser("form", help="一张表单（28 项）/ the one form of 28 fields")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    check = verbs.add_parser("check", help="一次列出表单的全部错误 / all errors of a filled form at once")
    check.add_argument(
        "file", type=Path, metavar="FILE", help="项目文件，或只有表单的文件 / a project file, or a form alone"
    )
    check.add_argument("--json", action="store_true", help="JSON")
    check.set_defaults(func=run)
    add_language(check)


def run(args: argparse.Namespace) -> int:
    """Say that the form is complete and right; problems leave as `BadInput` (exit code 2, all of them printed)."""
    import json

    from luodi.domain.catalogue.reading import load
    from luodi.domain.facts.fields import the_form
    from luodi.domain.facts.reading import check_form_file

    filled, fields = check_form_file(args.file, load()), len(the_form().fields)
    if args.json:
        print(json.dumps({"format": 1, "status": "ok", "filled": filled, "fields": fields}))
    elif args.lang == "en":
        print(f"{args.file}: the form is right, {filled} of {fields} fields filled in")
    else:
        print(f"{args.file}：表单无误，{fields} 项中已填 {filled} 项")
    return 0
