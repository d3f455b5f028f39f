"""Readers of public instances, and the gate on an instance small enough to stand here."""

from pathlib import Path

import pytest

from luodi.bench import psplib, solver
from luodi.cli import main

RCP = """6 2
2 1
0 0 0 2 2 3
3 1 1 1 4
2 1 1 1 5
2 2 0 1 6
1 0 1 1 6
0 0 0 0
"""

MM = """file with basedata            : none
RESOURCES
  - renewable                 :  1   R
  - nonrenewable              :  1   N
PROJECT INFORMATION:
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        2          1           4
   3        1          1           4
   4        1          0
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  N 1
------------------------------------------------------------------------
  1      1     0       0    0
  2      1     2       1    3
         2     5       1    0
  3      1     3       1    0
  4      1     0       0    0
************************************************************************
RESOURCEAVAILABILITIES:
  R 1  N 1
    1    2
************************************************************************
"""


def test_a_patterson_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "x.rcp").write_text(RCP)
    problem = psplib.read_rcp(tmp_path / "x.rcp")
    assert [activity.modes[0].days for activity in problem.activities] == [0, 3, 2, 2, 1, 0]
    assert problem.capacities == (2, 1)
    assert (problem.links[0].before, problem.links[0].after) == (0, 1)
    assert problem.activities[3].modes[0].demands == (2, 0)
    assert (len(problem.links), problem.target) == (6, 5)


def test_a_multi_mode_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "x.mm").write_text(MM)
    problem = psplib.read_mm(tmp_path / "x.mm")
    assert [len(activity.modes) for activity in problem.activities] == [1, 2, 1, 1]
    assert (problem.capacities, problem.budgets) == ((1,), (2,))
    assert problem.activities[1].modes[1].days == 5
    assert problem.activities[1].modes[0].costs == (3,)


@pytest.mark.slow
def test_the_gate_knows_right_from_false(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.mm").write_text(MM)
    (tmp_path / "optimal.csv").write_text("instance,optimal_makespan\nx.mm,8\n")
    assert main(["bench", "solver", str(tmp_path), "--seconds", "5"]) == 0
    assert "1 of 1 right, 0 false claims" in capsys.readouterr().out
    (tmp_path / "optimal.csv").write_text("instance,optimal_makespan\nx.mm,7\n")
    assert main(["bench", "solver", str(tmp_path), "--seconds", "5"]) == 1


@pytest.mark.slow
def test_gaps_are_measured_even_without_the_peer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x_1.rcp").write_text(RCP)
    (tmp_path / "best_known.csv").write_text("instance,set,best_known_makespan\nx_1.rcp,x,7\n")
    monkeypatch.setattr(solver, "_peer_there", lambda: False)
    said: list[str] = []
    (row, whole) = solver.gaps(tmp_path, (1.0,), said.append)
    assert (row.ours, row.peer, whole.set) == (0.0, None, "all")
    assert "not installed" in said[0]


def test_a_folder_without_answers_is_bad_input(tmp_path: Path) -> None:
    assert main(["bench", "solver", str(tmp_path)]) == 2
