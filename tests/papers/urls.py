"""The addresses of the room while the root does not include them."""

from django.urls import include, path

from luodi.config.urls import urlpatterns as root

urlpatterns = [path("", include("luodi.portal.verify_urls")), path("", include("luodi.desk.paper_urls")), *root]
