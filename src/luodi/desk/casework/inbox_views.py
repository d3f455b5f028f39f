"""The inbox of an officer: what runs out first stands first; a case opens beside the list."""

from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luodi.accounts import gate
from luodi.accounts.acting import Acting
from luodi.accounts.gate import SignedIn
from luodi.cases import readers
from luodi.cases.readers import Page, Row
from luodi.desk import live, painting
from luodi.desk.casework import inbox_state, spoken, views
from luodi.desk.casework.inbox_state import InboxState
from luodi.desk.charting import answers
from luodi.desk.tongue import language
from luodi.domain.clock.office import day_of

SIZE = 50


@require_GET
@gate.needs("case.read")
def inbox(request: SignedIn) -> HttpResponse:
    """The list in the state its address asks for, with a case beside it where one is named.

    One query for the stamp, and one for the list where something happened since it was painted.
    """
    state = inbox_state.read_inbox(request.GET)
    whose = whose_cases(request.acting, state.whose)
    beside = views.beside(request, state.case) if state.case else {}
    token, done = live.token(request), "done" in request.GET
    stamp = live.sealed(request, token)

    def context() -> dict[str, object]:
        page = listed(request, state, whose)
        rows = painted(page.rows, request, state.case)
        asked = asked_of_us(request, token) if whose == "unit" and not state.filtered else ""
        return {
            "place": "inbox",
            "state": state,
            "whose": whose,
            "rows": rows,
            "count": len(page.rows),
            "following": state.page(page.next) if page.next else None,
            "controls": controls(state, whose, request.acting),
            "asked_of_us": asked,
            "beside": bool(beside),
            "done": done,
        }

    if beside:
        return render(request, "casework/inbox.html", {**context(), "stamp": stamp, **beside})
    key = ("inbox", state, whose, token, request.as_of, done)
    return painting.whole(request, "casework/inbox.html", key, context, stamp=stamp)


@require_GET
@gate.needs("case.read")
def inbox_rows(request: SignedIn) -> HttpResponse:
    """The rows alone, for a page that stays open: 304 while nothing happened.  One query, two when something did."""
    state = inbox_state.read_inbox(request.GET)
    return live.answer(
        request,
        live.mark(request),
        lambda: painted(listed(request, state, whose_cases(request.acting, state.whose)).rows, request, state.case),
    )


@require_GET
@gate.needs("case.read")
def side(request: SignedIn, number: str) -> HttpResponse:
    """A case as it stands beside the list; the address in the browser's bar follows."""
    current = urlsplit(request.headers.get("HX-Current-URL", ""))
    back = views.back_to(parse_qsl(current.query))
    response = render(request, "casework/case_side.html", {**views.beside(request, number), "back": back})
    if current.path:
        response.headers["HX-Push-Url"] = (
            f"{current.path}{back}{'&' if back != '?' else ''}{urlencode({'case': number})}"
        )
    return response


def asked_of_us(request: SignedIn, token: str) -> str:
    """What other units asked of the unit and still wait for.  Two queries where something was recorded, else none."""

    def make() -> str:
        askings = readers.asked_of(request.acting.organisation, now=request.now)
        rows = {row.id: row for row in readers.many({one.case for one in askings}, now=request.now)} if askings else {}
        askings = tuple(one for one in askings if rows[one.case].open)
        if not askings:
            return ""
        return painting.paint(
            "casework/inbox_asked.html", askings=askings, rows=rows, rules=answers.catalogue(), spoken=spoken,
            today=day_of(request.now),
        )  # fmt: skip

    return painting.kept(("asked", request.acting.organisation, token, language()), make)


def whose_cases(acting: Acting, asked: str | None) -> str:
    """Whose cases are asked for; None: the unit's where it handles cases, else the zone's.

    Raises where the post may not see those of its zone.
    """
    whose = asked or ("unit" if acting.unit else "zone")
    if whose == "zone":
        gate.require(acting, "case.read", zone=acting.zone)
    return whose


def listed(request: SignedIn, state: InboxState, whose: str) -> Page:
    """One page of the list.  One query."""
    acting = request.acting
    return readers.inbox(
        now=request.now,
        organisations=[acting.organisation] if whose == "unit" else None,
        posts=[acting.post] if whose == "mine" else None,
        zones=acting.reach if whose == "zone" else None,
        state=int(state.state) if state.state else None,
        light=state.light,
        project=state.project,
        turn=state.turn,
        after=state.after,
        limit=SIZE,
        as_of=request.as_of,
    )


def painted(rows: tuple[Row, ...], request: HttpRequest, here: str | None) -> str:
    """The rows of the list; each painted once for its standing and the hour."""
    spoken_in, today = language(), day_of(request.now)  # type: ignore[attr-defined]
    return "".join(row(one, today, spoken_in, here=one.number == here) for one in rows)


def row(one: Row, today: date, spoken_in: str, *, here: bool = False) -> str:
    """One row."""
    key = (
        one.id, one.seq, one.light, one.promise_light, one.hours_left, one.promise_hours_left, one.handler,
        one.project_name.zh, today.year, spoken_in, here,
    )  # fmt: skip
    return painting.kept(key, lambda: paint_row(one, today, here))


def paint_row(one: Row, today: date, here: bool) -> str:
    """One row, through its template."""
    matter = answers.catalogue().matters.get(one.matter)
    return painting.paint(
        "casework/inbox_row.html",
        row=one,
        today=today,
        here=here,
        matter=matter.name if matter else one.matter,
        spoken=spoken,
    )


def controls(state: InboxState, whose: str, acting: Acting) -> str:
    """The row of filters; the same for everybody who may see the same lists."""
    wide = gate.verdict(acting, "case.read", zone=acting.zone).allowed
    key = ("controls", state.changed(), whose, wide, bool(acting.unit), language())
    return painting.kept(
        key,
        lambda: painting.paint(
            "casework/inbox_controls.html",
            state=state,
            whose=whose,
            wide=wide,
            unit=bool(acting.unit),
            states=inbox_state.OPEN_STATES,
            spoken=spoken,
            lights=inbox_state.LIGHTS,
            turns=inbox_state.TURNS,
        ),
    )
