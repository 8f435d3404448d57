"""Instruments that are kept word for word: at their first use, or when an authorised agency loads one."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from qorgan.base import ids, journal
from qorgan.base.scope import Actor
from qorgan.risk import access, queries, rules
from qorgan.risk.engine import instrument as data
from qorgan.risk.engine.answers import Faulty
from qorgan.risk.engine.instrument import Instrument
from qorgan.risk.models import Kept
from qorgan.risk.terms import Origin


@dataclass(frozen=True)
class Evidence:
    """The right to a text: the licence in words, the document that shows it, by name and content."""

    licence: str
    name: str
    content: bytes = field(repr=False)


@transaction.atomic
def import_instrument(*, table: Mapping[str, Any], evidence: Evidence, by: Actor, now: datetime) -> Kept:
    """Keep an instrument from a pack, with what shows the right to its text. The same pack again changes nothing.

    Of the document its name and SHA-256 are kept; the document itself stays with whoever loads the pack. Raises
    NotAllowed, FaultyInstrument, NoText, NoEvidence, UnknownTerm, InstrumentChanged.
    """
    access.check_may(by, access.IMPORT)
    try:
        made = data.bind(table)
    except Faulty as fault:
        raise rules.FaultyInstrument(why=str(fault)) from fault
    rules.check_importable(made, licence=evidence.licence, evidence=evidence.content)
    if unknown := queries.unknown_terms(made):
        raise rules.UnknownTerm(key=unknown[0])
    theirs = [one for one in queries.shipped() if (one.code, one.version) == (made.code, made.version)]
    if any(one.content_hash != made.content_hash for one in theirs):
        raise rules.InstrumentChanged(code=made.code, version=made.version)
    return keep(made, content=data.plain(table), origin=Origin.IMPORTED, evidence=evidence, by=by, now=now)


def keep(
    made: Instrument,
    *,
    content: dict[str, Any],
    origin: Origin,
    by: Actor,
    now: datetime,
    evidence: Evidence | None = None,
) -> Kept:
    """The row of this version, made if there is none. Raises InstrumentChanged where it is another text."""
    shown = evidence or Evidence("", "", b"")
    row, is_new = Kept.objects.get_or_create(
        code=made.code,
        version=made.version,
        defaults={
            "id": ids.new(),
            "content_hash": made.content_hash,
            "content": content,
            "origin": origin,
            "licence": shown.licence.strip(),
            "evidence": shown.name,
            "evidence_hash": hashlib.sha256(shown.content).hexdigest() if shown.content else "",
            "kept_at": now,
            "kept_by": by.staff,
        },
    )
    if row.content_hash != made.content_hash:
        raise rules.InstrumentChanged(code=made.code, version=made.version)
    if is_new:
        detail = {"code": made.code, "version": made.version, "hash": made.content_hash, "origin": str(origin)}
        journal.write(kind="risk.instrument.kept", thing="instrument", thing_id=row.id, by=by, now=now, detail=detail)
    return row
