"""Django's sessions in the database, read by a prepared query: every page of a signed-in person begins with one."""

from __future__ import annotations

from django.apps import apps
from django.contrib.sessions.backends import db
from django.utils import timezone

from nakhon_network.lib.prepared import Prepared, Slot

_LIVE = Prepared(
    lambda: apps.get_model("sessions", "Session").objects.filter(session_key=Slot("key"), expire_date__gt=Slot("now"))
)


class SessionStore(db.SessionStore):
    """The session engine."""

    def _get_session_from_db(self):
        found = _LIVE.first(key=self.session_key, now=timezone.now())
        if found is None:
            self._session_key = None
        return found
