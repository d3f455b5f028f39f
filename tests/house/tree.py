"""The files of the repository as the house tests see them: what git would track, found without git."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/luodi"
NOT_TRACKED = {".git", ".venv", ".dev", "node_modules", "dist", "__pycache__", ".hypothesis", "test-results", "uv"}


@cache
def files(suffix: str = "", under: str = ".") -> tuple[Path, ...]:
    """Every tracked-looking file below `under` whose name ends so."""
    found = []
    waiting = [ROOT / under]
    while waiting:
        for path in sorted(waiting.pop().iterdir()):
            if path.is_dir():
                skipped = path.name in NOT_TRACKED or path.name.endswith(("_cache", ".egg-info"))
                waiting += [] if skipped else [path]
            elif path.name.endswith(suffix) and not path.name.endswith((".mo", ".pyc", ".sqlite3")):
                found.append(path)
    return tuple(sorted(found))


def name(path: Path) -> str:
    """A path as it is written in an allow-list."""
    return path.relative_to(ROOT).as_posix()


@cache
def text(path: Path) -> str:
    """A file's text; empty for what is no text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@cache
def syntax(path: Path) -> ast.Module:
    """A Python file's syntax tree."""
    return ast.parse(text(path), filename=str(path))


def modules(under: str = "src/luodi") -> tuple[Path, ...]:
    """The Python files below a folder, migrations left out."""
    return tuple(path for path in files(".py", under) if "migrations" not in path.parts)
