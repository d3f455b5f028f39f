"""What is drawn by chance: the same for the same names, lawful project files, fates that follow the shares."""

from collections import Counter
from datetime import date

from luodi.domain.catalogue.reading import load
from luodi.domain.vocabulary import Text
from luodi.domain.workdays import official
from luodi.rehearsal.chance import Chance, midnight
from luodi.rehearsal.drawing import NOTE, drawn
from luodi.rehearsal.fates import drawn as fate_of
from luodi.rehearsal.habits import habits

ZONE, CONTACT = Text("示例开发区", "Sample Zone"), date(2026, 3, 2)


def test_a_stream_depends_on_its_names_alone() -> None:
    one, other = Chance(1, "project", 2), Chance(1, "project", 2)
    one.of("elsewhere").between(1, 1000)
    assert [one.between(1, 1000) for _ in range(5)] == [other.between(1, 1000) for _ in range(5)]
    assert Chance(1, "a").between(1, 10**9) != Chance(2, "a").between(1, 10**9)


def test_moments_lie_in_office_hours_and_in_order() -> None:
    calendar, at = official(projected=True), midnight(CONTACT)
    for place in range(40):
        chance = Chance("moments", place)
        later = chance.after(at, chance.between(0, 2), calendar)
        assert later > at
        assert calendar.is_workday(later.date())
        assert 9 <= later.hour < 18
        assert later.hour != 12
        at = later


def test_a_drawn_project_is_a_sample_and_the_same_again() -> None:
    first, again = (drawn(1, 7, ZONE, CONTACT) for _ in range(2))
    assert first.text == again.text
    assert first.values["about"]["notes"] == [NOTE]
    assert "示例" in first.file.name.zh
    assert drawn(1, 8, ZONE, CONTACT).text != first.text


def test_fates_follow_the_shares() -> None:
    matter = load().matters["eia_report"]
    found = Counter(fate_of(Chance("fates", place), matter, 1).end for place in range(2000))
    assert found["granted"] > 1800
    assert found["denied"]
    assert fate_of(Chance("fates", 0), matter, 2).end == "granted"
    assert habits().shown is not None
