"""Open duties for a calendar on a telephone (RFC 5545): what and by when, never about whom."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from qorgan.web.duties.rows import Row

_OCTETS = 75  # a line of the format is folded after that many


def calendar(rows: Iterable[Row], *, now: datetime) -> bytes:
    """The file. Rows without a term have no moment and are left out."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Qorgan//duties//", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{_text(_('Duties'))}")
    for row in rows:
        if row.duty.due_at is not None:
            lines += _event(row, row.duty.due_at, now)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(row: Row, due: datetime, now: datetime) -> list[str]:
    title = f"{row.what} · {row.number}" if row.number else row.what
    return [
        "BEGIN:VEVENT",
        f"UID:{row.duty.id}@qorgan",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART:{due.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"SUMMARY:{_text(title)}",
        f"DESCRIPTION:{_text(row.provision.words)}",
        "CLASS:CONFIDENTIAL",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(words: str) -> str:
    for sign in ("\\", ";", ","):
        words = words.replace(sign, f"\\{sign}")
    return words.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """The line with its end; a long one goes on after a line end and a space, never inside a letter."""
    parts, held, room = [], b"", _OCTETS
    for letter in line:
        octets = letter.encode()
        if len(held) + len(octets) > room:
            parts.append(held)
            held, room = b"", _OCTETS - 1
        held += octets
    return b"\r\n ".join([*parts, held]) + b"\r\n"
