"""How the command line says no: everything that is wrong, all at once, in the chosen language."""

import json
import sys

from luodi.config.sentences import say
from luodi.domain.vocabulary import BadInput, Problem, Refusal

ANSWERED = (BadInput, Refusal)
"""What a person can mend; anything else is a bug and shows itself."""


def report(refused: BadInput | Refusal, language: str, *, as_json: bool) -> None:
    """Print all problems: to standard error as text; with `--json` also to standard output."""
    problems = refused.problems if isinstance(refused, BadInput) else (refused,)
    if as_json:
        answer = {"format": 1, "status": "bad_input", "problems": [_plain(p, language) for p in problems]}
        print(json.dumps(answer, ensure_ascii=False, indent=1))
    for problem in problems:
        print(say(problem, language), file=sys.stderr)


def _plain(problem: Problem | Refusal, language: str) -> dict[str, object]:
    plain: dict[str, object] = {"code": problem.code, "words": say(problem, language)}
    if isinstance(problem, Problem):
        plain |= {"file": problem.where.file, "line": problem.where.line}
    return plain


__all__ = ["ANSWERED", "report", "say"]
