"""What she agrees to, refuses and takes back; and who may answer for whom."""

from datetime import date, datetime, timedelta

import pytest

from qorgan.base import clock
from qorgan.base.errors import ChangedMeanwhile, NotAllowed, NotFound
from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions, queries, rules
from qorgan.cases.jobs import end_what_ran_out
from qorgan.cases.models import Case, ConsentWord, Referral
from qorgan.cases.terms import Aim, Barred, Bond, Giver, Ground, Role, Section, Standing, Word
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from qorgan.messages.rules import NotToHim, check_may_leave
from qorgan.people.actions import Named
from tests import factories
from tests.cases import shared
from tests.conftest import actor
from tests.roles import as_process


@pytest.fixture
def case(owner: Actor, now: datetime) -> Case:
    return factories.case(by=owner, now=now)


def test_a_yes_is_kept_with_what_to_whom_until_when_and_how(owner: Actor, case: Case, now: datetime) -> None:
    made = shared.consent(case, by=owner, now=now)
    told = queries.consents(case, now=now)[0]
    assert (told.word, told.stands, told.aim) == (Word.GIVEN, True, Aim.REFUGE)
    assert made.sections == ["case", "persons"]
    assert JournalEntry.objects.filter(kind="cases.consent.given", thing_id=str(case.id)).count() == 1


def test_nothing_is_shared_by_consent_that_nobody_asked_for(owner: Actor, case: Case, now: datetime) -> None:
    with pytest.raises(rules.NoConsent):
        actions.refer(case=case, part=shared.part(now=now), by=owner, now=now)


def test_a_refusal_is_kept_and_shares_nothing(owner: Actor, case: Case, now: datetime) -> None:
    shared.consent(case, by=owner, now=now, said_yes=False, until=None)
    assert queries.consents(case, now=now)[0].word is Word.REFUSED
    with pytest.raises(rules.NoConsent):
        actions.refer(case=case, part=shared.part(now=now), by=owner, now=now)


def test_a_later_no_ends_what_an_older_yes_could_carry(owner: Actor, case: Case, now: datetime) -> None:
    shared.consent(case, by=owner, now=now)
    shared.consent(case, by=owner, now=now + timedelta(hours=1), said_yes=False, until=None)
    with pytest.raises(rules.NoConsent):
        actions.refer(case=case, part=shared.part(now=now), by=owner, now=now + timedelta(hours=2))


@pytest.mark.parametrize(
    "more",
    [
        {"sections": (Section.CASE, Section.ACCOUNTS)},
        {"until": datetime(2027, 11, 20, tzinfo=clock.now().tzinfo)},
        {"aim": Aim.PSYCHOLOGY},
    ],
)
def test_more_than_she_agreed_to_is_refused(owner: Actor, case: Case, now: datetime, more: dict[str, object]) -> None:
    shared.consent(case, by=owner, now=now)
    with pytest.raises(rules.NoConsent):
        actions.refer(case=case, part=shared.part(now=now, **more), by=owner, now=now)


def test_a_yes_without_an_end_is_no_consent(owner: Actor, case: Case, now: datetime) -> None:
    for until in (None, now):
        with pytest.raises(rules.ConsentNeedsAnEnd):
            shared.consent(case, by=owner, now=now, until=until)


def test_consent_to_a_kind_of_agency_covers_each_of_that_kind(owner: Actor, case: Case, now: datetime) -> None:
    shared.consent(case, by=owner, now=now, agency_id=None, agency_kind="crisis_centre")
    assert actions.refer(case=case, part=shared.part(now=now), by=owner, now=now).standing == Standing.PROPOSED


def test_consent_is_asked_of_agencies_that_work_for_it(owner: Actor, case: Case, now: datetime) -> None:
    for to in ({"agency_id": actor("abai").agency}, {"agency_id": None, "agency_kind": "court"}):
        with pytest.raises(rules.NotThisAgency):
            shared.consent(case, by=owner, now=now, **to)


def test_nobody_consents_for_the_one_complained_of(owner: Actor, case: Case, now: datetime) -> None:
    with pytest.raises(rules.NotOfTheCase):
        shared.consent(case, by=owner, now=now, person_id=shared.person(case, Role.OFFENDER).id)


