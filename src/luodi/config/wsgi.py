"""The WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

from luodi.desk import answers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.config.settings")
application = get_wsgi_application()

answers.warm()
