"""Addresses of casework: inbox, cases, boards, the wall by unit, offers of a new plan."""

from django.urls import URLPattern, path

from luodi.desk.casework import board_views, bulk_views, inbox_views, offer_views, views
from luodi.desk.leading import unit_views

urlpatterns: list[URLPattern] = [
    path("inbox/", inbox_views.inbox, name="inbox"),
    path("inbox/rows/", inbox_views.inbox_rows, name="inbox_rows"),
    path("inbox/bulk/", bulk_views.preview, name="bulk"),
    path("inbox/bulk/<slug:verb>/", bulk_views.do, name="bulk_do"),
    path("cases/<slug:number>/", views.case, name="case"),
    path("cases/<slug:number>/side/", inbox_views.side, name="case_side"),
    path("cases/<slug:number>/<slug:verb>/", views.act, name="case_act"),
    path("board/", board_views.boards, name="board"),
    path("projects/<slug:slug>/board/", board_views.board, name="project_board"),
    path("projects/<slug:slug>/board/now/", board_views.board_now, name="board_now"),
    path("projects/<slug:slug>/dispatch/", board_views.dispatch, name="dispatch"),
    path("projects/<slug:slug>/done/<slug:matter>/", board_views.own_done, name="own_done"),
    path("projects/<slug:slug>/offers/<int:offer>/<slug:verb>/", offer_views.decide, name="offer"),
    path("wall/", unit_views.wall, name="unit_chart"),
    path("wall/now/", unit_views.wall_now, name="unit_chart_now"),
]
