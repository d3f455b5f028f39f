"""Addresses of the one form."""

from django.urls import URLPattern, path

from luodi.portal import form_paper_views as papers
from luodi.portal import form_send_views as sending
from luodi.portal import form_views as views

urlpatterns: list[URLPattern] = [
    path("forms/", views.forms, name="forms"),
    path("forms/new/", views.begin, name="form_begin"),
    path("forms/<slug:slug>/", views.form, name="form"),
    path("forms/<slug:slug>/<int:page>/", views.form_page, name="form_page"),
    path("forms/<slug:slug>/save/", views.form_save, name="form_save"),
    path("forms/<slug:slug>/check/", sending.form_check, name="form_check"),
    path("forms/<slug:slug>/confirm/", sending.form_confirm, name="form_confirm"),
    path("forms/<slug:slug>/mandate/", sending.form_mandate, name="form_mandate"),
    path("forms/<slug:slug>/phase/", sending.form_phase, name="form_phase"),
    path("forms/<slug:slug>/papers/", papers.form_papers, name="form_papers"),
    path("forms/<slug:slug>/papers/remove/", papers.form_paper_removed, name="form_paper_removed"),
    path("forms/<slug:slug>/papers/<int:paper>/", papers.form_paper, name="form_paper"),
    path("forms/<slug:slug>/applications/<slug:matter>/", papers.form_application, name="form_application"),
]
