"""The sealed journal as lines that need no database to be checked."""

import json
from collections.abc import Iterator
from typing import Any, TextIO

from qorgan.base.journal.seal import as_content
from qorgan.base.models import JournalHead, JournalSeal


def lines() -> Iterator[dict[str, Any]]:
    """Each link with its entry, the first first, then the signed heads. Runs inside the caller's transaction."""
    links = JournalSeal.objects.select_related("entry").order_by("number")
    for held in links.iterator(chunk_size=2000):
        yield {"number": held.number, "digest": bytes(held.digest).hex(), "entry": as_content(held.entry)}
    for head in JournalHead.objects.order_by("day"):
        yield {
            "head": {"day": head.day.isoformat(), "number": head.number, "digest": bytes(head.digest).hex()},
            "signature": head.signature,
        }


def write(target: TextIO) -> int:
    """Write the lines; how many entries there were."""
    count = 0
    for line in lines():
        target.write(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n")
        count += "entry" in line
    return count
