"""A part of the file, or the whole case, offered to another agency: the card, the answer, what is open until when."""

from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from qorgan.agencies import actions as agencies
from qorgan.agencies import queries as offices
from qorgan.agencies.models import Admission, Seal, Staff
from qorgan.agencies.terms import BlockGround, SealGround
from qorgan.base import clock
from qorgan.base.errors import ChangedMeanwhile, NotAllowed, NotFound
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, acting, beside
from qorgan.cases import access, actions, queries, rules
from qorgan.cases.actions.move import placed, rows_of
from qorgan.cases.models import Account, Case, Referral
from qorgan.cases.terms import Age, Course, Decline, Standing, Urgency
from qorgan.courts.models import CourtCase
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from qorgan.orders.models import Order
from qorgan.people.models import Person
from qorgan.reports.models import Report
from qorgan.reports.terms import Serving
from tests import factories
from tests.cases import shared
from tests.conftest import actor
from tests.courts import made as courts

SCOPED = [model for model in apps.get_models() if getattr(model, "SCOPED", None)]


@pytest.fixture
def case(owner: Actor, now: datetime) -> Case:
    return factories.served(by=owner, now=now).case


def rows(by: Actor, case: Case) -> dict[str, int]:
    """How many rows of the thread of a case a person sees, by table; the offer itself aside."""
    with acting(by):
        tables = [one for one in SCOPED if one is not Referral]
        found = {one._meta.label: rows_of(one, threads=[case.thread_id]).count() for one in tables}
    return {name: count for name, count in found.items() if count}


# The card, and the answer


def test_until_it_is_accepted_the_agency_sees_a_card_and_nothing_of_the_thread(
    owner: Actor, case: Case, now: datetime
) -> None:
    referral = shared.referred(case, by=owner, now=now)
    centre = actor("centre")
    with acting(centre):
        card = queries.find_referral(referral.id)
        assert card is not None
        assert (card.age, card.urgency, card.answer_due_at) == (Age.ADULT, Urgency.ORDINARY, now + timedelta(hours=48))
        assert not Case.objects.exists()
        assert not Person.objects.exists()
    assert rows(centre, case) == {}
    told = {
        field.name for field in Referral._meta.concrete_fields if Referral.DATA[field.name] in ("identity", "location")
    }
    assert told == set()


def test_accepted_it_opens_those_parts_to_the_agency_until_then_and_no_more(
    owner: Actor, case: Case, now: datetime
) -> None:
    referral = shared.referred(case, by=owner, now=now)
    shared.answered(referral, "centre", now=now)
    centre = shared.inside("centre", now=now)
    assert centre.permissions == {"cases.case.see", "cases.person.see"}
    with acting(centre):
        assert Case.objects.filter(pk=case.id).exists()
    with clock.frozen(now + shared.MONTH), acting(centre):
        assert not Case.objects.exists()
    assert rows(actor("centre"), case) == {}
    with acting(owner):
        assert Case.objects.get(pk=case.id).owner_id == owner.staff


def test_declined_with_a_reason_it_opens_nothing_and_the_duty_is_done(owner: Actor, case: Case, now: datetime) -> None:
    referral = shared.referred(case, by=owner, now=now)
    centre = actor("centre")
    with acting(centre):
        actions.decline(referral_id=referral.id, why=Decline.NO_PLACE, by=centre, now=now)
        with pytest.raises(rules.AlreadyAnswered):
            actions.accept(referral_id=referral.id, by=centre, now=now)
    referral.refresh_from_db()
    assert (referral.standing, referral.declined_why) == (Standing.DECLINED, Decline.NO_PLACE)
    assert not Admission.objects.filter(basis=referral.id, ended_at=None).exists()
    with acting(actor("cityhead")):
        assert Duty.objects.get(kind=Kind.ANSWER_REFERRAL).done_at == now


def test_accepting_twice_is_refused(owner: Actor, case: Case, now: datetime) -> None:
    referral = shared.referred(case, by=owner, now=now)
    shared.answered(referral, "centre", now=now)
    with pytest.raises(rules.AlreadyAnswered):
        shared.answered(referral, "centre", now=now)
    assert Admission.objects.filter(basis=referral.id).count() == 1


def test_an_offer_that_was_taken_back_cannot_be_accepted(owner: Actor, case: Case, now: datetime) -> None:
    referral = shared.referred(case, by=owner, now=now)
    actions.take_back(case=case, referral_id=referral.id, by=owner, now=now)
    with pytest.raises(rules.AlreadyAnswered):
        shared.answered(referral, "centre", now=now)
    assert not Admission.objects.filter(basis=referral.id).exists()


