"""Nothing is asked twice: form, fact, or an earlier output."""

from luodi.domain.catalogue.coverage import Supply, breaches, supplies
from luodi.domain.catalogue.reading import field_ids, load


def test_the_shipped_catalogue_asks_nothing_twice():
    catalogue = load()
    assert len(field_ids()) == 28
    assert breaches(catalogue, field_ids()) == ()
    assert len(supplies(catalogue, field_ids())) == sum(len(one.inputs) for one in catalogue.matters.values())


def test_a_later_output_is_a_breach(small):
    small.matter("a", inputs=["applicant", "area", "c"])
    small.matter("b", requires=["a"], inputs=["a"])
    small.matter("c", requires=["b"], inputs=["a"])
    catalogue = small.load()
    assert breaches(catalogue, field_ids()) == (Supply("a", "c", None, late=True),)
    assert supplies(catalogue, field_ids())[:2] == (Supply("a", "applicant", "form"), Supply("a", "area", "fact"))


def test_an_output_may_come_through_a_milestone(small):
    small.matter("a")
    small.matter("b", requires=["production"], inputs=["a"])
    timing = small.root / "milestones.yaml"
    timing.write_text(
        timing.read_text("utf-8").replace('"zh": "production",', '"zh": "production", "requires": ["a"],')
    )
    assert breaches(small.load(), field_ids()) == ()


def test_an_unknown_input_is_a_breach(small):
    small.matter("a")
    assert breaches(small.load(), ()) == (Supply("a", "applicant", None),)
