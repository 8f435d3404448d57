"""How a person of a case may be reached, for the gate: who is barred, who waits until the authority was told."""

from datetime import datetime
from uuid import UUID

from qorgan.cases.models import Case
from qorgan.cases.queries.barred import barred
from qorgan.cases.queries.files import persons
from qorgan.cases.queries.nights import children, owes_telling, today
from qorgan.cases.terms import Role
from qorgan.messages.terms import SafeContact
from qorgan.people import actions as people
from qorgan.people.models import Contact


def safe_contact(case: Case, person_id: UUID, *, now: datetime) -> SafeContact | None:
    """How a person of the case may be reached, for the gate of `messages`; None where nobody has said it.

    For one who is barred the contact says so, and the gate lets nothing through; nor to a parent, a representative or
    a witness before the guardianship authority was told of a child. A victim of age, and the child, wait for nobody.
    """
    held = Contact.objects.filter(person=person_id).first()
    if person_id in barred(case):
        return SafeContact(channel=held.channel if held else "", address="", barred=True)
    if _waits(case, person_id, now=now):
        return SafeContact(channel=held.channel if held else "", address="", awaits=True)
    return people.safe_contact(held=held) if held else None


def _waits(case: Case, person_id: UUID, *, now: datetime) -> bool:
    day = today(case, now=now)
    parts = {role for role, view in persons(case) if view.id == person_id}
    if Role.VICTIM in parts or person_id in {view.id for view in children(case, on=day)}:
        return False
    return owes_telling(case, on=day)
