"""The keyed hash that stands for a record in the facts. Only the collector holds the key."""

import hmac
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeVar
from uuid import UUID

LENGTH = 16
Record = TypeVar("Record", UUID, int)


class NoKey(RuntimeError):
    """This process does not hold the links key."""


def link(key: bytes, thing: str, record: UUID | str | int) -> bytes:
    """HMAC-SHA256 of kind and id, 16 bytes. An id may be the text of a UUID in small letters.

    Raises NoKey where the process holds none: an empty key hides nothing.
    """
    begun = _begun(key).copy()
    begun.update(f"{thing}:{record}".encode())
    return begun.digest()[:LENGTH]


@lru_cache(maxsize=2)
def _begun(key: bytes) -> hmac.HMAC:
    """The hash with the key taken in: beginning it anew each time takes three times as long."""
    if len(key) < 32:
        raise NoKey("facts and records can be linked by the collector only")
    return hmac.new(key, digestmod="sha256")


def resolve(key: bytes, thing: str, links: Iterable[bytes], candidates: Iterable[Record]) -> list[Record]:
    """Those of `candidates` that `links` stand for, in their order."""
    wanted = {bytes(each) for each in links}
    return [record for record in candidates if link(key, thing, record) in wanted]
