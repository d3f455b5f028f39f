"""Addresses of the public check of documents."""

from django.urls import URLPattern, path

from luodi.portal import verify_views as views

urlpatterns: list[URLPattern] = [
    path("verify/", views.verification, name="verify"),
    path("verify/revoked.json", views.revoked, name="revoked_documents"),
    path("verify/roots.pem", views.trusted, name="trusted_roots"),
    path("verify/<slug:code>/", views.verified, name="verified"),
    path("verify/<slug:code>/file/", views.original, name="verified_file"),
]
