"""Addresses of the pages."""

from django.urls import URLPattern, URLResolver, include, path

from luodi.desk import project_list, views
from luodi.desk.charting import handbook_views
from luodi.desk.charting import views as chart_views
from luodi.desk.leading import command_views
from luodi.desk.looking.kept_views import opens_usual

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("luodi.desk.casework.urls")),  # first: asked most often
    path("room/", command_views.command_room, name="command_room"),
    path("reforms/", command_views.reforms, name="reforms"),
    path("projects/", opens_usual("projects")(project_list.projects_list), name="projects"),
    path("projects/<slug:slug>/", views.project_page, name="project"),
    path("projects/<slug:slug>/chart/", chart_views.chart, name="chart"),
    path("projects/<slug:slug>/chart/now/", chart_views.chart_now, name="chart_now"),
    path("projects/<slug:slug>/chart.pdf", chart_views.chart_pdf, name="chart_pdf"),
    path("handbook/", handbook_views.handbook, name="handbook"),
    path("handbook/<slug:matter>/", handbook_views.matter_page, name="matter"),
    path("", include("luodi.desk.told.urls")),
    path("", include("luodi.desk.owing.urls")),
    path("", include("luodi.desk.issued.urls")),
    path("", include("luodi.desk.land.urls")),
    path("", include("luodi.desk.quota.urls")),
    path("", include("luodi.desk.doors.national_urls")),
    path("", include("luodi.desk.doors.sheet_urls")),
    path("", include("luodi.desk.leading.urls")),
]
