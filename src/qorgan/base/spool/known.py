"""Which keys of machines were good when the database last answered: digests alone, beside the segments.

While it is away nobody else can say who hands something in. Whatever is accepted on the word of this file is judged
again, against the tables, before it is taken in.
"""

from datetime import datetime, timedelta

from qorgan.base.spool import notes

LIVES = timedelta(days=7)  # since the key was last shown while the database answered


_NAME = "known"


def _read() -> dict[str, list[str]]:
    return notes.read(_NAME)


def note(digest: bytes, *, whose: str, signs_with: bytes, until: datetime, now: datetime) -> None:
    """Keep that a key was good at this moment, once a day, where there is a spool; `until` is its own last moment.

    `signs_with`: the public key by which its machine signs; empty where it signs nothing.
    """
    held = _read()
    known, said = held.get(digest.hex()), [whose, until.isoformat(), now.isoformat(), signs_with.hex()]
    is_same = known is not None and [known[0], known[3:]] == [whose, said[3:]]
    if known and is_same and datetime.fromisoformat(known[2]).date() == now.date():
        return
    held[digest.hex()] = said
    _write({name: said for name, said in held.items() if _lives(said, now=now)})


def forget(digest: bytes) -> None:
    """A key that is no longer good is not known any more."""
    held = _read()
    if held.pop(digest.hex(), None):
        _write(held)


def find(digest: bytes, *, now: datetime) -> tuple[str, bytes] | None:
    """Whose key it is, and what its machine signs with; None where it was not good lately, or its time is over."""
    said = _read().get(digest.hex())
    return (said[0], bytes.fromhex("".join(said[3:]))) if said and _lives(said, now=now) else None


def _lives(said: list[str], *, now: datetime) -> bool:
    return now < min(datetime.fromisoformat(said[1]), datetime.fromisoformat(said[2]) + LIVES)


def _write(held: dict[str, list[str]]) -> None:
    notes.write(_NAME, held)
