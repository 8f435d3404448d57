"""Everything sealed is found from the models: each column of each table, under the word that it was sealed as."""

from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import LazySettings
from django.db import transaction

from qorgan.agencies import actions as office
from qorgan.agencies import queries as agencies
from qorgan.agencies.models import Staff
from qorgan.agencies.terms import OpeningReason, Relation
from qorgan.base import ids
from qorgan.base.fields import SealedField
from qorgan.base.keys import holdings, vault
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions as cases
from qorgan.cases import queries as case_queries
from qorgan.cases.terms import Bond, Entry, Outcome, Parent, Reply, Role, Stays
from qorgan.courts import actions as courts
from qorgan.duties import actions as duties
from qorgan.duties.models import Escalation
from qorgan.duties.terms import Answer
from qorgan.missing import actions as missing
from qorgan.missing.terms import Result
from qorgan.offences import actions as offences
from qorgan.offences.terms import Ground
from qorgan.orders import actions as orders
from qorgan.orders.terms import AppealResult, Appellant, Body, Followed, Prohibition, Receipt
from qorgan.people import actions as people
from qorgan.people.actions import Named
from qorgan.people.models import Person
from qorgan.reports import access as report_access
from qorgan.reports import actions as reports
from qorgan.reports.queries import door
from qorgan.reports.terms import Channel, Serving
from qorgan.reports.terms import State as ReportState
from qorgan.reports.terms.contacts import Consent
from qorgan.reports.terms.outcomes import GROUNDS
from qorgan.shredding import actions as shredding
from qorgan.shredding import queries
from tests import factories
from tests.base.test_plaintext import _live
from tests.cases import disputed, shared
from tests.conftest import actor
from tests.courts import made as court
from tests.missing import made as missing_child
from tests.reports import test_contacts as contact
from tests.risk import made as danger
from tests.roles import as_process
from tests.shredding import made

EMPTY = {"people.person.surname", "people.person.given", "people.person.patronymic"}  # the cast is named as a whole


@pytest.fixture
def lived(owner: Actor, now: datetime, settings: LazySettings) -> Actor:
    """A row with text in every table that holds texts."""
    _live(owner, now)
    decision = court.decided(by=owner, now=now)
    with acting(court.clerk()):
        courts.enter_into_force(decision=decision, at=now, by=court.clerk(), now=now)
    breached = courts.Breached(noticed_at=now, prohibitions=court.SIX_MONTHS.prohibitions[:1], note="Үйіне келген.")
    courts.note_breach(decision=decision, told=breached, by=owner, now=now)
    sent = court.sent(by=owner, now=now)
    with acting(court.clerk()):
        courts.return_material(court_case=sent, why="Қол қойылмаған", by=court.clerk(), now=now)
    offence = factories.offence(by=owner, now=now)
    offences.annul(offence=offence, why="екі рет енгізілген", ground=Ground.DUPLICATE, by=owner, now=now)
    case = made.closed(by=owner, now=now - timedelta(days=2))
    made.asked(queries.of_case(case), by=actor("head"), now=now)
    danger.assessed_and_lowered(by=owner, second=actor("head"), now=now)
    _withheld(owner, now=now)
    _escalated(owner, now=now)
    _sought(owner, now=now)
    _rung(now=now)
    _shared(owner, now=now)
    _opened(owner, now=now)
    _called(now=now)
    _answered(settings, now=now)
    _ended(owner, now=now)
    _ordered(owner, now=now)
    _slept(owner, now=now)
    _reviewed(owner, now=now)
    _disputed(owner, now=now)
    return agencies.system("tests")


