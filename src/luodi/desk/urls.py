"""Addresses of the pages."""

from django.urls import URLPattern, URLResolver, include, path

from luodi.desk import chart_views, command_views, handbook_views, project_list, views
from luodi.desk.looking.kept_views import opens_usual

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("luodi.desk.casework_urls")),  # first: asked most often
    path("room/", command_views.command_room, name="command_room"),
    path("reforms/", command_views.reforms, name="reforms"),
    path("projects/", opens_usual("projects")(project_list.projects_list), name="projects"),
    path("projects/<slug:slug>/", views.project_page, name="project"),
    path("projects/<slug:slug>/chart/", chart_views.chart, name="chart"),
    path("projects/<slug:slug>/chart/now/", chart_views.chart_now, name="chart_now"),
    path("projects/<slug:slug>/chart.pdf", chart_views.chart_pdf, name="chart_pdf"),
    path("handbook/", handbook_views.handbook, name="handbook"),
    path("handbook/<slug:matter>/", handbook_views.matter_page, name="matter"),
    path("", include("luodi.desk.notice_urls")),
    path("", include("luodi.desk.owing_urls")),
    path("", include("luodi.desk.paper_urls")),
    path("", include("luodi.desk.land_urls")),
    path("", include("luodi.desk.ledger_urls")),
    path("", include("luodi.desk.national_urls")),
    path("", include("luodi.desk.sheet_urls")),
    path("", include("luodi.desk.supervision_urls")),
]
