"""`luodi samples`: the sample projects that ship with the package, and how to look at one."""

import argparse

from luodi.cli.reaching import add_language


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The grammar of `luodi samples`."""
    parser = commands.add_parser("samples", help="列出示例项目 / list the sample projects")
    parser.add_argument("--json", action="store_true", help="JSON")
    parser.set_defaults(func=run)
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """One line a sample: its name for the command line, what it is, and the article it comes from."""
    import json

    from luodi.domain.catalogue.reading import load
    from luodi.domain.facts import samples

    catalogue = load()
    projects = [samples.load(name, catalogue) for name in samples.names()]
    if args.json:
        rows = [
            {"id": p.id, "name": {"zh": p.name.zh, "en": p.name.en}, "sources": [str(s) for s in p.sources]}
            for p in projects
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    for project in projects:
        print(f"{project.id:<14}{project.name[args.lang]}  [{'; '.join(str(s) for s in project.sources)}]")
    return 0
