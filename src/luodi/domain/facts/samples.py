"""The sample projects that ship with the package: real projects of the articles, what is not printed there marked so."""

from luodi.domain.catalogue.matters import Catalogue
from luodi.domain.facts.project import ProjectFile
from luodi.domain.facts.reading import project_of
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import data_names, read_data
from luodi.domain.vocabulary import Refusal

FOLDER = "samples"
FIRST = ("jinko", "sany", "tongfu", "taishan")  # those with the most to see; the others follow by name


def names() -> tuple[str, ...]:
    """The names by which a sample is asked for."""
    found = [name.removeprefix(f"{FOLDER}/").removesuffix(".yaml") for name in data_names(FOLDER)]
    return tuple(sorted(found, key=lambda name: (FIRST.index(name) if name in FIRST else len(FIRST), name)))


def load(name: str, catalogue: Catalogue) -> ProjectFile:
    """One sample; raises `Refusal` (`no_such_project`) for an unknown name."""
    if name not in names():
        raise Refusal("no_such_project", name=name, samples=", ".join(names()))
    file = f"{FOLDER}/{name}.yaml"
    faults = Faults(file)
    project = project_of(read_data(file, faults), faults, catalogue, name)
    faults.settle()
    return project
