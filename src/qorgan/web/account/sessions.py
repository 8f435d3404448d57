"""Sessions, sealed, in rows that know only a digest of what the browser holds.

Sealed, since the secret of a second factor waits in the session while it is set up. A digest, since whoever copied the
table would else come in by its keys, with nothing to unseal.
"""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as Stored

from qorgan.agencies.models import Session
from qorgan.base import clock
from qorgan.base.spool import ended
from qorgan.web.account import sealing

_AT = "sessions.session"
_USER = "_auth_user_id"  # Django's own name in the session


def kept(session_key: str | None) -> str:
    """The key of the row of a session."""
    return hashlib.sha256((session_key or "").encode()).hexdigest()


def named(row: str) -> str:
    """What a session is called in a pass and where it is noted that it ended: not the key of its row.

    Whoever copied the table finds nothing of a pass in it.
    """
    return hashlib.sha256(b"pass\0" + row.encode()).hexdigest()


class SessionStore(Stored):
    """Django's sessions in our table, each row sealed. `seen_at` is when the session was last seen, if it was."""

    seen_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Where the rows lie."""
        return Session

    def encode(self, session_dict: dict[str, Any]) -> str:
        """What goes into the row."""
        return sealing.seal(json.dumps(session_dict, separators=(",", ":")), at=_AT)

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """What the row holds; nothing, so that its owner signs in again, where it was not written here."""
        try:
            held: dict[str, Any] = json.loads(sealing.unseal(str(session_data), at=_AT))
            return held
        except ValueError:
            return {}

    def exists(self, session_key: str) -> bool:
        """Whether there is such a session."""
        return super().exists(kept(session_key))

    def delete(self, session_key: str | None = None) -> None:
        """End a session, this one where none is named."""
        wanted = session_key or self.session_key
        if wanted is not None:
            super().delete(kept(wanted))

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row as it is written."""
        return Session(
            session_key=kept(self.session_key),
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            staff_id=data.get(_USER),
        )

    def _get_session_from_db(self) -> Session | None:
        held = Session.objects.filter(session_key=kept(self.session_key), expire_date__gt=clock.now()).first()
        if held is None or ended.is_ended(named(held.session_key)):  # signed out while the database was away
            self._session_key = None
            return None
        self.seen_at = held.seen_at
        return held
