"""Small files beside the segments: what a process must know while the database is away. One JSON object in each."""

import contextlib
import json
import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings


def _path(name: str) -> Path:
    return Path(settings.SPOOL, settings.PROCESS, f"{name}.json")


def read(name: str) -> dict[str, Any]:
    """What stands in one; nothing where it is not there, or is none."""
    try:
        found: dict[str, Any] = json.loads(_path(name).read_bytes())
    except (OSError, ValueError):
        return {}
    return found


def write(name: str, held: dict[str, Any]) -> None:
    """Write one anew, whole or not at all; nothing where no spool is kept here."""
    path = _path(name)
    if not path.parent.is_dir():
        return
    waiting = path.with_name(f".{name}.{secrets.token_hex(4)}")
    with contextlib.suppress(OSError):  # on a disk that has filled, what is known stays as it was
        handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            json.dump(held, file)
        waiting.replace(path)
