"""Several officers at the same moment, each with a connection of their own.  Also a program: see `test_faults`."""

import threading
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import django
from django.db import connection


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each of several acts in threads of their own answered, or what it raised."""
    answers: list[object] = [None] * len(acts)
    begin = threading.Barrier(len(acts))

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            begin.wait(10)
            answers[place] = act()
        except Exception as raised:  # noqa: BLE001 - the test looks at it
            answers[place] = raised
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def two_decide(scene: Any) -> None:
    """One wins, the other is told who and what."""
    from luodi.cases import actions
    from luodi.cases.models import CaseEvent
    from luodi.domain.vocabulary import Refusal

    case = scene.accepted()
    seq = scene.row(case).seq
    denial: dict[str, Any] = {"outcome": "denied", "reason": "不符", "basis": "第38条"}
    answers = at_once(
        lambda: actions.decide(case=case, seq=seq, outcome="granted", by=scene.officer, at=scene.at),
        lambda: actions.decide(case=case, seq=seq, by=scene.second, at=scene.at, **denial),
    )
    lost = [one for one in answers if isinstance(one, Refusal)]
    assert [one.code for one in lost] == ["case_changed"], answers
    assert lost[0].facts["who"] in (scene.officer.label, scene.second.label)
    assert CaseEvent.objects.filter(case=case).count() == 4


def submits_of_one_form(scene: Any) -> None:
    """The same submit several times is done once, and everybody gets an answer."""
    from luodi.cases import actions
    from luodi.cases.models import CaseEvent

    case = scene.opened()
    act = lambda: actions.accept(case=case, seq=1, by=scene.officer, at=scene.at, key="twice")  # noqa: E731
    answers = at_once(act, act, act)
    assert all(isinstance(one, actions.Done) for one in answers), answers
    assert CaseEvent.objects.filter(case=case).count() == 3


def cases_of_one_project(scene: Any) -> None:
    """Nobody loses an act, the chain has no fork, the sums are right."""
    from tests.cases.recount import check_all

    from luodi.cases import actions
    from luodi.cases.models import Case
    from luodi.journal.models import Entry

    opened = [scene.opened(one) for one in ("project_filing", "enterprise_establish", "land_price_evaluation")]
    answers = at_once(
        *[lambda case=case: actions.accept(case=case, seq=1, by=scene.officer, at=scene.at) for case in opened]
    )
    assert all(isinstance(one, actions.Done) for one in answers), answers
    assert Case.objects.filter(pk__in=opened, state=8).count() == 3
    chain = list(Entry.objects.filter(chain=f"project:{scene.slug}").order_by("seq").values_list("previous", "hash"))
    assert all(second[0] == first[1] for first, second in pairwise(chain))
    check_all(scene.slug)


def numbers_of_one_zone(scene: Any) -> None:
    """Applications taken in at the same moment get numbers without a gap or a double."""
    from luodi.cases import actions
    from luodi.cases.models import Case

    matters = ("project_filing", "enterprise_establish", "land_price_evaluation", "temp_utilities")
    answers = at_once(
        *[
            lambda one=one: actions.open_case(project=scene.slug, matter=one, by=scene.navigator, at=scene.at)
            for one in matters
        ]
    )
    assert all(isinstance(one, actions.Done) for one in answers), answers
    found = sorted(int(one[-6:]) for one in Case.objects.values_list("number", flat=True))
    assert found == list(range(1, len(found) + 1))


ALL = (numbers_of_one_zone, two_decide, submits_of_one_form, cases_of_one_project)


def main() -> None:
    """Each rush on a database of its own content, one after the other."""
    django.setup()
    from django.core.management import call_command
    from tests.cases.scene import play

    call_command("migrate", verbosity=0)
    for rush in ALL:
        rush(play())
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER IF EXISTS journal_entry_no_DELETE")
            cursor.execute("DROP TRIGGER IF EXISTS journal_checkpoint_no_DELETE")
        call_command("flush", interactive=False, verbosity=0)


if __name__ == "__main__":
    main()
