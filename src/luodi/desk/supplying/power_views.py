"""Power: who may take part in the preferential trade, ten years' cost, and what a kWh is worth; every number can be changed."""

from decimal import Decimal, InvalidOperation

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs
from luodi.desk.supplying import telling
from luodi.desk.supplying.reaching import project_of, today_of
from luodi.domain.factors import power as domain
from luodi.domain.factors.needs import Assumption, known_value
from luodi.domain.facts.project import ProjectFile
from luodi.projects import readers as projects
from luodi.projects.readers import Recorded

KV = Decimal(1000)


@require_GET
@needs("factor.read")
def power(request: SignedIn) -> HttpResponse:
    """Eligibility, cost and worth, for a project or for numbers of one's own.  At most four queries."""
    slug = request.GET.get("project", "").strip()[:64]
    project = project_of(request, slug) if slug else None
    rules, file = domain.rules(), project.file if project else None
    given, wrong = _given(request, file)
    emerging, kv = _emerging(request, file), _kv(request, file)
    context = {
        "project": project,
        "rules": rules,
        "given": given,
        "wrong": wrong,
        "stated": {"kwh"}
        if file is not None and given["kwh"] == known_value(file, "annual_electricity.amount")
        else set(),
        "typed": request.GET,
        "emerging": emerging,
        "kv": kv,
        "conditions": domain.eligible(is_emerging=emerging, kv=kv),
        "cost": domain.cost(given),
        "worth": domain.worth(given),
        "code": _code(file),
        "projects": _projects(request, project),
        "today": today_of(request),
        "telling": telling,
        "place": "factor_board",
    }
    return render(request, "supplying/power.html", context)


def _given(request: SignedIn, file: ProjectFile | None) -> tuple[dict[str, Decimal], dict[str, Assumption]]:
    """Every number: as typed, else the project's, else assumed; and those that were typed wrong."""
    found, wrong = {}, {}
    for id_, rule in domain.rules().assumptions.items():
        found[id_] = rule.value
        if id_ == "kwh" and file is not None:
            found[id_] = known_value(file, "annual_electricity.amount") or rule.value
        if written := request.GET.get(id_, "").strip()[:30].replace(",", ""):
            value = _decimal(written)
            if value is None or not rule.low <= value <= rule.high:
                wrong[id_] = rule
            else:
                found[id_] = value
    return found, wrong


def _emerging(request: SignedIn, file: ProjectFile | None) -> bool | None:
    said = request.GET.get("emerging", "")
    if said in ("yes", "no"):
        return said == "yes"
    code = _code(file)
    return domain.emerging(code) if code else None


def _code(file: ProjectFile | None) -> str:
    code = file.form.get("industry_code") if file else None
    return code if isinstance(code, str) else ""


def _kv(request: SignedIn, file: ProjectFile | None) -> Decimal | None:
    if written := request.GET.get("kv", "").strip()[:12]:
        value = _decimal(written)
        return value if value is not None and 0 < value <= KV else None
    return known_value(file, "annual_electricity.voltage_kv") if file else None


def _decimal(written: str) -> Decimal | None:
    try:
        value = Decimal(written)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _projects(request: SignedIn, chosen: Recorded | None) -> list[projects.Listed]:
    """The projects that can be chosen: those of the zones in reach."""
    reach = request.acting.reach
    found = list(projects.listed(zones=reach, live=True, limit=50)) if reach is None or reach else []
    return [one for one in found if chosen is None or one.slug != chosen.slug]
