"""The steps of the second person: check, send back, publish; and taking a release out of the public's sight."""

from datetime import datetime

from django.db import transaction

from qorgan.base import journal
from qorgan.base.scope import Actor
from qorgan.indicators.engine.periods import Period
from qorgan.releases import access, queries, rules
from qorgan.releases.access import check_may
from qorgan.releases.actions.build import alone
from qorgan.releases.models import Release, ReleaseStep
from qorgan.releases.terms import SECOND_PERSON, Stage


@transaction.atomic
def check(*, release: Release, by: Actor, now: datetime) -> Release:
    """Say, as its second reader, that a draft is right. Raises NotAllowed, OwnRelease, NotNow, Overtaken."""
    check_may(by, access.CHECK)
    return _step(release, Stage.CHECKED, by=by, now=now)


@transaction.atomic
def send_back(*, release: Release, reason: str, by: Actor, now: datetime) -> Release:
    """Say what is wrong with a draft: it ends there, and a new one is drawn up. Raises as `check`, and ReasonNeeded."""
    check_may(by, access.CHECK)
    return _step(release, Stage.SENT_BACK, by=by, now=now, reason=rules.check_reason(reason))


@transaction.atomic
def publish(*, release: Release, by: Actor, now: datetime) -> Release:
    """Let the public read a release that was checked. Of two people who publish at once one does; raises as `check`."""
    check_may(by, access.PUBLISH)
    return _step(release, Stage.PUBLISHED, by=by, now=now)


@transaction.atomic
def withdraw(*, release: Release, reason: str, by: Actor, now: datetime) -> Release:
    """Take a published release out of sight for the `reason`, which stays in its place with the number and the dates.

    Raises NotAllowed, ReasonNeeded, AlreadyDone, NotNow.
    """
    check_may(by, access.WITHDRAW)
    return _step(release, Stage.WITHDRAWN, by=by, now=now, reason=rules.check_reason(reason))


def _step(release: Release, stage: Stage, *, by: Actor, now: datetime, reason: str = "") -> Release:
    """Write the step, after whoever came before has ended his."""
    alone()
    life = queries.life(release)
    done = life.step(stage)
    if done is not None:
        raise rules.AlreadyDone(number=release.number, stage=stage.label, name=done.name)
    rules.check_step(number=release.number, state=life.state, stage=stage)
    built = life.step(Stage.BUILT)
    if stage in SECOND_PERSON and built is not None:
        rules.check_second_person(number=release.number, builder=built.staff_id, by=by.staff)
    if stage in (Stage.CHECKED, Stage.PUBLISHED):
        _check_newest(release)
    ReleaseStep.objects.create(
        release=release, stage=stage, staff_id=by.staff, name=by.name, role=by.role, at=now, reason=reason
    )
    journal.write(
        kind=f"releases.release.{stage.value}",
        thing="release",
        thing_id=release.id,
        by=by,
        now=now,
        detail={"number": release.number, "digest": release.digest},
    )
    return release


def _check_newest(release: Release) -> None:
    """Raises Overtaken where another release of the period was published since this one was built."""
    newest = queries.published_of(Period(release.period_from, release.period_to))
    if newest is not None and newest.number != release.revises:
        raise rules.Overtaken(number=release.number, newer=newest.number)
