"""Addresses of the quota ledgers."""

from django.urls import URLPattern, path

from luodi.desk.looking.kept_views import opens_usual
from luodi.desk.quota import acts, views

urlpatterns: list[URLPattern] = [
    path("ledgers/", opens_usual("ledgers")(views.ledgers), name="ledgers"),
    path("ledgers/reserve/", acts.reserve, name="ledger_reserve"),
    path("ledgers/<int:account>/", views.account, name="ledger"),
    path("ledgers/<int:account>/allot/", acts.allot, name="ledger_allot"),
    path("ledgers/<int:account>/assert/", acts.assert_paper, name="ledger_assert"),
    path("ledgers/<int:account>/reverse/", acts.reverse, name="ledger_reverse"),
    path("ledgers/promises/<int:promise>/<slug:verb>/", acts.promise_act, name="promise_act"),
]