def test_an_offer_lapses_by_its_clock_before_any_job_has_run(owner: Actor, case: Case, now: datetime) -> None:
    referral = shared.referred(case, by=owner, now=now)
    late = now + timedelta(hours=48)
    with pytest.raises(rules.AlreadyAnswered):
        shared.answered(referral, "centre", now=late)
    system = offices.system("tests")
    with acting(system):
        assert (actions.lapse(by=system, now=late), actions.lapse(by=system, now=late)) == (1, 0)
        assert Duty.objects.get(kind=Kind.ANSWER_REFERRAL).dropped_why == "lapsed"
    referral.refresh_from_db()
    assert referral.standing == Standing.LAPSED


@pytest.mark.parametrize("entered", [None, 6])
def test_the_term_of_an_answer_is_a_rule_of_the_house_which_a_deployment_sets(
    owner: Actor, case: Case, now: datetime, entered: int | None
) -> None:
    if entered:
        shared.house_rule("sharing.answer", entered, now=now)
    due_at = now + timedelta(hours=entered or 48)
    assert shared.referred(case, by=owner, now=now).answer_due_at == due_at
    with acting(actor("cityhead")):
        assert Duty.objects.get(kind=Kind.ANSWER_REFERRAL).due_at == due_at


def test_other_agencies_and_blocked_people_of_that_agency_see_no_card(owner: Actor, case: Case, now: datetime) -> None:
    referral = shared.referred(case, by=owner, now=now)
    for login in ("guardian", "rudny", "abai"):
        with acting(actor(login)):
            assert queries.find_referral(referral.id) is None
    centre = actor("centre")
    agencies.block(staff_id=centre.staff, **beside(case), ground=BlockGround.KIN, by=owner, now=now)
    with acting(centre):
        assert queries.find_referral(referral.id) is None
        assert list(queries.inbox(centre.agency)) == []
        with pytest.raises(NotFound):
            actions.accept(referral_id=referral.id, by=centre, now=now)


def test_blocked_person_sees_nothing_after_a_colleague_accepted(owner: Actor, case: Case, now: datetime) -> None:
    referral = shared.referred(case, by=owner, now=now)
    shared.answered(referral, "centre", now=now)
    inside = shared.inside("centre", now=now)
    agencies.block(staff_id=inside.staff, **beside(case), ground=BlockGround.KIN, by=owner, now=now)
    with acting(inside):
        assert not Case.objects.exists()


def test_a_person_who_was_disabled_meanwhile_accepts_nothing(owner: Actor, case: Case, now: datetime) -> None:
    referral = shared.referred(case, by=owner, now=now)
    centre = actor("centre")
    Staff.objects.filter(login="centre").update(is_active=False)
    with acting(centre), pytest.raises(NotAllowed):
        actions.accept(referral_id=referral.id, by=centre, now=now)


def test_an_answer_to_a_card_that_changed_meanwhile_is_told(owner: Actor, case: Case, now: datetime) -> None:
    referral = shared.referred(case, by=owner, now=now)
    centre = actor("centre")
    with acting(centre), pytest.raises(ChangedMeanwhile):
        actions.accept(referral_id=referral.id, by=centre, now=now, seen=referral.version + 1)


def test_the_same_is_not_offered_twice_while_it_waits(owner: Actor, case: Case, now: datetime) -> None:
    shared.referred(case, by=owner, now=now)
    with pytest.raises(rules.AlreadyOffered):
        actions.refer(case=case, part=shared.part(now=now), by=owner, now=now)


def test_ended_by_hand_the_agency_is_told_to_stop(owner: Actor, case: Case, now: datetime) -> None:
    referral = shared.referred(case, by=owner, now=now)
    shared.answered(referral, "centre", now=now)
    centre = shared.inside("centre", now=now)
    actions.take_back(case=case, referral_id=referral.id, by=owner, now=now)
    with acting(centre):
        assert not Case.objects.exists()
    with acting(actor("cityhead")):
        assert Duty.objects.filter(kind=Kind.STOP_USING).count() == 1


def test_what_she_did_not_grant_the_role_has_no_right_to(owner: Actor, case: Case, now: datetime) -> None:
    referral = shared.referred(case, by=owner, now=now)
    shared.answered(referral, "centre", now=now)
    centre = shared.inside("centre", now=now)
    assert not centre.can(access.SEE_ACCOUNTS)
    assert not centre.can("orders.order.see")
    assert not {"cases.case.lead", "cases.referral.answer"} & centre.permissions


