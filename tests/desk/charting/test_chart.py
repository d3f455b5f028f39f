"""The wall chart: its state stands in the address, a lever moves the bars, and paper comes out of it."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from luodi.accounts.acting import Acting
from luodi.desk.charting.answers import catalogue

CHART = "/projects/jinko/chart/"
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def somebody(client: Client, signed_in: Callable[..., Acting]) -> None:
    """Somebody of the province is signed in: they may see every project."""
    signed_in(client, "province_officer")


def page(client: Client, query: str = "", *, part: bool = False, status: int = 200) -> str:
    """The chart, or only the part HTMX swaps."""
    answer = client.get(CHART + query, headers={"hx-request": "true"} if part else None)
    assert answer.status_code == status
    return answer.content.decode()


def days(content: str) -> int:
    """The first key figure."""
    found = re.search(r'class="count [^"]*"[^>]*>(\d+)', content)
    assert found
    return int(found[1])


def test_fewer_levers_never_bring_the_start_forward(client: Client, province: tuple[str, ...]) -> None:
    all_on, none_on = days(page(client, "?regime=reform")), days(page(client, "?levers="))
    without_land = days(page(client, "?levers=" + ",".join(set(catalogue().levers) - {"standard_land"})))
    assert all_on <= without_land <= none_on
    assert all_on < none_on


def test_every_lever_is_a_link_to_the_chart_with_it_flipped(client: Client, province: tuple[str, ...]) -> None:
    content = page(client, "?levers=parallel,commitment")
    assert 'href="/projects/jinko/chart/?levers=commitment"' in content
    assert 'href="/projects/jinko/chart/?levers=parallel"' in content
    assert len(re.findall(r'role="switch"', content)) == len(catalogue().levers)
    assert len(re.findall(r'aria-checked="true"', content)) == 2


def test_htmx_gets_only_the_part_that_changes(client: Client, province: tuple[str, ...]) -> None:
    part = page(client, "?levers=parallel", part=True)
    assert "<html" not in part
    assert 'class="gantt"' in part
    assert part.strip() in page(client, "?levers=parallel")


def test_filters_leave_the_matters_they_name(client: Client, province: tuple[str, ...]) -> None:
    def names(query: str) -> int:
        return len(re.findall(r'<li class="(?:critical|float|done)">', page(client, query)))

    assert 0 < names("?unit=ecology") < names("")
    assert 0 < names("?state=critical") < names("")
    assert names("?state=done") == 0
    assert names("") < names("?until=all")
    assert "没有符合筛选条件的事项" in page(client, "?state=done")


@pytest.mark.parametrize(
    "query",
    ["?levers=nonsense", "?regime=nonsense", "?group=x", "?zoom=year", "?unit=nobody", "?state=lost",
     "?levers=%3Cscript%3Ealert(1)%3C/script%3E"],
)  # fmt: skip
def test_an_unknown_switch_is_a_kind_page(client: Client, province: tuple[str, ...], query: str) -> None:
    content = page(client, query, status=400)
    assert "无法照此办理" in content
    assert "<script>alert" not in content


@pytest.mark.parametrize("paper", ["a0", "a1", "a3"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_chart_prints(client: Client, province: tuple[str, ...], paper: str, language: str) -> None:
    client.cookies["luodi_language"] = language
    answer = client.get(f"/projects/jinko/chart.pdf?paper={paper}&levers=parallel")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_there_is_no_other_paper(client: Client, province: tuple[str, ...]) -> None:
    assert client.get("/projects/jinko/chart.pdf?paper=b5").status_code == 400


def test_a_hostile_name_prints(client: Client, hostile: str) -> None:
    assert client.get("/projects/hostile/chart.pdf?paper=a3").content.startswith(b"%PDF")
