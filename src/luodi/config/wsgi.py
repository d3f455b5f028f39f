"""The WSGI application.  It answers at once; what takes a worker a second the first time is made ready beside that."""

import gc
import importlib
import os
from threading import Timer

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.config.settings")
application = get_wsgi_application()


def make_ready() -> None:
    """Plan a packaged sample; load the interface and the libraries of the seal, so that no visitor waits for them.

    What is there then stays as long as the worker: the collector of garbage need not go through it in the middle of an act.
    """
    importlib.import_module("luodi.desk.charting.answers").warm()
    for heavy in ("luodi.config.interface_urls", "luodi.papers.sealing", "luodi.papers.verifying"):
        importlib.import_module(heavy)
    gc.collect()
    gc.freeze()


preparing = Timer(1.5, make_ready)  # the first page goes before
preparing.daemon = True
preparing.start()
