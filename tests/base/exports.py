"""Exports of a journal that no database ever held: made as the sealer makes them, so that tests can touch them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from qorgan.base import signing
from qorgan.base.journal import chain
from qorgan.base.journal import lines as form

SIGNER = signing.signer(demo=True)
FIRST_DAY = date(2026, 3, 1)


def entry(number: int) -> dict[str, Any]:
    """Some act."""
    return {
        "id": number * 3,
        "at": "2026-03-01T04:05:06.789000+00:00",
        "written_at": "2026-03-01T04:05:06.790000+00:00",
        "kind": "web.case.seen",
        "thing": "case",
        "thing_id": f"01980000-0000-7000-8000-{number:012}",
        "staff_id": "01980000-0000-7000-8000-00000000ab01",
        "mandate_id": "01980000-0000-7000-8000-00000000ab02",
        "process": "staff",
        "detail": {"purpose": "duty", "number": number},
    }


def signed(word: str, claim: dict[str, Any], purpose: str, signer: signing.Signer = SIGNER) -> bytes:
    """The line of a claim."""
    return form.signed(word, claim, signer.sign(signing.canonical(claim), purpose=purpose).as_dict())


def made(days: Sequence[int], *, undated: int = 0, signer: signing.Signer = SIGNER) -> list[bytes]:
    """The lines of an export: so many entries on each day, every day over but the last.

    `undated` entries come first, with a head of the older kind, as in a place that was there before days were.
    """
    found, number, digest, last = [form.FIRST], 0, chain.START, None

    def add(day: date | None) -> None:
        nonlocal number, digest
        number += 1
        covered = chain.covered(number, day, entry(number))
        digest = chain.link(digest, covered)
        found.append(form.link(number, day, covered, digest))

    for _each in range(undated):
        add(None)
    if undated:
        last = FIRST_DAY - timedelta(days=3)
        found.append(signed(form.HEAD, form.head(last, number, digest), form.DAY_BEGUN, signer))
    for place, count in enumerate(days):
        day = FIRST_DAY + timedelta(days=place)
        for _each in range(count):
            add(day)
        if place < len(days) - 1:
            last = day
            found.append(signed(form.HEAD, form.head(day, number, digest), form.DAY_OVER, signer))
    claim = form.end(datetime(2026, 4, 1, tzinfo=UTC), last, number, digest)
    return [*found, signed(form.END, claim, form.EXPORTED, signer)]
