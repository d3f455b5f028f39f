"""Root addresses."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from luodi.config import health
from luodi.config.interface import Later

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("luodi.desk.urls")),  # first: asked most often
    path("language/", set_language, name="language"),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("", include("luodi.accounts.urls")),
    path("", include("luodi.zones.urls")),
    path("", include("luodi.portal.verify_urls")),
    path("", include("luodi.portal.form_urls")),
    path("", include("luodi.portal.urls")),
    path("", include("luodi.desk.pipeline.urls")),
    path("", include("luodi.desk.dealing.urls")),
    path("", include("luodi.desk.entering.urls")),
    path("", include("luodi.desk.supplying.urls")),
    path("", include("luodi.desk.results.urls")),
    path("", include("luodi.desk.region.urls")),
    path("", include("luodi.desk.looking.urls")),
    path("", include("luodi.api.urls")),
    Later("api/v1/", app_name="ninja", namespace="api-1"),
]

handler400 = "luodi.desk.errors.bad_request"
handler403 = "luodi.desk.errors.denied"
handler404 = "luodi.desk.errors.not_found"
handler500 = "luodi.desk.errors.broken"
