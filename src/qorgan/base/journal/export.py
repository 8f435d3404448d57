"""The sealed journal as lines that need no database to be checked."""

from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Self

from django.db import connection, transaction

from qorgan.base import signing
from qorgan.base.journal import chain, offline, rows
from qorgan.base.journal import lines as form
from qorgan.base.journal.seal import covered
from qorgan.base.models import JournalHead, JournalSeal
from qorgan.base.scope import Actor

# Entries that lie before the end of the chain and are no part of it: nobody but a forger puts them there.
_INSERTED = """
    select min(e.id) from base_journalentry e left join base_journalseal s on s.entry_id = e.id
    where s.number is null and (e.xid, e.id) < (
        select last.xid, last.id from base_journalseal l join base_journalentry last on last.id = l.entry_id
        order by l.number desc limit 1
    )
"""


@dataclass(frozen=True)
class _Extent:
    """What an export holds: the links up to the last, and the heads among them."""

    last: JournalSeal | None
    heads: list[JournalHead]

    @classmethod
    def now(cls) -> Self:
        """All there is. Sealing goes on meanwhile, and a link must not come along without the heads before it."""
        number = JournalSeal.objects.order_by("-number").values_list("number", flat=True).first() or 0
        heads = list(JournalHead.objects.order_by("number", "day"))
        number = max([number, *(held.number for held in heads)])
        return cls(JournalSeal.objects.filter(number__lte=number).order_by("-number").first(), heads)

    def lines(self) -> Iterator[bytes]:
        """Each link with its entry, the heads at their places."""
        yield form.FIRST
        heads = deque(self.heads)
        links = JournalSeal.objects.filter(number__lte=self.last.number if self.last else 0)
        for held in links.select_related("entry").order_by("number").iterator(chunk_size=2000):
            while heads and heads[0].number < held.number:
                yield head(heads.popleft())
            yield form.link(held.number, held.day, covered(held), bytes(held.digest))
        yield from map(head, heads)

    def end(self, *, at: datetime, signer: signing.Signer) -> bytes:
        """The signed end."""
        number, digest = (self.last.number, bytes(self.last.digest)) if self.last else (0, chain.START)
        claim = form.end(at, self.heads[-1].day if self.heads else None, number, digest)
        return form.signed(form.END, claim, signer.sign(signing.canonical(claim), purpose=form.EXPORTED).as_dict())


def head(held: JournalHead) -> bytes:
    """The line of a signed head."""
    return form.signed(form.HEAD, form.head(held.day, held.number, bytes(held.digest)), held.signature)


def write(target: BinaryIO, *, signer: signing.Signer, by: Actor, now: datetime) -> int:
    """Write the sealed journal out, ended by a signed line; how many entries there are.

    That it was exported is written down before the first line leaves, in a transaction of its own: one that stayed
    open while all is read would hold the sealer back.
    """
    with transaction.atomic():
        extent = _Extent.now()
        count = extent.last.number if extent.last else 0
        rows.write(kind="base.journal.exported", by=by, now=now, thing="journal", detail={"entries": count})
    with transaction.atomic():
        target.writelines(extent.lines())
    target.write(extent.end(at=now, signer=signer))
    return count


def verify(*, trusted: Collection[str] | None = None, keep: Collection[offline.Kept] = ()) -> dict[str, object]:
    """Go along the chain of this place, as `offline.verify` does; an entry put in afterwards breaks it too."""
    checked = offline.verify(_Extent.now().lines(), trusted=trusted, keep=keep, has_end=False)
    if checked["holds"]:
        with connection.cursor() as cursor:
            cursor.execute(_INSERTED)
            inserted = cursor.fetchone()[0]
        if inserted is not None:
            checked |= {"holds": False, "broken_at": inserted, "reason": "inserted"}
    return checked
