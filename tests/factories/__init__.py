"""Things made through the real actions, so that only legal states exist in a test."""

from datetime import date, datetime, timedelta
from itertools import count

from qorgan.base.scope import Actor
from qorgan.cases import actions as cases
from qorgan.cases import queries as case_queries
from qorgan.cases.models import Case
from qorgan.cases.terms import Role
from qorgan.offences import actions as offences
from qorgan.offences.models import Offence
from qorgan.offences.terms import Part, Relationship
from qorgan.orders import actions as orders
from qorgan.orders.models import Order
from qorgan.orders.terms import Receipt
from qorgan.people.actions import Named
from qorgan.people.terms import Sex
from qorgan.reports import actions as reports
from qorgan.reports.models import Report
from qorgan.reports.terms import Channel

_numbers = count(1)

WOMAN = Named(written="Әбдірахманова Гүлсезім Нұрланқызы", iin="900101400404", phone="+7 701 000 00 01")
MAN = Named(written="Сәрсенбаев Нұрлыбек Төлегенұлы", iin="", phone="")
WORDS = "Күйеуі ішіп келіп, балаларының көзінше итеріп, қолын бұраған."
PLACE = "Шымкент қ., Еңбекші ауданы, Тұран м/а, 5-үй"


def signal(*, at: datetime, kui_no: str = "", **changes: object) -> reports.Signal:
    """A report as a desk would hand it in, an hour old."""
    number = kui_no or f"2675100{next(_numbers):08d}"
    held = {
        "submission": f"kui\0{number}",
        "channel": Channel.POLICE_102,
        "registered_at": at - timedelta(hours=1),
        "kui_no": number,
        "narrative": WORDS,
        "address": PLACE,
        "victim": WOMAN,
        "suspect": MAN,
    }
    return reports.Signal(**{**held, **changes})  # type: ignore[arg-type]  # the changes name fields of Signal


def report(*, by: Actor, now: datetime, **changes: object) -> Report:
    """A report taken in."""
    return reports.accept(signal=signal(at=now, **changes), by=by, now=now).report  # type: ignore[arg-type]  # as above


def case(*, by: Actor, now: datetime) -> Case:
    """A case that leads a fresh report."""
    return cases.open_from_report(report=report(by=by, now=now), by=by, now=now)


def draft(*, by: Actor, now: datetime, held: Case | None = None) -> Order:
    """A draft order against the man of a case, for the woman."""
    found = held or case(by=by, now=now)
    parts = {role: person.id for role, person in case_queries.persons(found)}
    written = orders.Draft(addressee_id=parts[Role.OFFENDER], protected_ids=(parts[Role.VICTIM],), circumstances=WORDS)
    return orders.draft(case=found, draft=written, by=by, now=now)


def issued(*, by: Actor, now: datetime) -> Order:
    """An order issued, not yet served."""
    return orders.issue(order=draft(by=by, now=now), by=by, now=now)


def served(*, by: Actor, now: datetime) -> Order:
    """An order issued and served at `now`, signed for."""
    service = orders.Service(at=now, receipt=Receipt.SIGNED)
    return orders.serve(order=issued(by=by, now=now), service=service, by=by, now=now)


def registered(*, at: datetime, **changes: object) -> offences.Registered:
    """Battery of a woman by her husband, an hour before it was registered, under the law of that day."""
    day = (at - timedelta(hours=1)).date()
    code, article = ("CC", "109-1") if day >= date(2024, 6, 16) else ("KoAP", "73-2")
    persons = (
        offences.Involved(part=Part.VICTIM, sex=Sex.FEMALE, age=34, relationship=Relationship.SPOUSE),
        offences.Involved(part=Part.SUSPECT, sex=Sex.MALE, age=38),
    )
    held = {"code": code, "article": article, "registered_at": at, "acted_on": day, "persons": persons}
    return offences.Registered(**{**held, **changes})  # type: ignore[arg-type]  # the changes name fields of Registered


def offence(*, by: Actor, now: datetime, **changes: object) -> Offence:
    """An offence registered."""
    return offences.register(signal=registered(at=now, **changes), by=by, now=now)
