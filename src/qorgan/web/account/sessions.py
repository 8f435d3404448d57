"""Sessions, sealed: while a second factor is being set up, its secret waits in the session."""

import json
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as Stored

from qorgan.web.account import sealing

_AT = "sessions.session"


class SessionStore(Stored):
    """Django's sessions in the database, each row sealed."""

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
