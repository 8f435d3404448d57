"""As whom a command acts: `--as LOGIN`, in that person's first mandate, or the one that `--mandate` names."""

from collections.abc import Iterator
from contextlib import contextmanager

from qorgan.base.errors import Refused
from qorgan.base.scope import Actor


class NoSuchStaff(Refused):
    """Nobody with that login has a mandate now."""

    text = "Nobody called %(login)s has a mandate now. `qorgan staff list` shows who has."


@contextmanager
def as_staff(login: str) -> Iterator[Actor]:
    """Act in the first mandate of the person who signs in as `login`. Raises NoSuchStaff.

    A refusal is written down, as `cli.command.refused`, when what it undid is undone.
    """
    from django.conf import settings
    from django.utils import translation

    from qorgan.agencies import queries as agencies
    from qorgan.agencies.models import Staff
    from qorgan.base import clock
    from qorgan.base.scope import acting

    staff = Staff.objects.filter(login=login).first()
    mandate = agencies.mandates_of(staff, now=clock.now()).first() if staff else None
    if mandate is None:
        nobody = NoSuchStaff(login=login)
        _write_down(nobody, Actor(name=""))
        raise nobody
    actor = agencies.actor_of(mandate, language=mandate.staff.language)
    with acting(actor), translation.override(mandate.staff.language or settings.LANGUAGE_CODE):
        try:
            yield actor
        except Refused as refusal:
            _write_down(refusal, actor)
            raise


def _write_down(refusal: Refused, by: Actor) -> None:
    from django.db import transaction

    from qorgan.base import clock, journal

    detail = {"code": refusal.code, "status": refusal.status}
    with transaction.atomic():
        journal.write(kind="cli.command.refused", by=by, now=clock.now(), detail=detail)
