"""The WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.config.settings")
application = get_wsgi_application()

from luodi.desk import answers  # noqa: E402 - the desk reads tables, which exist only once Django is set up

answers.warm()
