"""Writes the generated pages of docs/: the glossary.  `--check` writes nothing and fails when a page is not current."""

import sys
from pathlib import Path

import yaml

DOCS = Path(__file__).resolve().parent
TERMS = DOCS.parent / "src/luodi/data/glossary.yaml"

HEAD = """# 术语 Glossary

Generated from `src/luodi/data/glossary.yaml` by `./dev docs`; edit that file, not this one.
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


PAGES = {"glossary.md": glossary}


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
