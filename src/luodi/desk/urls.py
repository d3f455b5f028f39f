"""Addresses of the pages."""

from django.urls import URLPattern, path

from luodi.desk import handbook_views, views

urlpatterns: list[URLPattern] = [
    path("", views.command_room, name="command_room"),
    path("projects/", views.projects_list, name="projects"),
    path("projects/<slug:slug>/", views.project_page, name="project"),
    path("projects/<slug:slug>/chart/", views.chart, name="chart"),
    path("projects/<slug:slug>/chart.pdf", views.chart_pdf, name="chart_pdf"),
    path("handbook/", handbook_views.handbook, name="handbook"),
    path("handbook/<slug:matter>/", handbook_views.matter_page, name="matter"),
    path("search/", handbook_views.search, name="search"),
]
