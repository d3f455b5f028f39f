"""How commands reach their inputs and outputs: catalogue with overlays, project file or sample, dates, whole files."""

import argparse
import os
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from luodi.domain.catalogue.matters import Catalogue
from luodi.domain.facts.project import ProjectFile
from luodi.domain.vocabulary import Refusal


def add_language(parser: argparse.ArgumentParser) -> None:
    """`--lang zh|en`; the environment variable LUODI_LANG sets the default."""
    default = "en" if os.environ.get("LUODI_LANG", "zh").startswith("en") else "zh"
    parser.add_argument("--lang", choices=("zh", "en"), default=default, help="语言 / language (LUODI_LANG)")


def add_overlays(parser: argparse.ArgumentParser) -> None:
    """`--overlay DIR`, as often as needed, and `--zone ID`."""
    parser.add_argument(
        "--overlay",
        type=Path,
        action="append",
        default=[],
        metavar="DIR",
        help="另加的事项补充目录 / a folder of overlays",
    )


def add_project(parser: argparse.ArgumentParser) -> None:
    """The project, the milestone to reach, and the day of planning."""
    parser.add_argument("project", metavar="PROJECT", help="项目文件或示例名 / a project file, or the name of a sample")
    parser.add_argument(
        "--to",
        default="construction_start",
        metavar="MILESTONE",
        help="construction_start | production | statistics",
    )
    parser.add_argument("--as-of", type=day, metavar="DATE", help="计划日 / the day of planning")


def day(text: str) -> date:
    """A date argument, as argparse wants it."""
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"日期应写作 2023-05-26 / write a date as 2023-05-26: {text}") from error
    if not 1990 <= found.year <= 2100:
        raise argparse.ArgumentTypeError(f"日期应在 1990 至 2100 年之间 / a date lies between 1990 and 2100: {text}")
    return found


def open_catalogue(args: argparse.Namespace) -> Catalogue:
    """The packaged catalogue, with the overlays of the command line checked against it."""
    from luodi.domain.catalogue.reading import load

    return load(tuple(args.overlay))


def open_project(name: str, catalogue: Catalogue) -> ProjectFile:
    """The sample of that name, else the file at that path.  Raises BadInput with every fault."""
    from luodi.domain.facts import samples
    from luodi.domain.facts.reading import read_project

    if name in samples.names() and not Path(name).is_file():
        return samples.load(name, catalogue)
    if not Path(name).is_file():
        raise Refusal("no_such_project", name=name, samples=", ".join(samples.names()))
    return read_project(Path(name), catalogue)


def write_whole(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write a file, at once or piece by piece, so that it is there whole or not at all."""
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.writelines((content,) if isinstance(content, bytes) else content)
            Path(temporary).chmod(0o644)
            Path(temporary).replace(path)
        finally:
            Path(temporary).unlink(missing_ok=True)
    except OSError as error:
        raise Refusal("cannot_write", path=str(path), reason=error.strerror or str(error)) from error
