"""Our addresses, and the peer's two."""

from django.urls import URLPattern, URLResolver, include, path

from luodi.bench.load import peer

urlpatterns: list[URLPattern | URLResolver] = [
    path("bench/bare/", peer.bare, name="bench_bare"),
    path("bench/list/", peer.cases, name="bench_list"),
    path("", include("luodi.config.urls")),
]
