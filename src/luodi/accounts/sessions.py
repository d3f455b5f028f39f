"""Sessions in the database, read by one plain statement: every page asks for its own, and building a query costs more."""

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

from luodi.accounts import still

SQL = "SELECT session_data, expire_date FROM django_session WHERE session_key = %s"


class SessionStore(db.SessionStore):
    """Django's own store but for the reading."""

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing, and no key, where there is none or it has expired.  One query at most."""
        held, ends = still.kept(("session", self.session_key), self._held)
        if ends is None or ends <= timezone.now():
            self._session_key = None
            return {}
        return deepcopy(held)

    def _held(self) -> tuple[dict[str, Any], datetime | None]:
        """What stands in the database, and until when; None without any.  One query."""
        with connection.cursor() as cursor:
            cursor.execute(SQL, (self.session_key,))
            row: tuple[str, datetime] | None = cursor.fetchone()
        if row is None:
            return {}, None
        data, ends = row
        return self.decode(data), ends if ends.tzinfo else ends.replace(
            tzinfo=UTC
        )  # SQLite keeps UTC without saying so