def test_a_childs_own_word_needs_a_person_who_decides_that_it_counts(owner: Actor, case: Case, now: datetime) -> None:
    child = shared.child(case, by=owner, now=now)
    with pytest.raises(rules.WhoDecided):
        shared.consent(case, by=owner, now=now, person_id=child.id)
    made = shared.consent(case, by=owner, now=now, person_id=child.id, why="Түсінеді, өзі сұрады")
    assert made.written_by == owner.staff
    assert queries.consents(case, now=now)[0].why == "Түсінеді, өзі сұрады"


def test_without_the_right_nobody_keeps_or_withdraws_a_consent(
    owner: Actor, excluded: Actor, stranger: Actor, case: Case, now: datetime
) -> None:
    question = shared.asked(case, now=now)
    made = shared.consent(case, by=owner, now=now)
    with acting(excluded):
        with pytest.raises(NotAllowed):
            actions.keep_consent(case=case, asked=question, said_yes=True, by=excluded, now=now)
        with pytest.raises(NotAllowed):
            actions.withdraw(case=case, consent_id=made.id, by=excluded, now=now)
    with acting(stranger), pytest.raises(NotFound):
        actions.withdraw(case=case, consent_id=made.id, by=stranger, now=now)


def test_two_who_write_about_sharing_at_once_are_told(owner: Actor, case: Case, now: datetime) -> None:
    seen = queries.sharing_stands(case)
    shared.consent(case, by=owner, now=now)
    question = shared.asked(case, now=now)
    with pytest.raises(ChangedMeanwhile):
        actions.keep_consent(case=case, asked=question, said_yes=True, by=owner, now=now, seen=seen)


def test_withdrawal_ends_every_admission_that_stood_on_it_and_tells_the_agency(
    owner: Actor, case: Case, now: datetime
) -> None:
    referral = shared.referred(case, by=owner, now=now)
    shared.answered(referral, "centre", now=now)
    centre = shared.inside("centre", now=now)
    with acting(centre):
        assert Case.objects.filter(pk=case.id).exists()
    later = now + timedelta(hours=3)
    done = actions.withdraw(case=case, consent_id=referral.consent_id, by=owner, now=later)
    assert (done.ended, done.revoked, done.told) == (1, 0, 1)
    with acting(centre):
        assert not Case.objects.filter(pk=case.id).exists()
    with acting(actor("cityhead")):
        duty = Duty.objects.get(kind=Kind.STOP_USING)
    assert (duty.agency_id, duty.due_at) == (centre.agency_id, later + timedelta(hours=24))
    referral.refresh_from_db()
    assert (referral.standing, referral.recalled_at) == (Standing.ENDED, later)
    with pytest.raises(rules.ConsentIsOver):
        actions.withdraw(case=case, consent_id=referral.consent_id, by=owner, now=later)


def test_agency_that_was_told_confirms_once_and_its_duty_is_done(owner: Actor, case: Case, now: datetime) -> None:
    referral = shared.referred(case, by=owner, now=now)
    shared.answered(referral, "centre", now=now)
    actions.withdraw(case=case, consent_id=referral.consent_id, by=owner, now=now)
    centre = actor("centre")
    with acting(centre):
        assert [one.id for one in queries.waiting(centre.agency, now=now)] == [referral.id]
        actions.stopped(referral_id=referral.id, by=centre, now=now)
        assert not queries.waiting(centre.agency, now=now).exists()
        with pytest.raises(rules.NothingToStop):
            actions.stopped(referral_id=referral.id, by=centre, now=now)
    with acting(actor("cityhead")):
        assert Duty.objects.get(kind=Kind.STOP_USING).done_at == now


def test_withdrawal_revokes_offers_that_wait(owner: Actor, case: Case, now: datetime) -> None:
    referral = shared.referred(case, by=owner, now=now)
    assert actions.withdraw(case=case, consent_id=referral.consent_id, by=owner, now=now).revoked == 1
    centre = actor("centre")
    with acting(centre), pytest.raises(rules.AlreadyAnswered):
        actions.accept(referral_id=referral.id, by=centre, now=now)
    with acting(actor("cityhead")):
        assert Duty.objects.get(kind=Kind.ANSWER_REFERRAL).dropped_why == "withdrawn"