def test_who_is_let_in_is_told_by_which_referral_and_until_when(owner: Actor, case: Case, now: datetime) -> None:
    referral = shared.referred(case, by=owner, now=now)
    shared.answered(referral, "centre", now=now)
    found = offices.seers(access.SEE, thread_id=case.thread_id, territory_id=case.territory_id, now=now)
    guest = next(one for one in found if one.mandate.staff.login == "centre")
    assert (guest.basis, guest.until) == (referral.id, now + shared.MONTH)


# The whole case


def test_a_transfer_takes_every_row_of_the_thread_and_nothing_stays_behind(
    owner: Actor, colleague: Actor, case: Case, now: datetime
) -> None:
    with transaction.atomic():
        courts.sent(by=owner, now=now)
        factories.offence(by=owner, now=now, case=case)
        shared.referred(case, by=owner, now=now)
    whole = rows(owner, case)
    assert {"cases.Account", "reports.Report", "orders.Order", "offences.Offence", "people.Person"} <= whole.keys()
    referral = shared.transfer(case, by=colleague, now=now)
    assert Case.objects.get(pk=case.id).owner_id == owner.staff
    shared.answered(referral, "abai", now=now)
    abai = actor("abai")
    assert rows(owner, case) == rows(colleague, case) == {}
    assert rows(abai, case) == whole
    with acting(offices.system("tests")):
        held = Case.objects.get(pk=case.id)
        assert (held.owner_id, held.agency_id, held.territory_id) == (abai.staff, abai.agency, 7901)
        for model in placed():
            assert set(rows_of(model, threads=[case.thread_id]).values_list("territory_id", flat=True)) <= {7901}, model
        assert set(Order.objects.filter(case=case).values_list("agency_id", flat=True)) == {abai.agency}
        open_ = Duty.objects.filter(thread_id=case.thread_id, done_at=None, dropped_at=None).exclude(thing="referral")
        assert set(open_.values_list("agency_id", flat=True)) == {abai.agency}
    assert JournalEntry.objects.filter(kind="cases.case.transferred", thing_id=str(case.id)).count() == 1


def test_the_old_office_keeps_the_line_that_it_passed_the_case_on(
    owner: Actor, colleague: Actor, case: Case, now: datetime
) -> None:
    referral = shared.transfer(case, by=colleague, now=now)
    shared.answered(referral, "abai", now=now)
    with acting(owner):
        line = queries.find_referral(referral.id)
        assert line is not None
        assert (line.course, line.standing) == (Course.TRANSFER, Standing.ACCEPTED)
        with pytest.raises(NotFound):
            actions.take_back(case=case, referral_id=referral.id, by=colleague, now=now)


def test_words_that_never_change_moved_and_still_never_change(
    owner: Actor, colleague: Actor, case: Case, now: datetime
) -> None:
    shared.answered(shared.transfer(case, by=colleague, now=now), "abai", now=now)
    abai = actor("abai")
    with acting(abai):
        account = Account.objects.get(case=case)
        assert queries.accounts(case)[0].words == factories.WORDS
        for column in ("words", "said_at", "thread_id"):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                Account.objects.filter(pk=account.pk).update(**{column: getattr(account, column)})
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Account.objects.filter(pk=account.pk).update(territory_id=7903)


def test_a_person_of_the_old_place_cannot_push_rows_elsewhere_by_hand(owner: Actor, case: Case, now: datetime) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Case.objects.filter(pk=case.id).update(territory_id=7901)


def test_what_she_agreed_to_goes_along_and_so_does_what_others_hold(
    owner: Actor, colleague: Actor, case: Case, now: datetime
) -> None:
    given = shared.referred(case, by=owner, now=now)
    shared.answered(given, "centre", now=now)
    shared.answered(shared.transfer(case, by=colleague, now=now), "abai", now=now)
    with acting(shared.inside("centre", now=now)):
        assert Case.objects.filter(pk=case.id).exists()
    abai = actor("abai")
    with acting(abai):
        assert actions.withdraw(case=case, consent_id=given.consent_id, by=abai, now=now).ended == 1


