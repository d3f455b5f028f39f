"""Links sorted by the activity that waits, and turned round: by the activity that is waited for.

`code` of a link is 2 x before, plus 1 where it waits for the finish; `then` of a turned one is 2 x after, plus 1 likewise.
"""

from luodi.domain.planning.kernels import compiled
from luodi.domain.planning.kernels.passes import Codes, Flags, Ints


@compiled
def arrange(
    target: int, held: Flags, code: Codes, after: Ints, lag: Ints, into: Ints, sorted_code: Codes, sorted_lag: Ints, waited: Flags
) -> int:  # fmt: skip
    """Sort links by `after`, without those into held activities; how many are left, -1 if one points backward.

    Links into activity i become `into[i]:into[i + 1]`, in the order given; `waited`: the target and what it waits for.
    """
    n = held.size
    into[:] = 0
    for k in range(after.size):
        if not 0 <= after[k] < n:
            return -1
        if not held[after[k]]:
            if code[k] >> 1 >= after[k]:
                return -1
            into[after[k] + 1] += 1
    for i in range(n):
        into[i + 1] += into[i]
    place = into.copy()
    for k in range(after.size):
        if not held[after[k]]:
            at = place[after[k]]
            sorted_code[at], sorted_lag[at] = code[k], lag[k]
            place[after[k]] += 1
    waited[:] = 0
    waited[target] = 1
    for i in range(target, -1, -1):
        if waited[i]:
            for k in range(into[i], into[i + 1]):
                waited[sorted_code[k] >> 1] = 1
    return int(into[n])


@compiled
def turn(into: Ints, code: Codes, lag: Ints, out: Ints, then: Codes, then_lag: Ints) -> None:
    """Links out of activity i as `out[i]:out[i + 1]` of `then` and `then_lag`, by the activity that waits."""
    n = into.size - 1
    out[:] = 0
    for k in range(code.size):
        out[(code[k] >> 1) + 1] += 1
    for i in range(n):
        out[i + 1] += out[i]
    place = out.copy()
    for i in range(n):
        for k in range(into[i], into[i + 1]):
            before = code[k] >> 1
            then[place[before]], then_lag[place[before]] = 2 * i + (code[k] & 1), lag[k]
            place[before] += 1