def _slept(owner: Actor, *, now: datetime) -> None:
    """A child whose parent may be complained of, of whom an authority that nobody knows was told by hand."""
    case = factories.case(by=owner, now=now)
    child = shared.child(case, by=owner, now=now)
    him = shared.person(case, Role.OFFENDER).id
    told = {"case": case, "by": owner, "now": now}
    cases.tell_by_hand(office="Т. Сейітова", why="Базада жоқ", **told)  # type: ignore[arg-type]  # told by name
    cases.say_parent(child_id=child.id, offender_id=him, word=Parent.IS_NOT, why="Көрші", **told)  # type: ignore[arg-type]  # told by name
    stays = {"child_id": child.id, "stays": Stays.RELATIVES, "since": now, "until": now + timedelta(hours=9)}
    decision = cases.Decision(**stays, whom="Апасы", why="Жақын", office="Т. Сейітова")  # type: ignore[arg-type]  # told by name
    cases.decide_night(decision=decision, **told)  # type: ignore[arg-type]  # told by name


def _reviewed(owner: Actor, *, now: datetime) -> None:
    """The review of a death, with a finding, and a recommendation that was refused."""
    case = factories.case(by=owner, now=now)
    with acting(head := actor("head")):
        review = cases.begin_death_review(case=case, by=head, now=now)
        cases.enter_in_review(review=review, kind=Entry.FINDING, words="Хабар кеш оқылды.", by=head, now=now)
        agency = actor("centre").agency
        made = cases.recommend(review=review, agency_id=agency, words="Түнде де оқу.", by=head, now=now)
        cases.answer_advice(
            recommendation_id=made.id, reply=Reply.REFUSED, why="орын жоқ", letter="№ 7", by=head, now=now
        )


def _disputed(owner: Actor, *, now: datetime) -> None:
    """Two statements that contradict each other, the mark withdrawn; a review asked for, its term set, answered."""
    case, ombudsman = factories.case(by=owner, now=now), actor("ombudsman")
    mark = disputed.contradiction(case, by=owner, now=now)
    cases.unmark(case=case, contradiction_id=mark.id, why="басқа күн туралы", by=owner, now=now)
    review = disputed.review(case, by=owner, now=now)
    told = {"review_id": review.id, "by": ombudsman, "now": now}
    with acting(ombudsman):
        cases.set_term(due_at=now + timedelta(days=9), why="заңда жоқ", **told)  # type: ignore[arg-type]  # by name
        disputed.read(review, now=now)
        cases.answer_review(outcome=Outcome.PARTLY, reasons="толық емес", **told)  # type: ignore[arg-type]  # by name


def _ordered(owner: Actor, *, now: datetime) -> None:
    """An order against someone who is a victim too, its service corrected, then varied, complained of and annulled."""
    case = factories.case(by=owner, now=now)
    parts = {role: person.id for role, person in case_queries.persons(case)}
    two = cases.add_person(case=case, named=Named(written="Ахметов Ержан"), role=Role.VICTIM, by=owner, now=now)
    draft = orders.Draft(two.id, (parts[Role.VICTIM],), "Екеуі де.", why_both="Екеуі де ұрған.")
    order = orders.issue(order=orders.draft(case=case, draft=draft, by=owner, now=now), by=owner, now=now)
    later = now + timedelta(hours=1)
    service = orders.Service(at=later, receipt=Receipt.SIGNED)
    orders.serve(order=order, service=service, by=owner, now=later)
    orders.correct_service(order=order, at=now, why="хаттамада басқа", by=owner, now=later)
    breached = orders.Told(noticed_at=later, breached=(Prohibition.CONTACT,), note="Есікті соққан.")
    breach = orders.note_breach(order=order, told=breached, by=owner, now=later)
    refuted = orders.Consequence(Followed.NOT_CONFIRMED, later, why="Ол басқа қалада болған.")
    orders.follow_breach(breach=breach, followed=refuted, by=owner, now=later)
    told = {"body": Body.COURT, "why": "№ 14", "decided_at": later, "by": owner, "now": later}
    orders.vary(order=order, prohibitions=(Prohibition.CONTACT,), **told)  # type: ignore[arg-type]  # told by name
    orders.appeal(order=order, filed_by=Appellant.ADDRESSEE, body=Body.COURT, filed_at=later, by=owner, now=later)
    annulled = orders.Outcome(AppealResult.ANNULLED, later, "№ 15")
    orders.decide_appeal(order=order, outcome=annulled, by=owner, now=later)


