"""The wall chart as a file of its own, for a document or a mail."""

from luodi.desk.charting import gantt
from luodi.domain.catalogue.matters import Catalogue
from luodi.domain.planning.result import Plan

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write(plan: Plan, catalogue: Catalogue, language: str) -> bytes:
    """An .svg file up to the target milestone, without links."""
    look = gantt.Look(language=language, until="start", links=False, width=1600.0)
    return (DECLARATION + gantt.draw(plan, catalogue, look)).encode()
