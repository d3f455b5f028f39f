"""Writes the generated pages of docs/: the glossary, and who may do what.

`--check` writes nothing and fails when a page is not current.
"""

import sys
from pathlib import Path

import yaml

DOCS = Path(__file__).resolve().parent
TERMS = DOCS.parent / "src/luodi/data/glossary.yaml"

HEAD = """# 术语 Glossary

Generated from `src/luodi/data/glossary.yaml` by `./dev docs`; edit that file, not this one.
"""


ACCESS_HEAD = """# 权限 Who may do what

Generated from `src/luodi/data/access/` and the addresses by `./dev docs`; edit those, not this.

一个人同一时间只以一个岗位办事；权限 = 权限项 × 岗位 × 范围，从不相加。
每个地址只需要一个权限项；具体到某个项目或事项，还要看范围。
A person acts as one post at a time; a right is function × post × scope and never a union. Every address needs one function;
for the very project or matter the scope decides too. What lies in another zone answers 404, and the attempt is on the record.

## 权限项 Functions

| 权限项 function | 岗位与范围 posts and reach | 理由 why |
|---|---|---|
"""


def glossary() -> str:
    """The glossary page: one table per group, in the order of the file."""
    parts = [HEAD]
    for group in yaml.safe_load(TERMS.read_text(encoding="utf-8"))["groups"]:
        parts.append(
            f"\n## {group['zh']} {group['en']}\n\n| 中文 | English | in code | 含义 meaning |\n|---|---|---|---|\n"
        )
        for term in group["terms"]:
            code = f"`{term['code']}`" if "code" in term else "–"
            parts.append(f"| {term['zh']} | {term['en']} | {code} | {term['means']} |\n")
    return "".join(parts)


def access() -> str:
    """The table of rights, function by kind of post, and the function every address needs."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.config.settings")
    import django

    django.setup()
    from luodi.accounts.access import access as table
    from luodi.accounts.offices import offices
    from luodi.api.operations import operations
    from luodi.config.pages import pages

    kinds, rights = offices().posts, table()
    parts = [ACCESS_HEAD]
    for function in rights.functions.values():
        held = []
        for scope, words in rights.scopes.items():
            names = [
                f"{kind.name.zh} {kind.name.en}"
                for kind in kinds.values()
                if rights.scope(function.id, kind.id) == scope
            ]
            held += [f"**{words.zh} {words.en}**: {' · '.join(names)}"] if names and scope != "none" else []
        name, why = f"{function.name.zh} {function.name.en} `{function.id}`", f"{function.why.zh} {function.why.en}"
        parts.append(f"| {name} | {'<br>'.join(held)} | {why} |\n")
    parts.append("\n## 地址 Addresses\n\n| address | name | function |\n|---|---|---|\n")
    parts += [f"| `/{one.route}` | `{one.name}` | `{one.function or '?'}` |\n" for one in pages()]
    parts.append("\n## 接口 Operations\n\n| method | address | function |\n|---|---|---|\n")
    parts += [f"| {one.method} | `{one.route}` | `{one.function or 'public'}` |\n" for one in operations()]
    return "".join(parts)


PAGES = {"glossary.md": glossary, "access.md": access}


def main(args: list[str]) -> int:
    stale = []
    for name, made in PAGES.items():
        page, wanted = DOCS / name, made()
        if not page.exists() or page.read_text(encoding="utf-8") != wanted:
            stale.append(name)
            if "--check" not in args:
                page.write_text(wanted, encoding="utf-8")
    if stale:
        print(("out of date, run ./dev docs: " if "--check" in args else "written: ") + ", ".join(stale))
    return 1 if stale and "--check" in args else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
