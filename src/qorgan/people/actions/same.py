"""Two records' persons held for one: an overlay that is said, and taken back, by someone and for a reason."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.base import ids, journal
from qorgan.base.errors import NotFound
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.people import access, rules
from qorgan.people.models import Person, Sameness


@transaction.atomic
def hold_same(*, person_id: UUID, other_id: UUID, why: str, by: Actor, now: datetime) -> UUID:
    """Say that two records' persons are one, and why; the id under which that stands. Neither record is changed.

    Raises NotAllowed, NotFound (where either is out of sight), NoReason, OnePersonAlready, SaidAlready.
    """
    access.check_may(by, access.SAME)
    plain = rules.check_reason(why)
    if person_id == other_id:
        raise rules.OnePersonAlready
    held = list(Person.objects.filter(pk__in=(person_id, other_id)).order_by("id").select_for_update(no_key=True))
    if len(held) != len({person_id, other_id}):
        raise NotFound
    if Sameness.objects.filter(person=held[0], other=held[1], undone_at=None).exists():
        raise rules.SaidAlready
    said_id = ids.new()
    Sameness.objects.bulk_create(
        Sameness(
            said_id=said_id,
            person=person,
            other=other,
            **beside(person),
            why=vault.seal(person.key_id, plain, at="people.sameness.why"),
            said_at=now,
            said_by=by.staff,
        )
        for person, other in (held, held[::-1])
    )
    for person in held:
        journal.write(kind="people.person.held_same", thing="person", thing_id=person.id, by=by, now=now)
    return said_id


@transaction.atomic
def undo_same(*, said_id: UUID, why: str, by: Actor, now: datetime) -> None:
    """Take back that two are one: they stand as before it was said.

    Raises NotAllowed, NotFound (where either is out of sight), NoReason, UndoneAlready.
    """
    access.check_may(by, access.SAME)
    plain = rules.check_reason(why)
    held = list(Sameness.objects.filter(said_id=said_id).select_related("person").select_for_update(of=("self",)))
    if len(held) < len(("one", "other")):
        raise NotFound
    if any(row.undone_at for row in held):
        raise rules.UndoneAlready
    for row in held:
        row.undone_at, row.undone_by = now, by.staff
        row.undone_why = vault.seal(row.person.key_id, plain, at="people.sameness.undone_why")
        row.save(update_fields=["undone_at", "undone_by", "undone_why"])
        journal.write(kind="people.person.parted", thing="person", thing_id=row.person_id, by=by, now=now)
