"""Messages as files of a folder: a courier's tray, and the way out of a demonstration."""

import os
import re
from pathlib import Path

from qorgan.base import postgres


def tray() -> Path:
    """The folder messages are laid into: `QORGAN_TRAY`, else `tray` in the home of the deployment."""
    return Path(os.environ.get("QORGAN_TRAY", "") or postgres.home() / "tray")


def send(address: str, words: str, reference: str) -> None:
    """Lay one message down, whole or not at all; the same reference replaces itself."""
    folder = tray()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = re.sub(r"[^0-9A-Za-z-]", "", reference)
    draft = folder / f".{name}.part"
    draft.write_text(f"{address}\n\n{words}\n", encoding="utf-8")
    draft.chmod(0o600)
    draft.replace(folder / f"{name}.txt")
