"""容缺 (deferral): which papers of a matter may come later; by when, `domain.clock.deferral` says."""

from collections.abc import Sequence

from luodi.domain.catalogue.matters import Matter
from luodi.domain.vocabulary import Refusal, Text


def check_deferral(matter: Matter, papers: Sequence[str]) -> tuple[Text, ...]:
    """The papers that may come later, in the catalogue's words; `papers` names them in either language.

    Raises `Refusal`: `deferral_hard_gate`; `deferral_not_listed` for a paper the matter's list does not name, which
    makes it a main document; `deferral_without_papers`.
    """
    if matter.hard_gate:
        raise Refusal("deferral_hard_gate", matter=matter.name)
    if not papers:
        raise Refusal("deferral_without_papers")
    listed = {
        word: paper for paper in (matter.deferral.papers if matter.deferral else ()) for word in (paper.zh, paper.en)
    }
    for paper in papers:
        if paper not in listed:
            raise Refusal("deferral_not_listed", paper=paper[:80], matter=matter.name)
    return tuple(dict.fromkeys(listed[paper] for paper in papers))
