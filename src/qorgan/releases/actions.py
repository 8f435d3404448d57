"""The only writes of releases: one act that freezes figures for good."""

from datetime import datetime

from django.db import connection, transaction

from qorgan.base import ids, journal
from qorgan.base.scope import Actor
from qorgan.base.signing import Signer
from qorgan.indicators.engine.periods import Period
from qorgan.indicators.rules import period_of
from qorgan.releases import queries
from qorgan.releases.access import BUILD, check_may
from qorgan.releases.engine import compose
from qorgan.releases.engine import verify as checking
from qorgan.releases.engine.box import MANIFEST, sha256
from qorgan.releases.engine.draft import Draft
from qorgan.releases.models import Release
from qorgan.releases.rules import RevisionNeedsReason

_LOCK = 0x516F72_03  # one builder at a time: the next number is taken once


@transaction.atomic
def build(
    *, period: str | Period, by: Actor, now: datetime, signer: Signer, reason: str = "", as_of: datetime | None = None
) -> Release:
    """Freeze the figures of a period as of the last collection, or of an earlier moment `as_of`.

    1. Where the last release of the period says the same, it is handed back: nothing is made twice.
    2. Where it says something else, the new one needs a `reason`. Raises RevisionNeedsReason.
    3. Otherwise the box is drawn, packed, signed and kept. Also raises NotAllowed, NothingCollected, PeriodNotBegun.
    """
    check_may(by, BUILD)
    span = period_of(period)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
    last = queries.of_period(span).first()
    sequence = int(last.number.rpartition("-")[2]) + 1 if last else 1
    draft = queries.draft(
        period=span,
        number=f"{span.slug}-{sequence}",
        as_of=as_of,
        revises=last.number if last else "",
        reason=reason.strip() if last else "",
    )
    if last is not None:
        if compose.substance(compose.files(draft)) == compose.substance(queries.opened(last).files):
            return last
        if not draft.reason:
            raise RevisionNeedsReason(number=last.number)
    return _keep(draft, box=queries.assembled(draft, signer=signer), by=by, now=now)


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
        built_at=now,
        built_by=by.name,
        is_synthetic=draft.synthetic,
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
