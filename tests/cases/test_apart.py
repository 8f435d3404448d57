"""Parties who may be someone of the staff, or near: who is shut out, who weighs it, who takes the case over."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction

from qorgan.agencies import actions as agencies
from qorgan.agencies import queries as offices
from qorgan.agencies.models import Admission, Block, Seal, Staff, Trait
from qorgan.agencies.rules import BlockDecided, NoReason, NoSuchNumber, NothingDeclared
from qorgan.agencies.terms import BlockGround, Relation, SealGround
from qorgan.base.errors import NotAllowed, NotFound
from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions, jobs
from qorgan.cases.models import Case
from qorgan.cases.terms import Role
from qorgan.duties import queries as due
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from qorgan.orders.models import Order
from qorgan.people import actions as people
from qorgan.people.actions import Named
from qorgan.reports.models import Report
from tests import factories
from tests.conftest import actor
from tests.roles import as_process

HIS_IIN = "850101300303"
WIFE = Named(written="Есімханова Сая Болатқызы", iin="880202400404", phone="+7 702 111 22 33")


def staff(who: Actor) -> Staff:
    return Staff.objects.get(pk=who.staff)


def declare(who: Actor, relation: Relation, *, now: datetime, **said: str) -> None:
    words = {"name": "", "iin": "", "phone": ""} | said
    agencies.declare(staff=staff(who), relation=relation, **words, by=who, now=now)


def sees(who: Actor, report: Report) -> bool:
    with acting(who):
        return Report.objects.filter(pk=report.pk).exists()


def blocks() -> dict[str, tuple[str, tuple[str, ...]]]:
    return {one.staff.login: (one.ground, tuple(one.evidence)) for one in Block.objects.select_related("staff")}


@pytest.fixture
def known(owner: Actor, now: datetime) -> None:
    agencies.know_by_name(staff=Staff.objects.all(), by=owner, now=now)


def test_wife_of_an_officer_is_shut_to_him_alone_from_the_first_second(
    owner: Actor, colleague: Actor, now: datetime
) -> None:
    declare(owner, Relation.SPOUSE, now=now, iin=WIFE.iin)
    desk = actor("desk")
    with acting(desk):
        report = factories.report(by=desk, now=now, victim=WIFE)
    assert blocks() == {"inspector": (BlockGround.KIN, ("iin",))}
    assert not sees(owner, report)
    assert sees(colleague, report)
    assert not Seal.objects.exists()


def test_a_phone_is_the_same_however_it_is_written(owner: Actor, now: datetime) -> None:
    declare(owner, Relation.SPOUSE, now=now, phone="8 (702) 111-22-33")
    factories.report(by=actor("desk"), now=now, victim=WIFE)
    assert blocks() == {"inspector": (BlockGround.KIN, ("phone",))}


@pytest.mark.parametrize("written", ["Есимханов Ернур Дулатович", "ESIMKHANOV ERNUR", "Ернұр Есімханов"])
def test_party_who_bears_an_officers_name_is_a_suspicion_that_shuts_him_alone(
    known: None, owner: Actor, colleague: Actor, now: datetime, written: str
) -> None:
    report = factories.report(by=actor("desk"), now=now, suspect=Named(written=written))
    assert blocks() == {"inspector": (BlockGround.SELF, ("name",))}
    assert (sees(owner, report), sees(colleague, report)) == (False, True)


@pytest.mark.parametrize("written", ["Есимханов Ернур Болатович", "Есімханов Нұрлан Дулатұлы", "Есімханов"])
def test_another_patronymic_another_given_name_or_a_surname_alone_shuts_nobody(
    known: None, owner: Actor, now: datetime, written: str
) -> None:
    factories.report(by=owner, now=now, suspect=Named(written=written))
    assert blocks() == {}


def test_namesake_whose_iin_is_known_to_be_another_shuts_nobody(known: None, owner: Actor, now: datetime) -> None:
    declare(owner, Relation.SELF, now=now, iin=HIS_IIN)
    namesake = Named(written="Есімханов Ернұр Дулатұлы", iin="900505300505")
    factories.report(by=owner, now=now, suspect=namesake)
    assert blocks() == {}


def test_name_alone_speaks_only_of_those_who_serve_in_the_region_or_above(
    known: None, owner: Actor, now: datetime
) -> None:
    factories.report(by=owner, now=now, suspect=Named(written="Мироненко Павел Игоревич"))
    assert blocks() == {}
    factories.report(by=owner, now=now, suspect=Named(written="Сейітжанова Әсем Маратқызы"))
    assert blocks() == {"duty": (BlockGround.SELF, ("name",))}


def test_who_only_reports_may_be_an_officer_on_duty(known: None, owner: Actor, now: datetime) -> None:
    factories.report(by=owner, now=now, reporter=Named(written="Есімханов Ернұр Дулатұлы"))
    assert blocks() == {}


def test_party_who_certainly_serves_seals_the_record_and_shuts_out_his_unit_and_its_heads(
    owner: Actor, colleague: Actor, now: datetime
) -> None:
    declare(owner, Relation.SELF, now=now, iin=HIS_IIN)
    desk = actor("desk")
    with acting(desk):
        report = factories.report(by=desk, now=now, suspect=Named(written="Белгісіз", iin=HIS_IIN))
    assert Seal.objects.get().ground == SealGround.POLICE
    found = blocks()
    assert found.pop("inspector") == (BlockGround.SELF, ("iin",))
    assert {ground for ground, _evidence in found.values()} == {BlockGround.SAME_UNIT}
    assert {"head", "desk", "juvenile", "cityhead", "duty"} <= found.keys()
    assert "prosecutor" not in found
    prosecutor = actor("prosecutor")
    with acting(prosecutor):
        assert {duty.kind for duty in Duty.objects.filter(thing="report")} == {Kind.ROUTE_REPORT, Kind.DECIDE_REPORT}
    assert [sees(one, report) for one in (owner, colleague, desk, actor("cityhead"), prosecutor)] == [False] * 4 + [
        True
    ]


def test_block_is_weighed_by_another_office_within_a_day_and_never_by_his_own_or_those_above(
    owner: Actor, now: datetime
) -> None:
    declare(owner, Relation.SPOUSE, now=now, iin=WIFE.iin)
    report = factories.report(by=actor("desk"), now=now, victim=WIFE)
    block = Block.objects.get()
    with acting(offices.system("test")):
        duty = Duty.objects.get(kind=Kind.REVIEW_BLOCK)
        admission = Admission.objects.get()
    assert (duty.thing_id, duty.thread_id) == (block.id, report.thread_id)
    assert duty.due_at == now + timedelta(hours=24)
    assert duty.agency_id == admission.agency_id
    above = {one.pk for one in offices.police() if one.territory_id in offices.chain(report.territory_id)}
    assert duty.agency_id not in above


def compare_all(now: datetime) -> int:
    with as_process(Process.WORKER):
        return jobs.compare_all(by=offices.system("test"), now=now)


def reviewer() -> Actor:
    with acting(offices.system("test")):
        held = Duty.objects.get(kind=Kind.REVIEW_BLOCK)
    return next(one for one in map(actor, ("abaihead", "prosecutor")) if one.agency == held.agency_id)


def test_lifted_block_opens_the_record_again_and_is_not_raised_a_second_time(owner: Actor, now: datetime) -> None:
    declare(owner, Relation.SPOUSE, now=now, iin=WIFE.iin)
    report = factories.report(by=actor("desk"), now=now, victim=WIFE)
    block, who = Block.objects.get(), reviewer()
    with acting(who):
        people.review_block(block_id=block.id, stands=False, why="Басқа адам: туған жылы сәйкес емес", by=who, now=now)
    assert sees(owner, report)
    with acting(offices.system("test")):
        assert not due.open_of(Kind.REVIEW_BLOCK).exists()
        assert not Admission.objects.filter(ended_at=None).exists()
    compare_all(now)
    assert sees(owner, report)


def test_confirmed_suspicion_shuts_out_the_unit_too(known: None, owner: Actor, colleague: Actor, now: datetime) -> None:
    report = factories.report(by=actor("desk"), now=now, suspect=Named(written="Есімханов Ернұр"))
    block, who = Block.objects.get(), reviewer()
    assert sees(colleague, report)
    with acting(who):
        people.review_block(block_id=block.id, stands=True, why="Өзі екені расталды", by=who, now=now)
    assert not sees(colleague, report)
    assert all(one.confirmed_at for one in Block.objects.all())


@pytest.mark.parametrize("login", ["rudny", "head", "inspector", "cityhead"])
def test_nobody_but_the_office_it_was_laid_on_decides(owner: Actor, now: datetime, login: str) -> None:
    declare(owner, Relation.SPOUSE, now=now, iin=WIFE.iin)
    factories.report(by=actor("desk"), now=now, victim=WIFE)
    who = actor(login)
    with acting(who), pytest.raises((NotFound, NotAllowed)):
        people.review_block(block_id=Block.objects.get().id, stands=False, why="Керек емес", by=who, now=now)


def test_a_decision_is_made_once_and_has_a_reason(owner: Actor, now: datetime) -> None:
    declare(owner, Relation.SPOUSE, now=now, iin=WIFE.iin)
    factories.report(by=actor("desk"), now=now, victim=WIFE)
    block, who = Block.objects.get(), reviewer()
    with acting(who):
        with pytest.raises(NoReason), transaction.atomic():
            people.review_block(block_id=block.id, stands=True, why=" ", by=who, now=now)
        people.review_block(block_id=block.id, stands=True, why="Расталды", by=who, now=now)
        with pytest.raises((BlockDecided, NotFound)):
            people.review_block(block_id=block.id, stands=False, why="Қайта", by=who, now=now)


def test_case_whose_owner_is_shut_out_goes_to_the_head_of_the_office_at_once(
    owner: Actor, colleague: Actor, now: datetime
) -> None:
    declare(owner, Relation.CHILD, now=now, iin=WIFE.iin)
    case = factories.case(by=owner, now=now)
    with acting(owner):
        actions.add_person(case=case, named=WIFE, role=Role.CHILD, by=owner, now=now)
    with acting(colleague):
        held = Case.objects.get(pk=case.pk)
    assert held.owner_id == colleague.staff
    with acting(owner):
        assert not Case.objects.filter(pk=case.pk).exists()


def test_witness_who_is_near_an_officer_shuts_nobody(owner: Actor, now: datetime) -> None:
    declare(owner, Relation.CHILD, now=now, iin=WIFE.iin)
    case = factories.case(by=owner, now=now)
    actions.add_person(case=case, named=WIFE, role=Role.WITNESS, by=owner, now=now)
    assert blocks() == {}


def test_case_sealed_late_waits_for_its_routing_and_then_has_an_owner_who_sees_it(
    owner: Actor, colleague: Actor, now: datetime
) -> None:
    from qorgan.reports import actions as reports

    declare(colleague, Relation.SELF, now=now, iin=HIS_IIN)
    case = factories.case(by=owner, now=now)
    actions.add_person(case=case, named=Named(written="Аты жоқ", iin=HIS_IIN), role=Role.OFFENDER, by=owner, now=now)
    prosecutor, abai = actor("prosecutor"), actor("abai")
    with acting(owner):
        assert not Case.objects.exists()
    with acting(prosecutor):
        report = Report.objects.get()
        assert owner.agency not in {one.id for one in reports.takers(report)}
        reports.route(report_id=report.id, agency_id=abai.agency, by=prosecutor, now=now)
    system = offices.system("test")
    with acting(system):
        assert actions.keep_owned(by=system, now=now) == 1
        held = Case.objects.get()
    assert held.agency_id == abai.agency


def _due(case: Case) -> dict[UUID, tuple[UUID, object]]:
    """The open duties in the threads of a case: whose each is, and since when."""
    with acting(offices.system("test")):
        held = Duty.objects.filter(thread_id=case.thread_id, done_at=None, dropped_at=None)
        return {
            one.id: (one.agency_id, one.since) for one in held.exclude(kind__in=(Kind.ROUTE_REPORT, Kind.REVIEW_BLOCK))
        }


def test_what_is_due_in_a_case_goes_once_and_whole_to_the_office_that_takes_it_over(
    owner: Actor, colleague: Actor, now: datetime
) -> None:
    from qorgan.reports import actions as reports

    declare(colleague, Relation.SELF, now=now, iin=HIS_IIN)
    order = factories.served(by=owner, now=now)
    before, case = _due(order.case), order.case
    assert before
    assert {agency for agency, _since in before.values()} == {owner.agency}
    actions.add_person(case=case, named=Named(written="Аты жоқ", iin=HIS_IIN), role=Role.OFFENDER, by=owner, now=now)
    prosecutor, abai = actor("prosecutor"), actor("abai")
    with acting(prosecutor):
        reports.route(report_id=Report.objects.get().id, agency_id=abai.agency, by=prosecutor, now=now)
    system = offices.system("test")
    with acting(system):
        assert actions.keep_owned(by=system, now=now) == 1
        assert actions.keep_owned(by=system, now=now) == 0
        assert set(Order.objects.values_list("agency_id", flat=True)) == {abai.agency}
    assert _due(case) == {one: (abai.agency, since) for one, (_agency, since) in before.items()}
    told = JournalEntry.objects.get(kind="duties.duty.passed_on", thing_id=str(case.thread_id))
    assert (told.detail["agency"], told.detail["count"]) == (str(abai.agency), len(before))
    with acting(owner):
        assert not Duty.objects.filter(pk__in=before).exists()
    with acting(colleague):
        assert not Duty.objects.filter(pk__in=before).exists()


def test_a_case_that_stays_in_its_office_keeps_its_duties_where_they_are(
    owner: Actor, colleague: Actor, now: datetime
) -> None:
    declare(owner, Relation.CHILD, now=now, iin=WIFE.iin)
    order = factories.served(by=owner, now=now)
    before = _due(order.case)
    with acting(owner):
        actions.add_person(case=order.case, named=WIFE, role=Role.CHILD, by=owner, now=now)
    with acting(colleague):
        assert Case.objects.get(pk=order.case_id).owner_id == colleague.staff
    assert _due(order.case) == before
    assert not JournalEntry.objects.filter(kind="duties.duty.passed_on").exists()


def test_records_of_before_are_compared_in_the_night_after_a_declaration(owner: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now, victim=WIFE)
    declare(owner, Relation.SPOUSE, now=now, iin=WIFE.iin)
    assert sees(owner, report)
    assert offices.unmatched(now=now)
    assert compare_all(now) == 1
    assert not sees(owner, report)
    assert not offices.unmatched(now=now)


def test_taking_a_declaration_back_shuts_no_new_record(owner: Actor, now: datetime) -> None:
    declare(owner, Relation.SPOUSE, now=now, iin=WIFE.iin)
    (made,) = offices.declarations_of(staff(owner))
    agencies.end_declaration(declaration_id=made.id, by=owner, now=now)
    factories.report(by=owner, now=now, victim=WIFE)
    assert blocks() == {}


def test_nobody_declares_for_another_but_who_keeps_staff(owner: Actor, colleague: Actor, now: datetime) -> None:
    said = {"relation": Relation.SPOUSE, "name": "Есімханова Сая", "iin": "", "phone": "", "now": now}
    with pytest.raises(NotAllowed):
        agencies.declare(staff=staff(owner), by=colleague, **said)
    made = agencies.declare(staff=staff(owner), by=actor("admin"), **said)
    with pytest.raises(NotFound):
        agencies.end_declaration(declaration_id=made.id, by=colleague, now=now)


@pytest.mark.parametrize(
    ("said", "refusal"), [({}, NothingDeclared), ({"name": "Сая"}, NothingDeclared), ({"iin": "123"}, NoSuchNumber)]
)
def test_a_declaration_names_someone(
    owner: Actor, now: datetime, said: dict[str, str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        declare(owner, Relation.SPOUSE, now=now, **said)


def test_after_the_key_of_indexes_was_lost_staff_are_recognised_again(
    known: None, owner: Actor, colleague: Actor, now: datetime
) -> None:
    declare(owner, Relation.SPOUSE, now=now, iin=WIFE.iin, phone="8 702 111 22 33", name=WIFE.written)
    declare(colleague, Relation.CHILD, now=now, iin="050505500505")
    before = {(one.staff_id, one.relation, one.kind, bytes(one.token)) for one in Trait.objects.all()}
    with as_process(Process.WORKER):
        Trait.objects.update(token=b"\0" * 32, matched_at=now)  # as if under another key
    report = factories.report(by=actor("desk"), now=now, victim=WIFE)
    assert blocks() == {}, "under the lost key nobody is recognised"
    with as_process(Process.WORKER):
        assert agencies.know_anew(by=offices.system("tests"), now=now) == len(before)
    assert {(one.staff_id, one.relation, one.kind, bytes(one.token)) for one in Trait.objects.all()} == before
    with as_process(Process.WORKER):
        jobs.compare_all(by=offices.system("tests"), now=now + timedelta(minutes=1))
    assert blocks() == {"inspector": (BlockGround.KIN, ("iin", "name", "phone"))}
    assert not sees(owner, report)
