"""Addresses of issued documents."""

from django.urls import URLPattern, path

from luodi.desk import paper_views as views

urlpatterns: list[URLPattern] = [
    path("papers/<slug:number>/", views.papers, name="papers"),
    path("papers/<slug:number>/<int:document>/", views.paper, name="paper"),
    path("papers/<slug:number>/<int:document>/withdraw/", views.withdraw, name="paper_withdraw"),
]
