"""Addresses: pages of entry reviews, the five fronts, stage gates and task forces."""

from django.urls import URLPattern, path

from luodi.desk.entering import entry_acts, entry_views, file_views, force_acts, force_views, front_views, opinion_views

urlpatterns: list[URLPattern] = [
    path("projects/<slug:slug>/entry/", entry_views.entry, name="entry"),
    path("projects/<slug:slug>/entry/open/", entry_acts.open_review, name="entry_open"),
    path("projects/<slug:slug>/entry/experts/", entry_acts.ask_expert, name="entry_expert"),
    path("entry/", entry_views.waiting, name="entry_waiting"),
    path("entry/asked/<int:asked>/opinion/", entry_acts.give_opinion, name="entry_opine"),
    path("entry/asked/<int:asked>/link/", entry_acts.renew_link, name="entry_renew"),
    path("entry/links/<int:link>/revoke/", entry_acts.revoke_link, name="entry_revoke"),
    path("entry/files/<int:file>/", file_views.file, name="entry_file"),
    path("opinion/<str:token>/", opinion_views.opinion, name="opinion"),
    path("projects/<slug:slug>/fronts/", front_views.fronts, name="fronts"),
    path("projects/<slug:slug>/fronts/<str:key>/<slug:verb>/", front_views.step, name="front_step"),
    path("projects/<slug:slug>/force/", force_views.force, name="force"),
    path("projects/<slug:slug>/force/found/", force_acts.found_force, name="force_found"),
    path("force/<int:force>/join/", force_acts.join, name="force_join"),
    path("force/<int:force>/duty/", force_acts.roster, name="force_duty"),
    path("force/<int:force>/services/", force_acts.ask_service, name="force_ask"),
    path("force/<int:force>/log/", force_acts.write_log, name="force_log"),
    path("force/<int:force>/end/", force_acts.move_end, name="force_end"),
    path("force/members/<int:member>/leave/", force_acts.leave, name="force_leave"),
    path("force/<int:force>/duty/change/", force_acts.change_duty, name="force_duty_change"),
    path("force/services/<int:service>/answer/", force_acts.answer_service, name="force_answer"),
    path("force/log/<int:log>/solved/", force_acts.close_log, name="force_solved"),
]
