"""One act on many rows: the preview changes nothing, the worker does it, and it is taken back while nothing followed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.scene import SLUG, Scene, play
from tests.people import hired, sign_in

from luodi.accounts.acting import Acting
from luodi.cases import actions
from luodi.cases.models import Asking, Case, Part
from luodi.desk.looking import jobs
from luodi.domain.clock.office import day_of
from luodi.finding import many
from luodi.finding.models import Job
from luodi.journal.models import Entry
from luodi.notices.models import Notice
from luodi.projects.readers import team

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    """A live project, now."""
    found = play()
    found.at = timezone.now()
    return found


def numbers(scene: Scene) -> list[str]:
    """Two open cases."""
    scene.granted("project_filing")
    scene.wait(minutes=1)
    opened = actions.dispatch(project=SLUG, by=scene.navigator, at=scene.at).opened
    return [one.number for one in opened[:2]]


def begun(client: Client, who: Acting, verb: str, rows: list[str], **given: str | int) -> int:
    """Choose, preview and begin, as a browser does; the number of the job."""
    sign_in(client, who)
    sent: dict[str, str | int | list[str]] = {"row": rows, "ready": "1", **given}
    assert client.get(f"/many/{verb}/", sent).status_code == 200
    seqs = {f"seq-{row}": Case.objects.get(number=row).seq if verb != "join" else 0 for row in rows}
    answer = client.post(f"/many/{verb}/begin/", {"row": rows, "key": "k", **seqs, **given})
    assert answer.status_code == 302, answer.content.decode()
    return int(answer.headers["Location"].strip("/").rpartition("/")[2])


def owners(rows: list[str]) -> list[int | None]:
    """Who has the cases now."""
    return [Case.objects.get(number=row).handler_id for row in rows]


def test_cases_are_assigned_and_given_back(scene: Scene, client: Client) -> None:
    rows = numbers(scene)
    scene.on(Case.objects.get(number=rows[0]).pk, scene.head).assign(role="owner", post=scene.officer.post)
    before, entries = owners(rows), Entry.objects.count()
    job = begun(client, scene.head, "assign", rows, post=scene.second.post)
    assert owners(rows) == before == [scene.officer.post, None]
    assert Entry.objects.count() == entries + 1  # bulk.begun alone: nothing is done yet
    jobs.run(job, at=scene.at + timedelta(minutes=5))
    assert owners(rows) == [scene.second.post] * 2
    assert many.job(job).counts == {"done": 2}
    assert 'value="2"' in client.get(f"/many/jobs/{job}/").content.decode()
    assert client.post(f"/many/jobs/{job}/undo/").status_code == 302
    jobs.run_back(job, at=scene.at + timedelta(minutes=6))
    assert owners(rows) == before
    assert many.job(job).counts == {"undone": 2}
    assert Part.objects.filter(role="owner", case__number__in=rows).count() == 4  # counter-entries: nothing was erased
    refused = client.post(f"/many/jobs/{job}/undo/")
    assert (refused.status_code, "已经撤回过了" in refused.content.decode()) == (400, True)


def test_what_followed_stays_and_what_changed_meanwhile_is_refused(scene: Scene, client: Client) -> None:
    rows = numbers(scene)
    job = begun(client, scene.head, "assign", rows, post=scene.second.post)
    scene.on(Case.objects.get(number=rows[0]).pk).accept()  # between choosing and doing
    jobs.run(job, at=scene.at + timedelta(minutes=5))
    assert [one.state for one in many.steps(job)] == ["refused", "done"]
    scene.wait(minutes=10)
    scene.on(Case.objects.get(number=rows[1]).pk, scene.second).accept()  # after doing
    many.begin_undo(job, by=scene.head, at=scene.at)
    jobs.run_back(job, at=scene.at + timedelta(minutes=5))
    refused, kept = many.steps(job)
    assert (refused.state, refused.refusal and refused.refusal.code) == ("refused", "case_changed")
    assert (kept.state, kept.refusal and kept.refusal.code) == ("kept", "bulk_changed_since")
    assert owners(rows)[1] == scene.second.post


def preview(client: Client, rows: list[str], who: Acting) -> str:
    """What assigning would do."""
    sent: dict[str, str | list[str]] = {"case": rows, "ready": "1", "post": str(who.post)}
    return client.get("/many/assign/", sent).content.decode()


def test_the_preview_says_every_refusal_and_counts(scene: Scene, client: Client) -> None:
    rows = numbers(scene)
    scene.on(Case.objects.get(number=rows[0]).pk, scene.head).assign(role="owner", post=scene.second.post)
    sign_in(client, scene.head)
    page = preview(client, rows, scene.second)
    assert page.count('name="row"') == 2 + 1  # the form that asks again has both, the one that does it the one
    page = preview(client, rows, scene.other)
    assert page.count('name="row"') == 2
    sign_in(client, scene.officer)  # only a head assigns
    assert client.get("/many/assign/", {"row": rows}).status_code == 403
    sign_in(client, hired("bureau_head", "pinglu"))
    assert client.get("/many/assign/", {"row": rows}).status_code == 404
    assert client.get("/many/nothing/", {"row": rows}).status_code == 404


def test_reminding_tells_whoever_has_the_case_and_cannot_be_taken_back(scene: Scene, client: Client) -> None:
    rows = numbers(scene)
    scene.on(Case.objects.get(number=rows[0]).pk, scene.head).assign(role="owner", post=scene.second.post)
    job = begun(client, scene.head, "remind", rows, note="请本周办结")
    for _ in range(2):  # a worker that comes twice tells nobody twice
        jobs.run(job, at=scene.at + timedelta(minutes=5))
    told = Notice.objects.filter(kind="case_reminded")
    assert told.filter(person=scene.second.person).count() == 2  # of the one in hand, and as one of the unit
    assert told.filter(person=scene.other.person).count() == 0
    assert Entry.objects.filter(kind="bulk.reminded").count() == 2
    assert client.post(f"/many/jobs/{job}/undo/").status_code == 400
    sign_in(client, scene.second)
    assert client.get(f"/many/jobs/{job}/").status_code == 404


def test_somebody_joins_the_teams_of_many_projects_and_leaves_them(scene: Scene, client: Client) -> None:
    navigator, newcomer = scene.navigator, hired("navigator")
    job = begun(client, navigator, "join", [SLUG], role="navigator", post=newcomer.post)
    jobs.run(job, at=scene.at)
    assert newcomer.post in [one.post for one in team(SLUG, day_of(scene.at))]
    many.begin_undo(job, by=navigator, at=scene.at)
    jobs.run_back(job, at=scene.at)
    assert newcomer.post not in [one.post for one in team(SLUG, day_of(scene.at) + timedelta(days=1))]
    assert many.job(job).counts == {"undone": 1}


def test_the_same_form_sent_twice_is_one_act(scene: Scene, client: Client) -> None:
    rows = numbers(scene)
    assert begun(client, scene.head, "remind", rows) == begun(client, scene.head, "remind", rows)
    assert Job.objects.count() == 1
    empty = client.post("/many/remind/begin/", {"key": "other"})
    assert (empty.status_code, "没有选中" in empty.content.decode()) == (400, True)


def test_the_inbox_offers_each_act_to_those_who_have_it(scene: Scene, client: Client) -> None:
    numbers(scene)
    for who, offered in ((scene.officer, {"ask"}), (scene.head, {"ask", "assign", "remind"}), (scene.agent, set())):
        sign_in(client, who)
        page = client.get("/inbox/").content.decode()
        assert {verb for verb in ("ask", "assign", "remind") if f'formaction="/many/{verb}/"' in page} == offered, (
            who.kind
        )


def test_another_unit_is_asked_about_many_cases(scene: Scene, client: Client) -> None:
    rows = numbers(scene)
    given: dict[str, str | int] = {
        "kind": "consultation", "question": "是否有意见", "organisation": scene.other.organisation,
    }  # fmt: skip
    job = begun(client, scene.officer, "ask", rows, **given)
    jobs.run(job, at=scene.at + timedelta(minutes=5))
    asked = Asking.objects.filter(organisation=scene.other.organisation)
    assert sorted(asked.values_list("case__number", flat=True)) == sorted(rows)
    sent: dict[str, str | int | list[str]] = {"row": rows, "ready": "1", **given}
    again = client.get("/many/ask/", sent).content.decode()
    assert again.count("正在等答复") == 2
