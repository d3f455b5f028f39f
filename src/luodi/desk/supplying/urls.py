"""Addresses: pages of the factor board, utility nodes and power."""

from django.urls import URLPattern, path

from luodi.desk.supplying import acts, board_views, money_views, node_views, power_views, views

urlpatterns: list[URLPattern] = [
    path("factors/", board_views.board, name="factor_board"),
    path("factors/power/", power_views.power, name="factor_power"),
    path("factors/nodes/", node_views.nodes, name="factor_nodes"),
    path("factors/nodes/open/", node_views.open_node, name="factor_node_open"),
    path("factors/nodes/place/", node_views.place_node, name="factor_node_place"),
    path("factors/money/", money_views.money, name="factor_money"),
    path("factors/money/<int:tranche>/draw/", money_views.draw, name="factor_draw"),
    path("factors/requests/<int:asked>/", views.request_page, name="factor_request"),
    path("factors/requests/<int:asked>/answer/", acts.answer, name="factor_answer"),
    path("factors/requests/<int:asked>/record/", acts.record, name="factor_record"),
    path("projects/<slug:slug>/factors/", views.project_factors, name="factors_of_project"),
    path("projects/<slug:slug>/factors/ask/", acts.ask, name="factor_ask"),
    path("projects/<slug:slug>/factors/money/", money_views.grant, name="factor_grant"),
]
