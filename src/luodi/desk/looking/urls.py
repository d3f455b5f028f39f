"""Addresses: pages of looking things up: one search box, kept views, acts on many rows."""

from django.urls import URLPattern, path

from luodi.desk.looking import colleague_views, kept_views, many_views, views

urlpatterns: list[URLPattern] = [
    path("search/", views.search, name="search"),
    path("search/box/", views.palette, name="palette"),
    path("colleagues/<int:post>/", colleague_views.colleague, name="colleague"),
    path("views/<slug:kind>/", kept_views.views_of, name="views_of"),
    path("views/<slug:kind>/keep/", kept_views.keep, name="view_keep"),
    path("views/<int:view>/change/", kept_views.change, name="view_change"),
    path("many/<slug:verb>/", many_views.preview, name="many"),
    path("many/<slug:verb>/begin/", many_views.begin, name="many_begin"),
    path("many/jobs/<int:job>/", many_views.job, name="many_job"),
    path("many/jobs/<int:job>/undo/", many_views.undo, name="many_undo"),
]
