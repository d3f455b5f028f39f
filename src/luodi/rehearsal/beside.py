"""A process beside the one that was started.  Imports nothing that needs Django: it is what sets Django up there."""

import signal

import django


def awake() -> None:
    """Begin; those who write to SQLite wait for each other for as long as a zone takes.

    Ctrl-C is for the process that was started: the zone in hand is finished, and nothing of it is lost.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    django.setup()
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 120000")
