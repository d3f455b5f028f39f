"""Sessions in the database, read by one plain statement: every page asks for its own, and building a query costs more."""

from datetime import UTC
from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

SQL = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """Django's own store but for the reading."""

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing, and no key, where there is none or it has expired.  One query."""
        now = timezone.now()
        moment = str(now.astimezone(UTC).replace(tzinfo=None)) if connection.vendor == "sqlite" else now
        with connection.cursor() as cursor:
            cursor.execute(SQL, (self.session_key, moment))
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        found: dict[str, Any] = self.decode(row[0])
        return found
