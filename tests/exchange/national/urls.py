"""The site with the pages of the national exchange, until the root addresses include them."""

from luodi.config import urls
from luodi.desk.doors.national_urls import urlpatterns as ours

urlpatterns = [*ours, *urls.urlpatterns]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
