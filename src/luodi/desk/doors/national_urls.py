"""Addresses of the national exchange."""

from django.urls import URLPattern, path

from luodi.desk.doors import national_views as views

urlpatterns: list[URLPattern] = [
    path("exchange/national/", views.national, name="national"),
    path("exchange/national/resend/", views.national_resend, name="national_resend"),
]
