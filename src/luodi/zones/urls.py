"""Addresses of the registry and of the delegated powers."""

from django.urls import URLPattern, path

from luodi.zones import views

urlpatterns: list[URLPattern] = [
    path("zones/", views.zones, name="zones"),
    path("zones/powers/", views.powers, name="powers"),
    path("zones/powers/delegate/", views.delegate, name="delegate"),
    path("zones/powers/<int:power>/end/", views.take_back, name="take_back"),
]