def _sought(owner: Actor, *, now: datetime) -> None:
    """A missing child, searched for and told of, whose public page is proposed; and one who was found."""
    notice = missing_child.proposed(by=owner, now=now)
    searched = missing.Searched(place="Саябақ", searchers="2 патруль", at=now, result=Result.NOTHING, note="ит ізі")
    missing.note_search(alarm=notice.alarm, searched=searched, by=owner, now=now)
    other = missing_child.alarm(by=owner, now=now)
    missing.found_alive(alarm=other, end=missing.End(place="мектеп", words="аман"), by=owner, now=now)
    one, twin = (alarm.child_id for alarm in (notice.alarm, other))
    nameless = Named(phone="+7 701 000 00 78")
    came = cases.open_from_report(report=factories.report(by=owner, now=now, victim=nameless), by=owner, now=now)
    her = next(view.id for _role, view in case_queries.persons(came) if not view.name)
    cases.name_person(case=came, person_id=her, named=Named(written="Әбдірахман Айша"), by=owner, now=now)
    cases.unname_person(case=came, person_id=her, why="басқа қыз", by=owner, now=now)
    said_id = people.hold_same(person_id=one, other_id=twin, why="бір бала", by=owner, now=now)
    people.undo_same(said_id=said_id, why="екі бала", by=owner, now=now)


def _rung(*, now: datetime) -> None:
    """A call of danger now, half written down."""
    taker = actor("calltaker")
    with acting(taker):
        held = contact.rung(by=taker, now=now)
        contact.saved(held, by=taker, now=now)
        agreed = {"serving": Serving.NO, "consent": Consent.AGREED}
        reports.raise_alarm(contact_id=held.id, words="Ол есік алдында", **agreed, by=taker, now=now)


def _withheld(owner: Actor, *, now: datetime) -> None:
    """A case that may not be destroyed, and may be again."""
    case, head = factories.case(by=owner, now=now), actor("head")
    held = shredding.hold(case=case, reason="сот әлі қарайды", until=None, by=head, now=now)
    shredding.lift(hold=held, why="сот аяқталды", by=head, now=now)


def _shared(owner: Actor, *, now: datetime) -> None:
    case = factories.case(by=owner, now=now)
    shared.consent(case, by=owner, now=now, why="өзі айтты")
    cases.refer(case=case, part=shared.part(now=now), by=owner, now=now)
    lawyer = Named(written="Ахметова Айгүл")
    speaker = cases.add_person(case=case, named=lawyer, role=Role.REPRESENTATIVE, by=owner, now=now)
    document = cases.Document(
        person_id=shared.person(case).id,
        speaker_id=speaker.id,
        bond=Bond.LAWYER,
        evidence="сенімхат № 5",
        valid_from=now.date(),
    )
    cases.represent(case=case, document=document, by=owner, now=now)


def _called(*, now: datetime) -> None:
    """A call with a number, with what was typed and with what 102 was told."""
    taker = actor("calltaker")
    reached = reports.Reached(ids.new(), Channel.TRUST_LINE_150, now, number="+7 701 000 00 41")
    asked = {"contact_id": reached.contact_id, "serving": Serving.NO, "consent": Consent.AGREED}
    with acting(taker):
        reports.begin(reached=reached, by=taker, now=now)
        reports.save_draft(said={"narrative": "итерді"}, seen=0, by=taker, now=now, **asked)  # type: ignore[arg-type]  # named above
        reports.raise_alarm(words="Шымкент, екі бала", by=taker, now=now, **asked)  # type: ignore[arg-type]  # as above


