"""Three batches: once in a class, by its milestone, in its zone; followed up; withdrawn and entered again."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from tests.indicators.scene import AT, PARK, TODAY, project, zones
from tests.people import OTHER, OWN

from luodi.accounts.acting import SYSTEM
from luodi.domain.vocabulary import Refusal, Text
from luodi.indicators import actions, batched, batching
from luodi.indicators.batching import Entry
from luodi.indicators.models import Entered

pytestmark = pytest.mark.django_db
DAY, SIGNED = date(2026, 10, 30), date(2026, 3, 1)


def opened(zone: str = OWN, name: str = "第四轮", on: date = DAY) -> int:
    zones()
    return batching.open_batch(zone=zone, name=Text(name, ""), on=on, by=SYSTEM, at=AT)


def enter(batch: int, slug: str, group: str = "signed", evidence: str = "合同", expected: str | None = None) -> None:
    entry = Entry(slug, group, evidence, None if expected is None else Decimal(expected))
    batching.enter(batch=batch, entries=[entry], by=SYSTEM, at=AT)


def refusal(batch: int, slug: str, **more: str) -> str:
    with pytest.raises(Refusal) as refused:
        enter(batch, slug, **more)
    return refused.value.code


def test_no_project_twice_in_the_same_class_in_whatever_round() -> None:
    project("a", signed=SIGNED, construction_start=DAY)
    first, second = opened(), opened(name="第五轮")
    enter(first, "a")
    enter(second, "a", "started")  # another class
    assert refusal(second, "a") == "batch_twice"
    row = batched.rows(None, TODAY, batch=first)[0]
    with pytest.raises(IntegrityError), transaction.atomic():  # the database itself holds it
        Entered.objects.create(
            batch_id=second, project_id=row.project.id, group="signed", evidence="x", at=AT, who="x", entry="x"
        )
    batching.withdraw(entered=row.id, why="重复", by=SYSTEM, at=AT)
    enter(second, "a")
    with pytest.raises(Refusal, match="batch_not_in_class"):
        batching.withdraw(entered=row.id, why="again", by=SYSTEM, at=AT)


def test_what_may_not_enter() -> None:
    project("a", signed=SIGNED)
    project("other", OTHER, signed=SIGNED)
    project("park", PARK, signed=SIGNED)
    batch = opened()
    assert refusal(batch, "a", group="started") == "batch_not_reached"
    assert refusal(opened(name="早", on=date(2026, 2, 1)), "a") == "batch_not_reached"
    assert refusal(batch, "other") == "batch_of_another_zone"
    assert refusal(batch, "nobody") == "project_unknown"
    assert refusal(batch, "a", group="dancing") == "batch_class_unknown"
    assert refusal(batch, "a", evidence=" ") == "text_missing"
    assert refusal(batch, "a", expected="-1") == "batch_output_out_of_range"
    enter(batch, "park")
    enter(opened("", "全省"), "other")


def test_entries_are_all_or_none() -> None:
    project("a", signed=SIGNED)
    batch = opened()
    with pytest.raises(Refusal):
        batching.enter(
            batch=batch, entries=[Entry("a", "signed", "x"), Entry("nobody", "signed", "x")], by=SYSTEM, at=AT
        )
    assert batched.rows(None, TODAY) == ()


def test_names_of_rounds() -> None:
    opened()
    opened("", "第四轮")
    for zone in (OWN, ""):
        with pytest.raises(Refusal, match="batch_name_taken"):
            opened(zone)


def test_proposals_and_rates() -> None:
    project("a", signed=SIGNED, construction_start=date(2026, 11, 1))
    project("b", signed=SIGNED)
    project("c", signed=SIGNED, construction_start=SIGNED, production=SIGNED)
    project("after", signed=date(2026, 11, 1))
    row = batched.round_(opened())
    assert row is not None
    found = batched.proposed(row, None, TODAY)
    assert {group: [one.slug for one in ones] for group, ones in found.items()} == {
        "signed": ["a", "b", "c"], "started": ["c"], "produced": ["c"]
    }  # fmt: skip
    for group, ones in found.items():
        for one in ones:
            enter(row.id, one.slug, group, expected="10" if group == "produced" else None)
    assert not any(batched.proposed(row, None, TODAY).values())
    actions.record_figure(
        zone=OWN, indicator_id="project_output", period_text="2026-09", amount=Decimal("7.2"), source="企业", project="c",
        by=SYSTEM, at=AT,
    )  # fmt: skip
    rates = batched.followed(batched.rows(None, TODAY), TODAY)
    assert {key: one.percent for key, one in rates.items()} == {
        "start": Decimal("66.67"), "production": Decimal("100.00"), "output": Decimal("72.00"),
    }  # fmt: skip
    (shown,) = batched.rounds([OWN])
    assert shown.counts == {"signed": 3, "started": 1, "produced": 1}
    assert batched.rows([OTHER], TODAY) == ()
