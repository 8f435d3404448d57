"""The sealed journal as lines that need no database to be checked."""

import json
from collections.abc import Collection, Iterator
from typing import Any, TextIO

from django.db import connection

from qorgan.base.journal import offline
from qorgan.base.journal.seal import as_content
from qorgan.base.models import JournalHead, JournalSeal

# Entries that lie before the end of the chain and are no part of it: nobody but a forger puts them there.
_INSERTED = """
    select min(e.id) from base_journalentry e left join base_journalseal s on s.entry_id = e.id
    where s.number is null and (e.xid, e.id) < (
        select last.xid, last.id from base_journalseal l join base_journalentry last on last.id = l.entry_id
        order by l.number desc limit 1
    )
"""


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


def verify(*, trusted: Collection[str] | None = None) -> dict[str, object]:
    """Go along the chain of this place, as `offline.verify` does; an entry put in afterwards breaks it too."""
    checked = offline.verify(lines(), trusted=trusted)
    if checked["holds"]:
        with connection.cursor() as cursor:
            cursor.execute(_INSERTED)
            inserted = cursor.fetchone()[0]
        if inserted is not None:
            checked |= {"holds": False, "broken_at": inserted, "reason": "inserted"}
    return checked
