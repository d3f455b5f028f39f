"""Addresses: pages of negotiation: rounds, concessions and promises."""

from django.urls import URLPattern, path

from luodi.desk.dealing import acts, promise_acts, promise_views, saving_views, views

urlpatterns: list[URLPattern] = [
    path("projects/<slug:slug>/rounds/", views.rounds, name="rounds"),
    path("projects/<slug:slug>/rounds/new/", acts.new_round, name="round_new"),
    path("projects/<slug:slug>/rounds/approve/", acts.approve, name="offer_approve"),
    path("projects/<slug:slug>/rounds/sign/", acts.sign, name="round_sign"),
    path("projects/<slug:slug>/rounds/withdraw/", acts.withdraw, name="talks_withdraw"),
    path("projects/<slug:slug>/promises/", promise_views.promises, name="promises"),
    path("projects/<slug:slug>/promises/new/", promise_acts.new_promise, name="promise_new"),
    path("projects/<slug:slug>/promises/<int:clause>/", promise_acts.find, name="promise_find"),
    path("promises/", promise_views.all_promises, name="all_promises"),
    path("saving/", saving_views.saving, name="saving"),
]
