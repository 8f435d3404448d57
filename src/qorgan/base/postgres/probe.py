"""Asks a server whether it takes connections: the first two messages of its protocol, without a driver."""

import enum
import socket
import struct
from pathlib import Path

_VERSION_3 = 196608
_STARTING_OR_STOPPING = b"C57P03\0"


class Answer(enum.Enum):
    """What came back: nobody there; a server on its way up or down; a server that takes connections."""

    NOBODY = "nobody"
    BUSY = "busy"
    READY = "ready"


def ask(path: Path, *, wait: float = 1.0) -> Answer:
    """Knock at the socket file as the superuser would; a refusal of the login also proves a living server."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(wait)
        try:
            line.connect(str(path))
            words = b"user\0postgres\0database\0postgres\0application_name\0qorgan-launcher\0\0"
            line.sendall(struct.pack("!II", len(words) + 8, _VERSION_3) + words)
            first = line.recv(1024)
        except TimeoutError:
            return Answer.BUSY
        except OSError:
            return Answer.NOBODY
        if first[:1] == b"E":
            return Answer.BUSY if _STARTING_OR_STOPPING in first else Answer.READY
        if first[:1] != b"R":
            return Answer.NOBODY
        _take_leave(line)
        return Answer.READY


def _take_leave(line: socket.socket) -> None:
    """Say goodbye and hear the other side out, so that its log stays free of broken connections."""
    try:
        line.sendall(b"X\0\0\0\x04")
        while line.recv(4096):
            pass
    except OSError:
        pass
