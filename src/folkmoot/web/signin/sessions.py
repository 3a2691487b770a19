"""Sessions in the database, under the hash of their key: a backup that leaks holds no cookie that works."""

import hashlib
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from folkmoot.members.prepared import prepared

_COLUMN = 40  # characters, of which each is half a byte: 160 bits of the hash


class SessionStore(DatabaseSessions):
    """Django's own, except that the row does not hold what the cookie holds."""

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        found = next(iter(_running(kept_as(self.session_key or ""), timezone.now())), None)
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        """Say whether there is a session with this key."""
        return bool(self.model.objects.filter(session_key=kept_as(session_key)).exists())

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """Return the row for `data`."""
        row = super().create_model_instance(data)
        row.session_key = kept_as(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Delete the session with this key, or this one."""
        key = session_key or self.session_key
        if key:
            self.model.objects.filter(session_key=kept_as(key)).delete()


def kept_as(session_key: str) -> str:
    """Return what the database holds in place of a session's key."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:_COLUMN]


@prepared
def _running(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)
