"""Reads the whole catalogue: the national law, the province over it, a zone over that, and overlays given by hand."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from luodi.domain.catalogue.checking import Draft, check
from luodi.domain.catalogue.matter_files import MatterFile, Overlay, laid_over, read_matter, read_overlay
from luodi.domain.catalogue.matters import Catalogue
from luodi.domain.catalogue.tables import read_facts, read_levers, read_milestones, read_units
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import data_names, read_data, read_file
from luodi.domain.source.tree import Node, plain

PROVINCE = "shanxi"


def load(overlays: Sequence[Path] = (), zone: str | None = None) -> Catalogue:
    """The catalogue with the province's overlay, the zone's where one is named, and `overlays` (folders) in order.

    Raises `BadInput` with every problem of every file.  What ships with the package is read once per process;
    folders given by hand are read again each time.
    """
    return _packaged(zone) if not overlays else _read(tuple(overlays), zone)


@lru_cache(maxsize=8)
def _packaged(zone: str | None) -> Catalogue:
    return _read((), zone)


@dataclass(frozen=True, slots=True)
class _Files:
    """The files read so far, for the digest, and what is wrong with them."""

    faults: Faults
    trees: dict[str, Node] = field(default_factory=dict)

    def packaged(self, name: str) -> ask.Row:
        return self.row(name, read_data(name, self.faults))

    def row(self, name: str, node: Node) -> ask.Row:
        self.trees[name] = node
        return ask.row(node, self.faults.of(name))

    def digest(self) -> str:
        """sha256 over what the files say, whatever their comments, spacing and order of keys."""
        content = {name: plain(tree) for name, tree in self.trees.items()}
        return sha256(json.dumps(content, sort_keys=True, default=str, ensure_ascii=False).encode()).hexdigest()


def _read(overlays: tuple[Path, ...], zone: str | None) -> Catalogue:
    files = _Files(Faults("catalogue"))
    national = _national(files)
    layers = [
        [files.packaged(name) for name in data_names(f"catalogue/{PROVINCE}")],
        *([_zone(files, zone)] if zone is not None else []),
        *(_folder(files, folder) for folder in overlays),
    ]
    laid = _lay(national, layers)
    levers, regimes = read_levers(files.packaged("levers.yaml"))
    fields = field_ids(files.faults)
    draft = Draft(
        files=laid,
        overlays=tuple(ask.place(row) for layer in layers for row in layer),
        units=read_units(files.packaged("units.yaml")),
        timing=read_milestones(files.packaged("milestones.yaml")),
        facts=read_facts(files.packaged("facts.yaml"), fields),
        fields=fields,
        faults=files.faults,
    )
    order = check(draft)
    files.faults.settle()
    return Catalogue(
        matters={one: laid[one].matter for one in order if one in laid},
        milestones=draft.timing.milestones,
        levers=levers,
        regimes=regimes,
        facts=draft.facts,
        units=draft.units,
        stages=draft.timing.stages,
        phases=draft.timing.phases,
        works=draft.timing.works,
        digest=files.digest(),
    )


def field_ids(faults: Faults | None = None) -> frozenset[str]:
    """The ids of the 28 fields of the one form."""
    noted = faults or Faults("forms")
    root = ask.row(read_data("forms/fields.yaml", noted), noted.of("forms/fields.yaml"))
    return frozenset(ask.text(row, "id", "") for row in ask.children(root, "fields"))


def _national(files: _Files) -> dict[str, MatterFile]:
    found: dict[str, MatterFile] = {}
    for name in data_names("catalogue/national"):
        entry = read_matter(files.packaged(name))
        _once(entry.matter.id, entry.row, {key: one.row for key, one in found.items()})
        found.setdefault(entry.matter.id, entry)
    return found


def _zone(files: _Files, zone: str) -> list[ask.Row]:
    safe = zone.replace("_", "").replace("-", "").isalnum()
    names = data_names(f"catalogue/zones/{zone}") if safe else ()
    if not names:
        files.faults.add(None, "no_such_zone", key=zone[:80])
    return [files.packaged(name) for name in names]


def _folder(files: _Files, folder: Path) -> list[ask.Row]:
    """The overlay files of a folder given by hand; one that is no folder, or has no files, is a problem."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml", ".json"))
    except (OSError, ValueError):
        files.faults.of(str(folder)).add(None, "folder_missing")
        return []
    if not paths:
        files.faults.of(str(folder)).add(None, "folder_empty")
    rows = []
    for path in paths:
        node = read_file(path, files.faults)
        if node is not None:
            rows.append(files.row(str(path), node))
    return rows


def _lay(national: dict[str, MatterFile], layers: Iterable[Sequence[ask.Row]]) -> dict[str, MatterFile]:
    laid = dict(national)
    for layer in layers:
        seen: dict[str, ask.Row] = {}
        for row in layer:
            overlay = read_overlay(row)
            _once(overlay.matter, row, seen)
            seen.setdefault(overlay.matter, row)
            _lay_one(laid, overlay)
    return laid


def _lay_one(laid: dict[str, MatterFile], overlay: Overlay) -> None:
    under = laid.get(overlay.matter)
    if under is None:
        ask.unknown(overlay.row.faults, ask.line(overlay.row, "matter"), "no_such_matter", overlay.matter, laid)
    else:
        laid[overlay.matter] = MatterFile(laid_over(under.matter, overlay), under.row)


def _once(matter: str, row: ask.Row, seen: dict[str, ask.Row]) -> None:
    if matter in seen:
        row.faults.add(ask.line(row, "matter"), "duplicate_matter", key=matter, other=seen[matter].faults.file)
