"""Addresses of notices and calendar feeds."""

from django.urls import URLPattern, path

from luodi.desk import feed_views, notice_views

urlpatterns: list[URLPattern] = [
    path("notices/", notice_views.notices, name="notices"),
    path("notices/<int:notice>/", notice_views.open_notice, name="open_notice"),
    path("notices/read/", notice_views.read_notices, name="read_notices"),
    path("notices/channels/", notice_views.notice_channels, name="notice_channels"),
    path("notices/channels/add/", notice_views.add_channel, name="add_channel"),
    path("notices/channels/<int:channel>/", notice_views.change_channel, name="change_channel"),
    path("notices/channels/<int:channel>/off/", notice_views.switch_off_channel, name="switch_off_channel"),
    path("notices/channels/<int:channel>/try/", notice_views.try_channel, name="try_channel"),
    path("notices/deliveries/<int:delivery>/again/", notice_views.send_again, name="send_again"),
    path("notices/feeds/", feed_views.feeds, name="notice_feeds"),
    path("notices/feeds/make/", feed_views.make_feed, name="make_feed"),
    path("notices/feeds/<int:feed>/revoke/", feed_views.revoke_feed, name="revoke_feed"),
    path("feeds/<str:token>.ics", feed_views.feed, name="feed"),
]
