"""Reads the projects and cases that changed, as values the exchange understands."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time
from itertools import groupby

from django.apps import apps

from luodi.cases.readers.whole import WholeCase, projects_changed_since, whole
from luodi.domain.catalogue.matters import Catalogue
from luodi.domain.clock.office import SHANGHAI, day_of
from luodi.domain.documents.kinds import kind
from luodi.exchange.national.choices import Choices
from luodi.exchange.national.subjects import Handled, Happening, Result, Sent
from luodi.projects.in_full import changed_since, in_full

AT_ONCE = 50


def gathered(
    since: date, catalogue: Catalogue, choices: Choices, zones: Collection[str] | None = None
) -> Iterator[Sent]:
    """The live projects that changed since a day, or of which a case did, with those cases; by number.

    Six queries for every fifty projects, and one for the documents of each.  Whatever changed comes whole: all events of a
    case, not only the new ones.
    """
    moment = datetime.combine(since, time(), SHANGHAI)
    ids = sorted({*changed_since(moment, zones), *projects_changed_since(moment, zones)})
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        cases = whole(projects=some, since=moment, chunk=5000)
        of = {project: tuple(found) for project, found in groupby(sorted(cases, key=_project), key=_project)}
        for one in in_full(some):
            results = _results(one.slug, choices) if one.id in of else {}
            sent = [case for case in of.get(one.id, ()) if _is_sent(case, catalogue, choices)]
            handled = tuple(_handled(case, results.get(case.number, ())) for case in sent)
            yield Sent(one.slug, one.zone, one.created, one.file, one.file.milestones, handled)


def _project(case: WholeCase) -> int:
    return case.project_id


def _is_sent(case: WholeCase, catalogue: Catalogue, choices: Choices) -> bool:
    """Not what the enterprise does by itself: it is no approval."""
    matter = catalogue.matters.get(case.matter)
    return matter is None or matter.unit not in choices.left_out_units


def _results(slug: str, choices: Choices) -> dict[str, tuple[Result, ...]]:
    """The documents of a project's cases that are results and still hold, by case.  One query."""
    if not apps.is_installed("luodi.papers"):
        return {}
    from luodi.papers.readers import of_project

    found: dict[str, tuple[Result, ...]] = {}
    for row in reversed(of_project(slug, limit=10_000)):
        if row.kind in choices.results and row.standing == "holds":
            title = kind(row.kind).name.zh
            one = Result(row.id, row.kind, row.number, title, day_of(row.issued_at), row.until, row.sha256)
            found[row.case] = (*found.get(row.case, ()), one)
    return found


def _handled(case: WholeCase, results: tuple[Result, ...]) -> Handled:
    events = tuple(
        Happening(one.seq, one.writes, one.at, one.who, one.reason, one.basis, one.details, one.entry)
        for one in case.events
        if one.writes is not None
    )
    return Handled(
        case.number, case.matter, case.organisation, case.organisation_name.zh, case.organisation_uscc, case.budget,
        case.unit, case.promise, case.promise_unit, case.opened_with[:32], events, results,
    )  # fmt: skip
