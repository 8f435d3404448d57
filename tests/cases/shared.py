"""Cases that something is shared of, made through the real actions."""

from datetime import date, datetime, timedelta

from qorgan.agencies import queries as agencies
from qorgan.agencies.models import Admission, Mandate
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions, queries
from qorgan.cases.models import Case, Consent, Referral
from qorgan.cases.terms import Aim, Giver, How, Role, Section, Why
from qorgan.law import actions as law
from qorgan.people.actions import Named
from qorgan.people.models import Person
from tests.conftest import actor

MONTH = timedelta(days=30)
SECTIONS = (Section.CASE, Section.PERSONS)
CHILD = Named(written="Сәрсенбай Тоғжан Нұрлыбекқызы", birth_date=date(2017, 5, 2))


def house_rule(key: str, hours: int, *, now: datetime) -> None:
    """A term of the deployment's own, for what the law on record is silent about."""
    admin = actor("admin")
    citation = law.Citation(document="house rule 1")
    with acting(admin):
        law.enter_value(key=key, value=hours, valid_from=date(2026, 1, 1), citation=citation, by=admin, now=now)


def person(case: Case, role: Role = Role.VICTIM) -> Person:
    """The first person of the case with that part."""
    found = next(view.id for part, view in queries.persons(case) if part is role)
    return Person.objects.get(pk=found)


def child(case: Case, *, by: Actor, now: datetime) -> Person:
    return actions.add_person(case=case, named=CHILD, role=Role.CHILD, by=by, now=now)


def asked(case: Case, *, now: datetime, **changes: object) -> actions.Asked:
    """What she is asked as a rule: a place in the crisis centre of the city, for a month."""
    said = {
        "person_id": person(case).id,
        "giver": Giver.HERSELF,
        "aim": Aim.REFUGE,
        "sections": SECTIONS,
        "agency_id": actor("centre").agency,
        "until": now + MONTH,
        "how": How.IN_PERSON,
        "language": "kk",
    }
    return actions.Asked(**{**said, **changes})  # type: ignore[arg-type]  # the changes name fields of Asked


def consent(case: Case, *, by: Actor, now: datetime, said_yes: bool = True, **changes: object) -> Consent:
    question = asked(case, now=now, **changes)
    return actions.keep_consent(case=case, asked=question, said_yes=said_yes, by=by, now=now)


def part(*, now: datetime, **changes: object) -> actions.Part:
    """What is offered as a rule, as much as she agreed to."""
    said = {
        "agency_id": actor("centre").agency,
        "aim": Aim.REFUGE,
        "sections": SECTIONS,
        "until": now + MONTH,
        "note": "Екі баласы бар",
    }
    return actions.Part(**{**said, **changes})  # type: ignore[arg-type]  # the changes name fields of Part


def referred(case: Case, *, by: Actor, now: datetime) -> Referral:
    """A referral to the crisis centre, by consent, not yet answered."""
    consent(case, by=by, now=now)
    return actions.refer(case=case, part=part(now=now), by=by, now=now)


def transfer(case: Case, *, by: Actor, now: datetime, to: str = "abai") -> Referral:
    whole = actions.Whole(agency_id=actor(to).agency, why=Why.MOVED)
    with acting(by):
        return actions.transfer(case=case, whole=whole, by=by, now=now)


def answered(referral: Referral, login: str, *, now: datetime) -> Referral:
    """Accepted by a person of the other agency."""
    who = actor(login)
    with acting(who):
        return actions.accept(referral_id=referral.id, by=who, now=now)


def inside(login: str, *, now: datetime) -> Actor:
    """Someone in the file that is entrusted to the agency, the newest."""
    mandate = Mandate.objects.get(pk=actor(login).mandate_id)
    way: Admission = agencies.admissions_of(mandate, now=now)[0]
    return agencies.entered(mandate, way)
