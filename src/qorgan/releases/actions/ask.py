"""From the pages to the process that may build and sign: what is asked, what became of it; and the days announced.

The pages of staff see no fact and hold no signing key; the process `statistics` sees no person. Between them lies
this table, which both may read and neither may change.
"""

from datetime import datetime

from django.db import transaction
from django.utils import translation

from qorgan.base import ids, journal
from qorgan.base.errors import Refused
from qorgan.base.scope import Actor
from qorgan.base.signing import Signer
from qorgan.indicators.rules import period_of
from qorgan.releases import access, queries, rules
from qorgan.releases.access import check_may
from qorgan.releases.actions.build import alone, build
from qorgan.releases.models import BuildAnswer, BuildRequest, Release, ReleaseDate


@transaction.atomic
def ask(*, period: str, reason: str, language: str, by: Actor, now: datetime) -> BuildRequest:
    """Ask for the release of a period; `reason` where one was published before. Raises NotAllowed, NotAPeriod."""
    check_may(by, access.BUILD)
    request = BuildRequest.objects.create(
        id=ids.new(),
        period=period_of(period).word,
        reason=reason.strip(),
        staff_id=by.staff,
        mandate_id=by.mandate_id,
        name=by.name,
        language=language,
        asked_at=now,
    )
    journal.write(
        kind="releases.release.asked",
        thing="release_request",
        thing_id=request.id,
        by=by,
        now=now,
        detail={"period": request.period},
    )
    return request


@transaction.atomic
def answer(*, request: BuildRequest, signer: Signer, by: Actor, now: datetime) -> BuildAnswer:
    """Build what was asked, in the name of the person who asked; a refusal is an answer too, in that person's language.

    `by` is the process that does the work: the right to build was asked of the person when the request was written.
    A process that is killed here leaves nothing: the request waits for the next one.
    """
    alone()
    held = BuildAnswer.objects.filter(request=request).first()
    if held is not None:
        return held
    asker = Actor(
        name=request.name,
        staff_id=request.staff_id,
        mandate_id=request.mandate_id,
        role="statistician",
        purpose=by.purpose,
        permissions=frozenset({access.BUILD}),
    )
    made, refusal = _tried(request, signer=signer, by=asker, now=now)
    return BuildAnswer.objects.create(request=request, release=made, refusal=refusal, answered_at=now)


def _tried(request: BuildRequest, *, signer: Signer, by: Actor, now: datetime) -> tuple[Release | None, str]:
    try:
        with transaction.atomic():
            return build(period=request.period, by=by, now=now, signer=signer, reason=request.reason), ""
    except Refused as refused:
        with translation.override(request.language):
            return None, str(refused)


@transaction.atomic
def announce(*, period: str, due_at: datetime, reason: str, by: Actor, now: datetime) -> ReleaseDate:
    """Announce the day and hour of a release; a date that is moved says why. Raises NotAllowed, NotAPeriod,
    ReasonNeeded."""
    check_may(by, access.ANNOUNCE)
    word = period_of(period).word
    held = next((date for date in queries.calendar() if date.period == word), None)
    if held is not None and held.due_at == due_at:
        return held
    if held is not None:
        rules.check_reason(reason)
    date = ReleaseDate.objects.create(
        period=word, due_at=due_at, reason=reason.strip(), staff_id=by.staff, name=by.name, announced_at=now
    )
    journal.write(kind="releases.date.announced", thing="release_date", thing_id=date.pk, by=by, now=now)
    return date
