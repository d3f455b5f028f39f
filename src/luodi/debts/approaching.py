"""Days of debts that come closer: papers owed, commitments to be checked, letters that expire; for reminders."""

from collections.abc import Iterator
from datetime import date

from luodi.accounts import readers as accounts
from luodi.debts.models import Debt
from luodi.debts.readers import OPEN
from luodi.domain.catalogue.reading import load
from luodi.domain.vocabulary import Text
from luodi.notices.reminders import Upcoming

KINDS = {"deferral": "debt_due", "commitment": "check_due", "letter": "letter_expiring"}
WORDS = {
    "deferral": Text("容缺材料", "papers that come later"),
    "commitment": Text("承诺", "commitment"),
    "letter": Text("代证函", "letter in place of a certificate"),
}


def approaching(*, since: date, until: date) -> Iterator[Upcoming]:
    """Everything still owed that falls due in a span of days: the applicant owes, the checker checks.  Two queries."""
    rows = Debt.objects.filter(state__in=OPEN, due__gte=since, due__lte=until).order_by("due", "pk")
    checkers = {one.code: one.id for one in accounts.organisations()}
    columns = (
        "pk",
        "kind",
        "matter",
        "due",
        "checker",
        "project__applicant_id",
        "project__slug",
        "project__zh",
        "project__en",
    )
    for pk, kind, matter, due, checker, applicant, slug, zh, en in rows.values_list(*columns):
        known = load().matters.get(matter)
        name = known.name if known else Text(matter, matter)
        what = Text(f"{name.zh}（{WORDS[kind].zh}）", f"{name.en} ({WORDS[kind].en})")
        owing = {applicant} if applicant else set()
        checking = {checkers[checker]} if checker in checkers and kind != "deferral" else set()
        yield Upcoming(
            KINDS[kind], due, f"debt:{pk}", {"project": Text(zh, en), "what": what},
            organisations=frozenset(owing | checking), link=f"/projects/{slug}/debts/", project=slug,
        )  # fmt: skip
