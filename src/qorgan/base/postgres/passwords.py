"""Passwords of the database logins: random, in one file that only its owner reads."""

import secrets
import time
from pathlib import Path

from qorgan.base.postgres import locks
from qorgan.base.postgres.errors import refusal_for
from qorgan.base.postgres.home import Papers, home, make_home, read_json, write_json


def password(login: str, place: Path | None = None) -> str:
    """The password of a login of the home at `place`; made at the first question, the same ever after."""
    folder = (place or home()).resolve()
    file = Papers(folder).secrets / "passwords.json"
    known = read_json(file)
    if login in known:
        return str(known[login])
    try:
        make_home(folder)
        with locks.alone(Papers(folder).secrets / "lock", deadline=time.monotonic() + 10):
            known = read_json(file)
            if login not in known:
                known[login] = secrets.token_urlsafe(24)
                write_json(file, known)
    except OSError as error:
        raise refusal_for(error, folder) from error
    return str(known[login])


def logins(place: Path | None = None) -> list[str]:
    """The logins that have a password, in order."""
    return sorted(read_json(Papers(place or home()).secrets / "passwords.json"))
