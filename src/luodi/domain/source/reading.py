"""YAML or JSON bytes into a tree with lines; the only module that imports yaml.

Nothing of a file is trusted: its size, depth, encoding, anchors, tags and repeated keys are checked before a
value is looked at, on the parser's stream of events, so that a bomb is refused without being unfolded.
JSON goes through the same door, since YAML contains it (escaped surrogate pairs are joined first).
"""

import re
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import yaml

from luodi.domain.source.faults import Faults
from luodi.domain.source.scalars import meaning
from luodi.domain.source.tree import Leaf, Node, Series, Table

MAX_BYTES = 2_000_000
MAX_DEPTH = 40
MAX_PROBLEMS = 50  # more than this in one file is not a file with problems but another kind of file
DATA = files("luodi") / "data"
PAIR = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
FATAL = {
    "syntax_error", "file_cut_off", "tab_indent", "character_refused", "too_deep", "too_many_problems", "file_empty",
    "key_not_text", "second_document",
}  # fmt: skip
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Stop(Exception):  # noqa: N818 - says stop, not that something failed
    """The file is not worth reading further; the reason is already noted."""


def read_file(path: Path, faults: Faults | None = None) -> Node | None:
    """The tree of a file.  With `faults`, problems are added there and None means unreadable; else `BadInput`."""
    noted = faults.of(str(path)) if faults else Faults(str(path))
    data = _bytes(path, noted)
    node = None if data is None else _tree(data, noted)
    if faults is None:
        noted.settle()
    return node


def read_data(name: str, faults: Faults | None = None) -> Node:
    """The tree of a file shipped with the package, by its name below `data/` (`catalogue/national/x.yaml`)."""
    noted = faults.of(name) if faults else Faults(name)
    data = _bytes(packaged(name), noted)
    node = None if data is None else _tree(data, noted)
    if faults is None:
        noted.settle()
    return node if node is not None else Table({}, 1)


