"""The list page as Django's tutorial would do it: model objects through a Django template, nothing kept.

The same session, the same gate, the same columns and links, one query for the list (`select_related`); lights by the
same rules, worked out for each row.
"""

from datetime import date
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import Context, Engine
from django.template.base import Template
from django.views.decorators.http import require_GET

from luodi.accounts import gate
from luodi.accounts.gate import SignedIn
from luodi.cases.models import Case
from luodi.cases.readers.lights import Lights
from luodi.desk.casework import spoken
from luodi.desk.charting import answers
from luodi.desk.tongue import language
from luodi.notices.models import Notice

SIZE = 50
LIBRARIES = {"i18n": "django.templatetags.i18n", "static": "django.templatetags.static"}


@require_GET
@gate.public
def bare(_request: HttpRequest) -> HttpResponse:
    """Nothing at all, through the same middleware: the limit."""
    return HttpResponse("ok")


@cache
def template() -> Template:
    """The peer's page, compiled once, as Django keeps it."""
    engine = Engine(dirs=[str(Path(__file__).parent)], libraries=LIBRARIES)
    return engine.get_template("peer_list.django")


@require_GET
@gate.needs("case.read")
def cases(request: SignedIn) -> HttpResponse:
    """The open cases by what runs out first."""
    gate.require(request.acting, "case.read", zone=request.acting.zone)
    rows = Case.objects.filter(open__in=(True,)).select_related("project", "organisation", "handler__person")
    found = rows.order_by("runs_out", "id")[:SIZE]
    lights = Lights(request.now)
    context = {
        "request": request,
        "token": get_token(request),
        "language": language(),
        "cases": [shown(case, lights) for case in found],
        "lights": ("red", "amber", "green", "none"),
        "unread": Notice.objects.filter(person=request.acting.person, read_at=None).count(),
        "states": [(number, spoken.state(number, language())) for number in (1, 3, 6, 7, 8, 9, 10)],
    }
    return HttpResponse(template().render(Context(context)))


def shown(case: Case, lights: Lights) -> dict[str, object]:
    """A case with what the template cannot work out."""
    spoken_in, limit = language(), case.promise_due or case.due
    light, hours = lights.of(limit) if isinstance(limit, date) else ("none", None)
    return {
        "case": case,
        "matter": answers.catalogue().matters[case.matter].name[spoken_in],
        "state": spoken.state(case.state, spoken_in),
        "turn": spoken.TURNS[case.turn][spoken_in],
        "light": "paused" if case.paused_since else light,
        "left": spoken.left(light, hours, spoken_in),
        "due": spoken.day(case.due, lights.today),
        "promise_due": spoken.day(case.promise_due, lights.today),
    }
