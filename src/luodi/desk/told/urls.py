"""Addresses of notices and calendar feeds."""

from django.urls import URLPattern, path

from luodi.desk.told import feed_views, views

urlpatterns: list[URLPattern] = [
    path("notices/", views.notices, name="notices"),
    path("notices/<int:notice>/", views.open_notice, name="open_notice"),
    path("notices/read/", views.read_notices, name="read_notices"),
    path("notices/channels/", views.notice_channels, name="notice_channels"),
    path("notices/channels/add/", views.add_channel, name="add_channel"),
    path("notices/channels/<int:channel>/", views.change_channel, name="change_channel"),
    path("notices/channels/<int:channel>/off/", views.switch_off_channel, name="switch_off_channel"),
    path("notices/channels/<int:channel>/try/", views.try_channel, name="try_channel"),
    path("notices/deliveries/<int:delivery>/again/", views.send_again, name="send_again"),
    path("notices/feeds/", feed_views.feeds, name="notice_feeds"),
    path("notices/feeds/make/", feed_views.make_feed, name="make_feed"),
    path("notices/feeds/<int:feed>/revoke/", feed_views.revoke_feed, name="revoke_feed"),
    path("feeds/<str:token>.ics", feed_views.feed, name="feed"),
]
