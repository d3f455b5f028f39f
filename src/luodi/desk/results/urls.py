"""Addresses: pages of what came of it: milestone clocks, three batches, what lags, enrolment, monthly figures."""

from django.urls import URLPattern, path

from luodi.desk.results import acts, batch_views, clock_views, firm_acts, lag_views, views

urlpatterns: list[URLPattern] = [
    path("results/", views.results, name="results"),
    path("results/enter/", acts.enter_figure, name="enter_figure"),
    path("results/figures/<slug:name>/", views.figure, name="figure"),
    path("results/sizes/", views.by_size, name="sizes"),
    path("results/clock/", clock_views.milestones, name="milestone_clock"),
    path("results/batches/", batch_views.rounds, name="batches"),
    path("results/batches/open/", batch_views.open_round, name="open_batch"),
    path("results/batches/<int:batch>/", batch_views.batch, name="batch"),
    path("results/batches/<int:batch>/enter/", batch_views.enter, name="enter_batch"),
    path("results/batches/<int:batch>/withdraw/", batch_views.withdraw, name="withdraw_batch"),
    path("results/lags/", lag_views.lags, name="lags"),
    path("results/lags/reach/", acts.reach, name="reach_event"),
    path("results/enrolment/", lag_views.enrolment, name="enrolment"),
    path("results/enrolment/firms/", firm_acts.record, name="record_firm"),
    path("results/enrolment/firms/<int:firm>/", firm_acts.note, name="note_firm"),
]