def test_what_stands_on_another_ground_is_not_ended_by_withdrawal(owner: Actor, case: Case, now: datetime) -> None:
    given = shared.consent(case, by=owner, now=now)
    other = shared.part(now=now, ground=Ground.CHILD_IN_DANGER)
    referral = actions.refer(case=case, part=other, by=owner, now=now)
    shared.answered(referral, "centre", now=now)
    assert actions.withdraw(case=case, consent_id=given.id, by=owner, now=now).ended == 0
    with acting(shared.inside("centre", now=now)):
        assert Case.objects.filter(pk=case.id).exists()


def test_consent_runs_out_by_its_own_moment_and_a_job_writes_it_down(owner: Actor, case: Case, now: datetime) -> None:
    shared.consent(case, by=owner, now=now)
    over = now + shared.MONTH
    assert queries.consents(case, now=over)[0].word is Word.EXPIRED
    assert (actions.expire(by=owner, now=over), actions.expire(by=owner, now=over)) == (1, 0)
    assert set(ConsentWord.objects.values_list("word", flat=True)) == {"given", "expired"}


def test_a_closed_case_hinders_nobody_from_taking_back(owner: Actor, case: Case, now: datetime) -> None:
    made = shared.consent(case, by=owner, now=now)
    actions.close(case=case, by=owner, now=now)
    actions.withdraw(case=case, consent_id=made.id, by=owner, now=now)
    assert queries.consents(case, now=now)[0].word is Word.WITHDRAWN


# Representatives


def _document(case: Case, child: object, speaker: object, now: datetime) -> actions.Document:
    return actions.Document(
        person_id=child.id,  # type: ignore[attr-defined]  # a person
        speaker_id=speaker.id,  # type: ignore[attr-defined]  # a person
        bond=Bond.PARENT,
        evidence="туу туралы куәлік № 1",
        valid_from=date(2020, 1, 1),
    )


def test_mother_speaks_for_her_child(owner: Actor, case: Case, now: datetime) -> None:
    child, mother = shared.child(case, by=owner, now=now), shared.person(case)
    actions.represent(case=case, document=_document(case, child, mother, now), by=owner, now=now)
    spoken = {"person_id": child.id, "giver": Giver.REPRESENTATIVE, "speaker_id": mother.id}
    assert shared.consent(case, by=owner, now=now, **spoken).speaker_id == mother.id
    assert queries.representations(case)[0].evidence == "туу туралы куәлік № 1"
    assert not Referral.objects.exists()


def test_a_representative_who_is_complained_of_decides_nothing_and_guardianship_is_told(
    owner: Actor, case: Case, now: datetime
) -> None:
    child, father = shared.child(case, by=owner, now=now), shared.person(case, Role.OFFENDER)
    actions.represent(case=case, document=_document(case, child, father, now), by=owner, now=now)
    assert queries.representations(case)[0].barred is Barred.OFFENDER
    with pytest.raises(rules.MayNotSpeak):
        shared.consent(case, by=owner, now=now, person_id=child.id, giver=Giver.REPRESENTATIVE, speaker_id=father.id)
    told = Referral.objects.get()
    assert (told.to_agency_id, told.ground) == (actor("guardian").agency, Ground.NO_REPRESENTATIVE)
    with acting(actor("cityhead")):
        assert Duty.objects.get(kind=Kind.REPLACE_SPEAKER).agency_id == told.to_agency_id


def test_who_bears_the_name_of_the_one_complained_of_is_barred_too(owner: Actor, case: Case, now: datetime) -> None:
    child = shared.child(case, by=owner, now=now)
    named = Named(written="  сәрсенбаев нұрлыбек  төлегенұлы ")
    twice = actions.add_person(case=case, named=named, role=Role.REPRESENTATIVE, by=owner, now=now)
    actions.represent(case=case, document=_document(case, child, twice, now), by=owner, now=now)
    assert queries.representations(case)[0].barred is Barred.SAME
    assert Referral.objects.filter(ground=Ground.NO_REPRESENTATIVE).count() == 1


@pytest.mark.parametrize("written", ["Сарсенбаев Нурлыбек Толегенович", "Sarsenbayev Nurlybek"])
def test_a_name_in_another_alphabet_is_the_same_name(owner: Actor, case: Case, now: datetime, written: str) -> None:
    child = shared.child(case, by=owner, now=now)
    named = Named(written=written)
    man = actions.add_person(case=case, named=named, role=Role.REPRESENTATIVE, by=owner, now=now)
    actions.represent(case=case, document=_document(case, child, man, now), by=owner, now=now)
    assert queries.representations(case)[0].barred is Barred.SAME