def test_one_transfer_waits_at_a_time_and_a_closed_case_is_not_passed_on(
    owner: Actor, colleague: Actor, case: Case, now: datetime
) -> None:
    first = shared.transfer(case, by=colleague, now=now)
    with pytest.raises(rules.AlreadyOffered):
        shared.transfer(case, by=colleague, now=now, to="rudny")
    actions.close(case=case, by=owner, now=now)
    with pytest.raises(rules.CaseClosed):
        shared.answered(first, "abai", now=now)
    assert rows(actor("abai"), case) == {}


def test_who_leads_cases_refers_and_whoever_heads_the_unit_transfers(
    owner: Actor, excluded: Actor, stranger: Actor, case: Case, now: datetime
) -> None:
    for who in (owner, excluded):
        with pytest.raises(NotAllowed):
            shared.transfer(case, by=who, now=now)
    with acting(excluded), pytest.raises(NotAllowed):
        actions.refer(case=case, part=shared.part(now=now), by=excluded, now=now)
    with acting(stranger), pytest.raises(NotFound):
        actions.refer(case=case, part=shared.part(now=now), by=stranger, now=now)


def test_a_case_goes_to_an_office_that_leads_cases(owner: Actor, colleague: Actor, case: Case, now: datetime) -> None:
    for to in ("centre", "clerk", "head"):
        with pytest.raises(rules.NotThisAgency):
            shared.transfer(case, by=colleague, now=now, to=to)


def test_a_court_elsewhere_goes_on_with_what_lies_before_it(owner: Actor, colleague: Actor, now: datetime) -> None:
    sent = courts.sent(by=owner, now=now)
    case = Case.objects.get(pk=sent.case_id)
    shared.answered(shared.transfer(case, by=colleague, now=now, to="rudny"), "rudny", now=now)
    clerk = actor("clerk")
    with acting(clerk):
        assert not CourtCase.objects.filter(pk=sent.pk).exists()
    with acting(shared.inside("clerk", now=now)):
        assert CourtCase.objects.filter(pk=sent.pk).exists()


# Sealed


@pytest.fixture
def sealed(owner: Actor, now: datetime) -> Case:
    """A case of a man who serves in the police, sealed and led by the Abai district."""
    report = factories.report(by=owner, now=now, serving=Serving.POLICE)
    prosecutor, abai = actor("prosecutor"), actor("abai")
    from qorgan.reports import actions as reports

    with acting(prosecutor):
        reports.route(report_id=report.id, agency_id=abai.agency, by=prosecutor, now=now)
    inside = shared.inside("abai", now=now)
    with acting(inside):
        return actions.open_from_report(report=Report.objects.get(pk=report.id), by=inside, now=now)


def test_a_sealed_case_is_transferred_by_who_may_route_it_and_stays_sealed(sealed: Case, now: datetime) -> None:
    abai, prosecutor = shared.inside("abai", now=now), actor("prosecutor")
    with pytest.raises(NotAllowed):
        shared.transfer(sealed, by=abai, now=now, to="rudny")
    with pytest.raises(rules.NotThisAgency):
        shared.transfer(sealed, by=prosecutor, now=now, to="inspector")
    referral = shared.transfer(sealed, by=prosecutor, now=now, to="rudny")
    shared.answered(referral, "rudny", now=now)
    assert Seal.objects.get(thread_id=sealed.thread_id, lifted_at=None).territory_id == 3905
    assert rows(actor("rudny"), sealed) != {}
    for who in (actor("inspector"), actor("head"), actor("cityhead"), actor("abai"), abai):
        assert rows(who, sealed) == {}
        with acting(who):
            assert queries.find_referral(referral.id) is None
    with acting(offices.system("tests")):
        assert not Duty.objects.filter(thing="referral").exists()


def test_a_seal_laid_later_hides_the_line_from_the_old_office(
    owner: Actor, colleague: Actor, case: Case, now: datetime
) -> None:
    referral = shared.transfer(case, by=colleague, now=now)
    shared.answered(referral, "abai", now=now)
    agencies.seal(thread_id=case.thread_id, territory_id=7901, ground=SealGround.DECIDED, by=actor("abai"), now=now)
    with acting(owner):
        assert queries.find_referral(referral.id) is None


def test_those_who_do_not_see_a_place_see_no_record_of_it(owner: Actor, case: Case, now: datetime) -> None:
    centre = actor("centre")
    assert centre.territories == ()
    assert rows(centre, case) == {}
    with connection.cursor() as cursor, acting(centre):
        cursor.execute("select count(*) from people_person")
        assert cursor.fetchone()[0] == 0