def _answered(settings: LazySettings, *, now: datetime) -> None:
    """A report of the web door, answered there."""
    private = X25519PrivateKey.generate()
    settings.DOOR_OPENS, settings.DOOR_CODES = private.private_bytes_raw(), b"c" * 32
    settings.DOOR_SEALS = private.public_key().public_bytes_raw()
    told = reports.Told(language="kk", narrative="ұрып тастады", place="Шымкент, Еңбекші ауданы")
    with as_process(Process.DOOR):
        reports.hand_in(told=told, sending=b"s" * 16, by=Actor(name="door"), now=now)
    system, head = agencies.system("reports.take_in_arrivals", report_access.ACCEPT), actor("head")
    with as_process(Process.WORKER), acting(system):
        [waiting] = door.waiting()
        accepted = reports.take_in(arrival_id=waiting, by=system, now=now)
    assert accepted is not None
    with acting(head):
        reports.answer(report_id=accepted.report.id, words="Есік ашық, ертең кел.", by=head, now=now)


def _ended(owner: Actor, *, now: datetime) -> None:
    """A report written off, and another whose write-off was taken back."""
    off = {"state": ReportState.WRITTEN_OFF, "reason": GROUNDS[ReportState.WRITTEN_OFF][0], "why": "ештеңе болмаған"}
    for taken_back in (True, False):
        report = factories.report(by=owner, now=now)
        reports.decide(report_id=report.id, **off, by=owner, now=now)  # type: ignore[arg-type]  # named above
        if taken_back:
            reports.take_back(report_id=report.id, why="куәгер табылды", by=owner, now=now)


def _opened(owner: Actor, *, now: datetime) -> None:
    """A declaration of oneself, and a case opened in an emergency and reviewed."""
    said = {"name": "Есімханова Сая", "iin": "880202400404", "phone": "+7 702 111 22 33"}
    staff = Staff.objects.get(pk=owner.staff)
    office.declare(staff=staff, relation=Relation.SPOUSE, **said, by=owner, now=now)
    case, rudny, abai = factories.case(by=owner, now=now), actor("rudny"), actor("abaihead")
    with acting(rudny):
        opening = cases.open_by_number(
            number=case.number, reason=OpeningReason.CALL, why="Ол осында", by=rudny, now=now
        )
    assert opening is not None
    with acting(abai):
        cases.review_opening(opening_id=opening.id, was_right=True, why="Рас", by=abai, now=now)


def _escalated(by: Actor, *, now: datetime) -> None:
    """A late duty that the head says something to."""
    head, system = actor("head"), agencies.system("tests")
    factories.report(by=by, now=now - timedelta(hours=40))
    with acting(system), as_process(Process.WORKER):
        duties.escalate(role="unit_head", by=system, now=now)
    with acting(head):
        told = Escalation.objects.filter(role="unit_head")[0]
        duties.answer(escalation_id=told.id, answer=Answer.EXPLAINED, reason="Жол жабық", by=head, now=now)


def test_every_column_of_texts_opens_under_its_word_and_names_a_key(lived: Actor) -> None:
    with acting(lived), transaction.atomic():
        seen = set()
        for column in holdings.columns():
            keys = set(column.named())
            assert sum(column.count([key]) for key in keys) == column.count(keys) >= len(keys)
            if column.is_sealed:
                for key in keys:
                    assert all(vault.open(text, at=column.word) for _row, text in column.envelopes(key))
                    seen.add(column.word)
    assert seen | EMPTY == {column.word for column in holdings.columns() if column.is_sealed}


def test_the_keys_of_a_thread_are_those_of_its_rows_without_those_of_its_persons(owner: Actor, now: datetime) -> None:
    case = factories.case(by=owner, now=now)
    person = Person.objects.filter(thread_id=case.thread_id).first()
    assert person is not None
    factories.case(by=owner, now=now)
    every = holdings.keys_of({case.thread_id})
    mine = holdings.keys_of({case.thread_id}, besides=(Person,))
    assert case.key_id in mine
    assert every - mine == set(Person.objects.filter(thread_id=case.thread_id).values_list("key_id", flat=True))
    assert all(isinstance(one.field, SealedField) for one in holdings.counted(mine))
