"""The plan and the case owe the same papers on the same day."""

import pytest
from tests.cases.scene import play
from tests.cases.test_special import BUILDING, with_progress

from luodi.debts.models import Debt
from luodi.domain.catalogue.reading import load
from luodi.domain.clock.deferral import deferral_rule
from luodi.plans.readers import current


@pytest.mark.slow
@pytest.mark.django_db
def test_the_plan_foresees_the_day_on_which_a_case_will_owe_its_papers() -> None:
    done = [one for one in BUILDING if one != "energy_review"]
    scene = play(plan=True, document=with_progress(*done).replace("as_of: 2026-09-01", "as_of: 2026-11-03"))
    saved = current(scene.slug)
    assert saved
    foreseen = {one.matter: one.due for one in saved.plan.debts if one.kind == "deferral"}
    starts = {one.matter: one.start for one in saved.plan.steps}
    matter = "energy_review"
    rule = load().matters[matter].deferral
    assert rule
    scene.until(starts[matter], hour=9)
    scene.on(scene.opened(matter)).accept(deferred=[rule.papers[0].zh])
    assert Debt.objects.get().due == foreseen[matter]
    assert (foreseen[matter] - starts[matter]).days < deferral_rule().most.days, "the promise is shorter than the most"
