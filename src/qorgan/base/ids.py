"""Identifiers of records."""

from uuid import UUID

import uuid_utils.compat


def new() -> UUID:
    """A UUIDv7 (RFC 9562): sorts by time, so indexes stay compact; cannot be counted from outside."""
    return uuid_utils.compat.uuid7()
