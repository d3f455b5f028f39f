"""Questions about cases: lists, one case in full, a project's board, the wall of a zone, its figures."""

from luodi.cases.readers.acts import Act, next_acts
from luodi.cases.readers.behind import Behind, behind
from luodi.cases.readers.board import Board, Needed, board
from luodi.cases.readers.chart import Bar, Span, of_zone, waits_of
from luodi.cases.readers.figures import (
    Figures,
    Sums,
    ZoneFigures,
    at_a_glance,
    by_zone,
    overdue_by_unit,
    progress_of,
    standing_of,
    tallies,
)
from luodi.cases.readers.halted import HaltRow, halt, halts
from luodi.cases.readers.inbox import Page, inbox, many, numbered, of_project
from luodi.cases.readers.page import AskingRow, CasePage, PartRow, asked_of, case
from luodi.cases.readers.rows import Row

__all__ = [
    "Act",
    "AskingRow",
    "Bar",
    "Behind",
    "Board",
    "CasePage",
    "Figures",
    "HaltRow",
    "Needed",
    "Page",
    "PartRow",
    "Row",
    "Span",
    "Sums",
    "ZoneFigures",
    "asked_of",
    "at_a_glance",
    "behind",
    "board",
    "by_zone",
    "case",
    "halt",
    "halts",
    "inbox",
    "many",
    "next_acts",
    "numbered",
    "of_project",
    "of_zone",
    "overdue_by_unit",
    "progress_of",
    "standing_of",
    "tallies",
    "waits_of",
]
