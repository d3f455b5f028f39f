"""Addresses of the quota ledgers."""

from django.urls import URLPattern, path

from luodi.desk import ledger_acts as acts
from luodi.desk import ledger_views as views
from luodi.desk.looking.kept_views import opens_usual

urlpatterns: list[URLPattern] = [
    path("ledgers/", opens_usual("ledgers")(views.ledgers), name="ledgers"),
    path("ledgers/reserve/", acts.reserve, name="ledger_reserve"),
    path("ledgers/<int:account>/", views.account, name="ledger"),
    path("ledgers/<int:account>/allot/", acts.allot, name="ledger_allot"),
    path("ledgers/<int:account>/assert/", acts.assert_paper, name="ledger_assert"),
    path("ledgers/<int:account>/reverse/", acts.reverse, name="ledger_reverse"),
    path("ledgers/promises/<int:promise>/<slug:verb>/", acts.promise_act, name="promise_act"),
]
