"""Addresses of ledgers in and out."""

from django.urls import URLPattern, path

from luodi.desk.doors import list_files, sheet_views

urlpatterns: list[URLPattern] = [
    path("sheets/", sheet_views.sheets, name="sheets"),
    path("sheets/blank/<slug:kind>/", sheet_views.blank_file, name="sheet_blank"),
    path("sheets/list/<slug:kind>/", list_files.list_file, name="list_file"),
    path("sheets/<int:sheet>/", sheet_views.sheet, name="sheet"),
    path("sheets/<int:sheet>/columns/", sheet_views.columns, name="sheet_columns"),
    path("sheets/<int:sheet>/take/", sheet_views.take, name="sheet_take"),
    path("sheets/<int:sheet>/back/", sheet_views.back, name="sheet_back"),
    path("sheets/<int:sheet>/returned/", sheet_views.returned, name="sheet_returned"),
]
