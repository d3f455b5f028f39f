"""Addresses: pages before signing: leads, visits, events, the pipeline as a board."""

from django.urls import URLPattern, path

from luodi.desk.pipeline import event_views, lead_views, meeting_views, month_views, typed_views, views

urlpatterns: list[URLPattern] = [
    path("pipeline/", views.board, name="pipeline"),
    path("pipeline/list/", views.lead_list, name="lead_list"),
    path("pipeline/sources/", views.sources, name="lead_sources"),
    path("pipeline/calendar/", month_views.month, name="lead_month"),
    path("pipeline/new/", typed_views.new_lead, name="new_lead"),
    path("pipeline/leads/<int:lead>/", lead_views.lead, name="lead"),
    path("pipeline/leads/<int:lead>/amend/", typed_views.amend_lead, name="amend_lead"),
    path("pipeline/leads/<int:lead>/land/", lead_views.land, name="land_lead"),
    path("pipeline/leads/<int:lead>/people/<int:person>/", lead_views.open_number, name="open_number"),
    path("pipeline/leads/<int:lead>/<slug:verb>/", lead_views.act, name="lead_act"),
    path("pipeline/meetings/", meeting_views.meetings, name="lead_meetings"),
    path("pipeline/meetings/new/", event_views.new_meeting, name="new_meeting"),
    path("pipeline/meetings/<int:meeting>/", meeting_views.meeting, name="lead_meeting"),
    path("pipeline/meetings/<int:meeting>/report/", meeting_views.report, name="report_meeting"),
    path("projects/<slug:slug>/lead/", views.lead_of_project, name="lead_of_project"),
]
