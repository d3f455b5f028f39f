"""Every string of the pages and of Django's side is translated into Chinese; none is left over."""

import ast
from collections.abc import Iterator

import polib
from jinja2 import Environment
from tests.house.tree import SOURCE, files, modules, name, syntax, text

FUNCTIONS = {"_", "gettext", "gettext_lazy", "pgettext", "ngettext", "ngettext_lazy", "gettext_noop"}
PO = SOURCE / "locale/zh_Hans/LC_MESSAGES/django.po"


def in_python() -> Iterator[tuple[str, str]]:
    """Place and English text of every translated string of the Python files."""
    for path in modules():
        for node in ast.walk(syntax(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in FUNCTIONS:
                for argument in node.args[:1]:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield f"{name(path)}:{node.lineno}", argument.value


def in_templates() -> Iterator[tuple[str, str]]:
    """Place and English text of every translated string of the Jinja templates."""
    reader = Environment(extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True, autoescape=True)
    for path in files(".html", "src/luodi"):
        for line, _, message in reader.extract_translations(text(path)):  # type: ignore[attr-defined]
            for one in message if isinstance(message, tuple) else (message,):
                if one:
                    yield f"{name(path)}:{line}", one


def test_every_string_is_translated() -> None:
    entries = {entry.msgid: entry for entry in polib.pofile(str(PO))} if PO.exists() else {}
    ready = {msgid for msgid, e in entries.items() if not e.fuzzy and (e.msgstr or all(e.msgstr_plural.values()))}
    ready |= {e.msgid_plural for e in entries.values() if e.msgid in ready and e.msgid_plural}
    missing = [f"{where}: {msgid}" for where, msgid in (*in_python(), *in_templates()) if msgid not in ready]
    assert not missing, "\n".join(missing)


def test_no_translation_is_left_over() -> None:
    used = {msgid for _, msgid in (*in_python(), *in_templates())}
    idle = [entry.msgid for entry in (polib.pofile(str(PO)) if PO.exists() else ()) if entry.msgid not in used]
    assert not idle


def test_the_placeholders_survive_translation() -> None:
    import re

    broken = [
        entry.msgid
        for entry in (polib.pofile(str(PO)) if PO.exists() else ())
        if entry.msgstr and set(re.findall(r"%\(\w+\)s", entry.msgid)) != set(re.findall(r"%\(\w+\)s", entry.msgstr))
    ]
    assert not broken
