"""The headquarters takes a new plan, or sends it back with a reason."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from luodi.accounts.gate import SignedIn, needs
from luodi.desk import asked, live
from luodi.desk.charting import answers, views
from luodi.desk.charting import state as chart_state
from luodi.desk.views import found
from luodi.domain.written import text
from luodi.plans import actions
from luodi.plans import readers as plans

VERBS = ("accept", "reject")


@require_POST
@needs("plan.decide")
def decide(request: SignedIn, slug: str, offer: int, verb: str) -> HttpResponse:
    """Accept or reject an offered plan; a refusal comes back beside the offer, the reason still in it."""
    if verb not in VERBS:
        raise Http404
    project = found(request, slug, "plan.decide")
    if offer not in {one.id for one in plans.offers(slug)}:
        raise Http404  # an offer of another project, which the gate was not asked about

    def act() -> None:
        if verb == "accept":
            actions.accept(offer=offer, by=request.acting, at=request.now, key=asked.key(request.POST))
        else:
            reason = text(request.POST.get("reason", ""), "reason", longest=500)
            actions.reject(offer=offer, reason=reason, by=request.acting, at=request.now, key=asked.key(request.POST))

    refusal = asked.attempt(act)
    if refusal is None:
        return HttpResponseRedirect(reverse("chart", args=[slug]))
    state = chart_state.read_state(request.GET, answers.catalogue())
    etag = live.mark(request, project=slug)
    context = views.standing(request, project, state) or views.imagined(project, state)
    typed = {"offer_refusal": refusal, "offer_typed": request.POST.get("reason", "")[:500], "etag": etag}
    return render(request, "charting/chart.html", {**views.shared(project, state), **context, **typed}, status=422)
