"""Addresses of issued documents."""

from django.urls import URLPattern, path

from luodi.desk.charting import paper_views as charts
from luodi.desk.issued import views

urlpatterns: list[URLPattern] = [
    path("papers/<slug:number>/", views.papers, name="papers"),
    path("papers/<slug:number>/<int:document>/", views.paper, name="paper"),
    path("papers/<slug:number>/<int:document>/withdraw/", views.withdraw, name="paper_withdraw"),
    path("projects/<slug:slug>/charts/", charts.charts, name="charts_sealed"),
    path("projects/<slug:slug>/charts/issue/", charts.chart_seal, name="chart_seal"),
    path("projects/<slug:slug>/charts/<int:document>/withdraw/", charts.chart_withdraw, name="chart_withdraw"),
]
