"""The keyed hash that stands for a record in the facts. Only the collector holds the key."""

import hmac
from collections.abc import Iterable
from uuid import UUID

LENGTH = 16


class NoKey(RuntimeError):
    """This process does not hold the links key."""


def link(key: bytes, thing: str, record: UUID) -> bytes:
    """HMAC-SHA256 of kind and id, 16 bytes. Raises NoKey where the process holds none: an empty key hides nothing."""
    if len(key) < 32:
        raise NoKey("facts and records can be linked by the collector only")
    return hmac.digest(key, f"{thing}:{record}".encode(), "sha256")[:LENGTH]


def resolve(key: bytes, thing: str, links: Iterable[bytes], candidates: Iterable[UUID]) -> list[UUID]:
    """Those of `candidates` that `links` stand for, in their order."""
    wanted = {bytes(each) for each in links}
    return [record for record in candidates if link(key, thing, record) in wanted]
