"""Row 6: the province's pages over every project of the sample, beside the bare statements they need.

Whoever asks sees the whole province: /region/, the lag board, the clock and the radar all rest on all projects.
"""

from datetime import date

from luodi.bench.load import pages, people
from luodi.bench.load.figures import Figure, within
from luodi.bench.load.pages import Page
from luodi.projects import outlines
from luodi.projects.outlines import Sift

PAGES = (
    Page("the province at a glance", "/region/", "/region/?stage=signed"),
    Page("the lag board", "/results/lags/", "/results/lags/?show=over"),
    Page("the milestone clock", "/results/clock/", "/results/clock/?span=start_production"),
    Page("the enrolment radar", "/results/enrolment/", "/results/enrolment/?show=near"),
)


def measure(today: date, times: int = pages.TIMES) -> list[Figure]:
    """Every page many times, asked by somebody of the province; the number of projects is in the first row."""
    cookies = people.sign_in(people.province(), today)
    projects = sum(one.projects for one in outlines.summed(Sift(today)))
    found = Figure(
        "projects of the province", {"projects": projects}, (within("projects the sample lacks", 5000 - projects, 0),)
    )
    return [found, *(pages.figure(page, cookies, times) for page in PAGES)]
