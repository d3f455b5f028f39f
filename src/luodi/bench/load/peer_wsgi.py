"""The server of the list row: our pages, and beside them the same list done the default way and a bare view."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.config.settings")
settings.ROOT_URLCONF = "luodi.bench.load.peer_urls"
application = get_wsgi_application()

from luodi.desk.charting import answers  # noqa: E402 - the desk reads tables, which exist only once Django is set up

answers.warm()
