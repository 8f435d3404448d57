"""Freezing figures for good."""

from datetime import datetime

from django.db import connection, transaction

from qorgan.base import ids, journal
from qorgan.base.scope import Actor
from qorgan.base.signing import Signer
from qorgan.indicators.engine.periods import Period
from qorgan.indicators.engines import POSTGRES, Engine
from qorgan.indicators.rules import period_of
from qorgan.releases import queries
from qorgan.releases.access import BUILD, check_may
from qorgan.releases.engine import compose
from qorgan.releases.engine import verify as checking
from qorgan.releases.engine.audit import Disclosed
from qorgan.releases.engine.box import MANIFEST, sha256
from qorgan.releases.engine.choice import CannotProtect
from qorgan.releases.engine.draft import Draft
from qorgan.releases.models import Release, ReleaseStep
from qorgan.releases.rules import GivesAway, RevisionNeedsReason
from qorgan.releases.terms import Stage

_LOCK = 0x516F72_03  # one builder at a time: the next number is taken once


def alone() -> None:
    """Let nobody else take a step of a release until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])


@transaction.atomic
def build(
    *,
    period: str | Period,
    by: Actor,
    now: datetime,
    signer: Signer,
    reason: str = "",
    as_of: datetime | None = None,
    engine: Engine = POSTGRES,
) -> Release:
    """Freeze the figures of a period as of the last collection, or of an earlier moment `as_of`: a draft.

    1. Where a draft or the published release of the period says the same, it is handed back: nothing is made twice.
    2. Where a published one says something else, the new one needs a `reason`. Raises RevisionNeedsReason.
    3. Otherwise the box is drawn, packed, signed and kept; nothing of it stays if that ends half-way.

    Also raises NotAllowed, NothingCollected, PeriodNotBegun, GivesAway.
    """
    check_may(by, BUILD)
    span = period_of(period)
    alone()
    published = queries.published_of(span)
    held = [one for one in (queries.waiting_of(span), published) if one is not None]
    draft = queries.draft(
        period=span,
        number=f"{span.slug}-{queries.of_period(span).count() + 1}",
        as_of=as_of,
        revises=published.number if published else "",
        reason=reason.strip() if published else "",
        engine=engine,
    )
    _audit(draft)
    same = _same(draft, held)
    if same is not None:
        return same
    if published is not None and not draft.reason:
        raise RevisionNeedsReason(number=published.number)
    return _keep(draft, box=queries.assembled(draft, signer=signer), by=by, now=now)


def _audit(draft: Draft) -> None:
    """The attacker's audit. Raises GivesAway."""
    try:
        draft.check()
    except (Disclosed, CannotProtect) as problem:
        raise GivesAway(places=problem) from problem


def _same(draft: Draft, held: list[Release]) -> Release | None:
    """The release among those held that stands and says what the draft says."""
    substance = compose.substance(compose.files(draft))
    for one in held:
        if not queries.is_withdrawn(one) and compose.substance(queries.opened(one).files) == substance:
            return one
    return None


def _keep(draft: Draft, *, box: bytes, by: Actor, now: datetime) -> Release:
    opened = checking.opened(box)
    release = Release.objects.create(
        id=ids.new(),
        number=draft.number,
        period_from=draft.period.first,
        period_to=draft.period.last,
        as_of=draft.as_of,
        digest=sha256(opened.files[MANIFEST]),
        manifest=opened.manifest,
        box=box,
        revises=draft.revises,
        built_at=now,
        built_by=by.name,
        is_synthetic=draft.synthetic,
    )
    ReleaseStep.objects.create(
        release=release, stage=Stage.BUILT, staff_id=by.staff, name=by.name, role=by.role, at=now, reason=draft.reason
    )
    journal.write(
        kind="releases.release.built",
        thing="release",
        thing_id=release.id,
        by=by,
        now=now,
        detail={"number": draft.number, "digest": release.digest, "revises": draft.revises},
    )
    return release
