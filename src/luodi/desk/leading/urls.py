"""Addresses of supervision."""

from django.urls import URLPattern, path

from luodi.desk.leading import supervision_views as views

urlpatterns: list[URLPattern] = [
    path("orders/", views.orders, name="orders"),
    path("orders/give/", views.give_order, name="give_order"),
    path("orders/<int:order>/done/", views.prove_order, name="prove_order"),
    path("orders/<int:order>/close/", views.close_order, name="close_order"),
    path("visits/", views.visits, name="visits"),
    path("visits/note/", views.note_visit, name="note_visit"),
    path("visits/<int:visit>/solved/", views.solve_visit, name="solve_visit"),
    path("requests/", views.requests, name="requests"),
    path("requests/<int:asked>/answer/", views.answer_request, name="answer_request"),
]
