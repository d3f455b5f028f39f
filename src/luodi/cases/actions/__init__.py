"""What can be done with cases: one verb each, one transaction each, each on the record."""

from luodi.cases.actions.accepting import accept, refuse, start_handling
from luodi.cases.actions.asking import answer, ask
from luodi.cases.actions.correcting import Paper, ask_correction, receive_correction
from luodi.cases.actions.deciding import commit, decide, revoke, withdraw
from luodi.cases.actions.halting import find, measures, report, resume_work, stop
from luodi.cases.actions.opening import Dispatched, Opened, Waiting, dispatch, open_case
from luodi.cases.actions.owning import record_done
from luodi.cases.actions.parting import assign, release
from luodi.cases.actions.pausing import extend, pause, resume
from luodi.cases.actions.reprojecting import Reprojected, reproject
from luodi.cases.recording import Done

__all__ = [
    "Dispatched",
    "Done",
    "Opened",
    "Paper",
    "Reprojected",
    "Waiting",
    "accept",
    "answer",
    "ask",
    "ask_correction",
    "assign",
    "commit",
    "decide",
    "dispatch",
    "extend",
    "find",
    "measures",
    "open_case",
    "pause",
    "receive_correction",
    "record_done",
    "refuse",
    "release",
    "report",
    "reproject",
    "resume",
    "resume_work",
    "revoke",
    "start_handling",
    "stop",
    "withdraw",
]
