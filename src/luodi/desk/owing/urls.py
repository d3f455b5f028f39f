"""Addresses of what is owed, of stops of works, of the calendar of working days and of the record."""

from django.urls import URLPattern, path

from luodi.desk.looking.kept_views import opens_usual
from luodi.desk.owing import halt_views
from luodi.desk.owing import views as debt_views
from luodi.desk.recorded import views as record_views
from luodi.desk.workdays import views

urlpatterns: list[URLPattern] = [
    path("debts/", opens_usual("debts")(debt_views.debts), name="debts"),
    path("debts/<int:debt>/", debt_views.debt, name="debt"),
    path("debts/<int:debt>/<slug:verb>/", debt_views.debt_act, name="debt_act"),
    path("projects/<slug:slug>/debts/", debt_views.project_debts, name="project_debts"),
    path("projects/<slug:slug>/letters/", debt_views.issue_letter, name="issue_letter"),
    path("halts/", opens_usual("halts")(halt_views.halts), name="halts"),
    path("halts/<int:halt>/", halt_views.halt, name="halt"),
    path("halts/<int:halt>/<slug:verb>/", halt_views.halt_act, name="halt_act"),
    path("projects/<slug:slug>/halts/", halt_views.project_halts, name="project_halts"),
    path("projects/<slug:slug>/halts/found/", halt_views.find, name="halt_found"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/notice/", views.preview_notice, name="calendar_notice"),
    path("calendar/day/", views.preview_day, name="calendar_day"),
    path("calendar/confirm/", views.confirm, name="calendar_confirm"),
    path("projects/<slug:slug>/record/", record_views.record, name="record"),
    path("projects/<slug:slug>/record/<int:seq>/", record_views.record_entry, name="record_entry"),
    path("projects/<slug:slug>/record/checkpoint/", record_views.record_checkpoint, name="record_checkpoint"),
    path("zones/<slug:zone>/record/", record_views.zone_record, name="zone_record"),
    path("zones/<slug:zone>/record/checkpoint/", record_views.zone_checkpoint, name="zone_checkpoint"),
    path("audit/projects/<slug:slug>/", record_views.audited, name="record_audited"),
    path("audit/projects/<slug:slug>/<int:seq>/", record_views.audited_entry, name="record_audited_entry"),
    path("audit/projects/<slug:slug>/checkpoint/", record_views.audited_checkpoint, name="record_audited_checkpoint"),
    path("audit/projects/<slug:slug>/export/", record_views.export, name="record_export"),
]