def read_text(text: str | bytes, name: str = "<text>", faults: Faults | None = None) -> Node | None:
    """The tree of a text; as `read_file`."""
    noted = faults.of(name) if faults else Faults(name)
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    node = None
    if len(data) > MAX_BYTES:
        noted.add(None, "file_too_large", limit_mb=MAX_BYTES // 1_000_000)
    else:
        node = _tree(data, noted)
    if faults is None:
        noted.settle()
    return node


def packaged(name: str) -> Traversable:
    """A file or folder shipped with the package, by its name below `data/`."""
    return DATA.joinpath(*name.split("/"))


def data_names(folder: str, suffix: str = ".yaml") -> tuple[str, ...]:
    """The names of the shipped files right below a folder of `data/`, in order; none where there is no such folder."""
    place = packaged(folder)
    if not place.is_dir():
        return ()
    return tuple(sorted(f"{folder}/{one.name}" for one in place.iterdir() if one.name.endswith(suffix)))


def _bytes(path: Path | Traversable, faults: Faults) -> bytes | None:
    try:
        with path.open("rb") as stream:
            data: bytes = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        faults.add(None, "file_missing")
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL
        faults.add(None, "file_unreadable", reason=getattr(error, "strerror", None) or str(error))
    else:
        if len(data) <= MAX_BYTES:
            return data
        faults.add(None, "file_too_large", limit_mb=MAX_BYTES // 1_000_000)
    return None


def _tree(data: bytes, faults: Faults) -> Node | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        faults.add(data.count(b"\n", 0, error.start) + 1, "not_utf8")
        return None
    if text.lstrip()[:1] in ("{", "["):
        text = PAIR.sub(lambda pair: bytes.fromhex(pair[1] + pair[2]).decode("utf-16-be"), text)
    builder = _Builder(Faults(faults.file))
    try:
        for event in yaml.parse(text, Loader=LOADER):
            builder.take(event)
        if builder.root is None:
            builder.faults.add(1, "file_empty")
    except yaml.YAMLError as error:
        _note_syntax(error, text, builder.faults)
    except _Stop:
        pass
    faults.found.extend(builder.faults.found)
    return None if any(one.code in FATAL for one in builder.faults.found) else builder.root


def _note_syntax(error: yaml.YAMLError, text: str, faults: Faults) -> None:
    """Say a parser's complaint as an officer would: half-written, a tab, a character, or else what the parser says."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        position = getattr(error, "position", 0)
        faults.add(text.count("\n", 0, position) + 1, "character_refused")
        return
    lines = text.split("\n")
    rest = "\n".join([lines[mark.line][mark.column :], *lines[mark.line + 1 :]]) if mark.line < len(lines) else ""
    opened = getattr(error, "context_mark", None)
    if opened and not rest.strip():
        faults.add(min(mark.line + 1, len(lines)), "file_cut_off", opened=min(opened.line + 1, len(lines)))
    elif rest.startswith("\t"):
        faults.add(mark.line + 1, "tab_indent")
    else:
        detail = getattr(error, "problem", None) or "?"
        faults.add(mark.line + 1, "syntax_error", column=mark.column + 1, detail=detail)


@dataclass(slots=True)
class _Open:
    """A list or table whose end has not been reached."""

    line: int
    is_table: bool
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Node] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    key: str | None = None
    key_line: int = 0


class _Builder:
    """Builds the tree from parser events without recursion."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.root: Node | None = None
        self.open: list[_Open] = []
        self.documents = 0

    def take(self, event: yaml.Event) -> None:
        """One event of the parser."""
        if len(self.faults.found) >= MAX_PROBLEMS:
            self.faults.add(None, "too_many_problems", limit=MAX_PROBLEMS)
            raise _Stop
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.ScalarEvent):
            self._check(event, line)
            self._scalar(event, line)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._check(event, line)
            self._begin(line, isinstance(event, yaml.MappingStartEvent))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._end()
        elif isinstance(event, yaml.AliasEvent):
            self.faults.add(line, "anchor_refused", name=event.anchor)
            self._place(Leaf(None, line, ""))
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.faults.add(line, "second_document")
                raise _Stop

    def _check(self, event: yaml.NodeEvent, line: int) -> None:
        if event.anchor:
            self.faults.add(line, "anchor_refused", name=event.anchor)
        tag = getattr(event, "tag", None)
        if tag:
            self.faults.add(line, "tag_refused", tag=str(tag).replace("tag:yaml.org,2002:", "!!"))

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        raw = event.value
        if self._awaits_key():
            self._key(raw, line)
            return
        if event.style:
            self._place(Leaf(raw, line, raw))
            return
        value, code = meaning(raw)
        if code:
            self.faults.add(line, code, value=raw[:40], first=1990, last=2100)
        self._place(Leaf(value, line, raw))

    def _awaits_key(self) -> bool:
        return bool(self.open) and self.open[-1].is_table and self.open[-1].key is None

    def _key(self, raw: str, line: int) -> None:
        top = self.open[-1]
        if raw in top.lines:
            self.faults.add(line, "duplicate_key", key=raw[:80], first_line=top.lines[raw])
        else:
            top.lines[raw] = line
        top.key, top.key_line = raw, line

    def _begin(self, line: int, is_table: bool) -> None:
        if len(self.open) >= MAX_DEPTH:
            self.faults.add(line, "too_deep", limit=MAX_DEPTH)
            raise _Stop
        if self._awaits_key():
            self.faults.add(line, "key_not_text")
            raise _Stop
        self.open.append(_Open(line, is_table))

    def _end(self) -> None:
        done = self.open.pop()
        if done.is_table:
            self._place(Table(done.entries, done.line, done.lines))
        else:
            self._place(Series(tuple(done.items), done.line))

    def _place(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        top = self.open[-1]
        if not top.is_table:
            top.items.append(node)
        elif top.key is None:  # an alias as a key
            self._key("", node.line)
        else:
            top.entries.setdefault(top.key, node)
            top.key = None