def test_a_representative_who_is_named_as_complained_of_later_loses_his_rights_then(
    owner: Actor, case: Case, now: datetime
) -> None:
    child = shared.child(case, by=owner, now=now)
    named = Named(written="Ахметов Серік Болатұлы", iin="")
    man = actions.add_person(case=case, named=named, role=Role.REPRESENTATIVE, by=owner, now=now)
    actions.represent(case=case, document=_document(case, child, man, now), by=owner, now=now)
    assert not Referral.objects.exists()
    actions.add_person(case=case, named=named, role=Role.OFFENDER, by=owner, now=now)
    assert queries.representations(case)[0].barred is Barred.SAME
    assert Referral.objects.filter(ground=Ground.NO_REPRESENTATIVE).count() == 1


def test_a_mark_by_hand_bars_him_and_guardianship_is_told_once(owner: Actor, case: Case, now: datetime) -> None:
    child = shared.child(case, by=owner, now=now)
    man = actions.add_person(
        case=case, named=Named(written="Ахметов Серік"), role=Role.REPRESENTATIVE, by=owner, now=now
    )
    made = actions.represent(case=case, document=_document(case, child, man, now), by=owner, now=now)
    for _again in range(2):
        actions.doubt(case=case, representation_id=made.id, by=owner, now=now)
    assert queries.representations(case)[0].barred is Barred.DOUBTED
    assert Referral.objects.count() == 1


def test_a_mark_is_taken_away_by_a_second_person_and_holds_under_any_document_until_then(
    owner: Actor, colleague: Actor, case: Case, now: datetime
) -> None:
    child = shared.child(case, by=owner, now=now)
    named = Named(written="Ахметов Серік")
    man = actions.add_person(case=case, named=named, role=Role.REPRESENTATIVE, by=owner, now=now)
    made = actions.represent(case=case, document=_document(case, child, man, now), by=owner, now=now)
    actions.doubt(case=case, representation_id=made.id, by=owner, now=now)
    actions.represent(case=case, document=_document(case, child, man, now), by=owner, now=now)
    assert {one.barred for one in queries.representations(case)} == {Barred.DOUBTED}
    with pytest.raises(rules.SecondPerson):
        actions.clear_doubt(case=case, representation_id=made.id, by=owner, now=now)
    with acting(colleague):
        actions.clear_doubt(case=case, representation_id=made.id, by=colleague, now=now)
    assert {one.barred for one in queries.representations(case)} == {None}


def test_guardianship_that_takes_his_place_sees_the_people_and_its_duty_is_done(
    owner: Actor, case: Case, now: datetime
) -> None:
    child, father = shared.child(case, by=owner, now=now), shared.person(case, Role.OFFENDER)
    actions.represent(case=case, document=_document(case, child, father, now), by=owner, now=now)
    shared.answered(Referral.objects.get(), "guardian", now=now)
    with acting(inside := shared.inside("guardian", now=now)):
        assert Case.objects.filter(pk=case.id).exists()
    assert inside.permissions == {"cases.case.see", "cases.person.see", "cases.night.decide"}
    with acting(actor("cityhead")):
        assert Duty.objects.get(kind=Kind.REPLACE_SPEAKER).done_at == now


def test_what_ran_out_is_ended_by_the_worker_with_the_rights_of_the_worker(
    owner: Actor, case: Case, now: datetime
) -> None:
    shared.house_rule("sharing.answer", 1, now=now)
    shared.referred(case, by=owner, now=now)
    with clock.frozen(now + shared.MONTH), as_process(Process.WORKER):
        end_what_ran_out(timestamp=0)
    assert Referral.objects.get().standing == Standing.LAPSED
    assert queries.consents(case, now=now)[0].word is Word.EXPIRED


def test_nothing_is_sent_to_whoever_is_or_may_be_complained_of(owner: Actor, case: Case, now: datetime) -> None:
    named = Named(written="сәрсенбаев нұрлыбек төлегенұлы")
    twice = actions.add_person(case=case, named=named, role=Role.REPRESENTATIVE, by=owner, now=now)
    for him in (shared.person(case, Role.OFFENDER), twice):
        with pytest.raises(NotToHim):
            check_may_leave(queries.safe_contact(case, him.id, now=now), now=now)
    assert queries.safe_contact(case, shared.person(case).id, now=now) is None
