"""What the launcher says when it cannot go on: always one sentence a person can act on."""

import errno
from pathlib import Path


class LauncherRefused(RuntimeError):
    """PostgreSQL cannot be started here; the text says why and what to do."""


def refusal_for(error: OSError, home: Path) -> LauncherRefused:
    """Turn an error of the operating system into a sentence about the home or the disk."""
    place = error.filename or home
    if error.errno == errno.EROFS:
        return LauncherRefused(
            f"{place} is on a read-only disk: set QORGAN_HOME to a folder that can be written, for example "
            "QORGAN_HOME=$HOME/qorgan"
        )
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return LauncherRefused(f"The disk that holds {home} is full: free some space and run the command again.")
    if error.errno in (errno.EACCES, errno.EPERM):
        return LauncherRefused(
            f"{place} may not be written by this user: set QORGAN_HOME to a folder of your own, or run as its owner."
        )
    return LauncherRefused(f"PostgreSQL cannot be prepared in {home}: {error.strerror or error} ({place})")


_MEANINGS = (
    (
        "No space left on device",
        "The disk that holds {data} is full: free some space and run the command again.",
    ),
    (
        "Disk quota exceeded",
        "The disk quota of {data} is used up: free some space and run the command again.",
    ),
    (
        "Cannot allocate memory",
        "There is not enough memory to start PostgreSQL for {data}.",
    ),
    (
        "Read-only file system",
        "{data} is on a read-only disk: set QORGAN_HOME to a folder that can be written.",
    ),
    (
        "incompatible with server",
        "{data} was written by another version of PostgreSQL: see {log}.",
    ),
)


def explain(words: str, *, data: Path, log: Path) -> str:
    """One sentence for the last words of a server or of initdb; what is not recognised is quoted."""
    for mark, sentence in _MEANINGS:
        if mark in words:
            return sentence.format(data=data, log=log)
    last = " | ".join(line.strip() for line in words.strip().splitlines()[-4:])
    return f"PostgreSQL did not start; the last lines of {log}: {last or '(empty)'}"
