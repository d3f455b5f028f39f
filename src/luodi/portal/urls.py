"""Addresses of the portal."""

from django.urls import URLPattern, path

from luodi.portal import promise_views, views

urlpatterns: list[URLPattern] = [
    path("my/", views.tracker, name="tracker"),
    path("my/<slug:slug>/", views.tracked, name="tracked"),
    path("my/<slug:slug>/promises/", promise_views.own_promises, name="own_promises"),
    path("my/<slug:slug>/ask/", views.ask, name="ask"),
    path("my/<slug:slug>/rate/", views.rate, name="rate"),
]
