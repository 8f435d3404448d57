"""Threads that are shut: what a blocked person, a sealed file and an admission mean for every table of records."""

from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.db import ProgrammingError, models, transaction

from qorgan.agencies import actions, queries
from qorgan.agencies.models import Admission, Block, Mandate
from qorgan.agencies.rules import BlockDecided, EndsBeforeItBegins, NoReason
from qorgan.agencies.terms import AdmissionGround, BlockGround, Purpose, SealGround
from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting, beside
from qorgan.cases import actions as cases
from qorgan.cases.models import Case
from qorgan.facts.collect import run as collector
from qorgan.reports.models import Report
from tests import factories
from tests.roles import as_process

SCOPED = [model for model in apps.get_models() if getattr(model, "SCOPED", None)]
DAY = timedelta(days=1)


@pytest.fixture
def order(owner: Actor, now: datetime) -> factories.Order:
    """A served order of a case that began with a report, and another thread of the same district beside it."""
    made = factories.served(by=owner, now=now)
    factories.report(by=owner, now=now, kui_no="SYN-OTHER")
    return made


def rows(by: Actor) -> dict[str, int]:
    """How many rows of each table of records a person sees; tables without any are left out."""
    with acting(by):
        counted = {model._meta.label: model._default_manager.count() for model in SCOPED}
    return {name: count for name, count in counted.items() if count}


def of_thread(by: Actor, order: factories.Order) -> dict[str, int]:
    """The same, of one thread."""
    with acting(by):
        counted = {one._meta.label: one._default_manager.filter(thread_id=order.thread_id).count() for one in SCOPED}
    return {name: count for name, count in counted.items() if count}


def block(who: Actor, order: factories.Order, *, by: Actor, now: datetime) -> Block:
    return actions.block(staff_id=who.staff, **beside(order), ground=BlockGround.KIN, by=by, now=now)[0]


def seal(order: factories.Order, *, by: Actor, now: datetime) -> None:
    actions.seal(**beside(order), ground=SealGround.POLICE, by=by, now=now)


def admit(who: Actor, order: factories.Order, *, by: Actor, now: datetime, **said: object) -> Admission:
    whom = {"staff_id": who.staff, "until": None, "permissions": ()} | said
    return actions.admit(
        **beside(order), ground=AdmissionGround.ROUTED, purpose=Purpose.DOMESTIC_VIOLENCE, by=by, now=now, **whom
    )


def test_every_row_of_a_thread_bears_its_name(owner: Actor, order: factories.Order) -> None:
    seen = rows(owner)
    assert {"reports.Report", "cases.Case", "orders.Order", "duties.Duty", "people.Person"} <= seen.keys()
    begun = Report.objects.exclude(kui_no="SYN-OTHER").get()
    assert {order.thread_id, Case.objects.get().thread_id} == {begun.id}
    elsewhere = Report.objects.get(kui_no="SYN-OTHER").thread_id
    for model in SCOPED:
        assert set(model._default_manager.values_list("thread_id", flat=True)) <= {begun.id, elsewhere}


def test_blocked_person_sees_no_row_of_the_thread_and_all_of_every_other(
    owner: Actor, colleague: Actor, order: factories.Order, now: datetime
) -> None:
    before, whole = rows(owner), of_thread(owner, order)
    block(owner, order, by=colleague, now=now)
    assert of_thread(owner, order) == {}
    assert rows(owner) == {name: count for name in before if (count := before[name] - whole.get(name, 0))}
    assert of_thread(colleague, order) == whole


def test_block_holds_inside_a_transaction_that_is_under_way(
    owner: Actor, colleague: Actor, order: factories.Order, now: datetime
) -> None:
    assert Case.objects.filter(pk=order.case_id).exists()
    block(owner, order, by=colleague, now=now)
    assert not Case.objects.filter(pk=order.case_id).exists()


def test_blocked_person_cannot_write_into_the_thread(
    owner: Actor, colleague: Actor, order: factories.Order, now: datetime
) -> None:
    case = Case.objects.get(pk=order.case_id)
    block(owner, order, by=colleague, now=now)
    with pytest.raises(NotFound):
        cases.close(case=case, by=owner, now=now)
    case.number = "SYN-TWICE"
    case.id = case.thread_id
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        case.save(force_insert=True)


def test_sealed_thread_is_seen_by_nobody_but_whom_an_admission_names(
    owner: Actor, colleague: Actor, order: factories.Order, now: datetime
) -> None:
    whole = of_thread(owner, order)
    seal(order, by=owner, now=now)
    assert of_thread(owner, order) == of_thread(colleague, order) == {}
    admit(colleague, order, by=owner, now=now)
    assert of_thread(owner, order) == {}
    assert of_thread(colleague, order) == whole


def test_block_is_stronger_than_an_admission(
    owner: Actor, colleague: Actor, order: factories.Order, now: datetime
) -> None:
    seal(order, by=owner, now=now)
    admit(colleague, order, by=owner, now=now)
    block(colleague, order, by=owner, now=now)
    assert of_thread(colleague, order) == {}


def test_agency_is_admitted_with_all_who_act_for_it(
    owner: Actor, colleague: Actor, order: factories.Order, now: datetime
) -> None:
    seal(order, by=owner, now=now)
    admit(colleague, order, by=owner, now=now, staff_id=None, agency_id=colleague.agency)
    assert of_thread(owner, order) == of_thread(colleague, order) != {}


@pytest.mark.parametrize("after", [timedelta(hours=5), timedelta(days=3)])
def test_admission_ends_by_its_clock(
    owner: Actor, colleague: Actor, order: factories.Order, now: datetime, after: timedelta
) -> None:
    seal(order, by=owner, now=now)
    admit(colleague, order, by=owner, now=now, until=now + DAY)
    with clock.frozen(now + after):
        assert bool(of_thread(colleague, order)) is (after < DAY)
    with clock.frozen(now - DAY):
        assert of_thread(colleague, order) == {}


def test_withdrawn_admission_ends_at_once(
    owner: Actor, colleague: Actor, order: factories.Order, now: datetime
) -> None:
    seal(order, by=owner, now=now)
    given = admit(colleague, order, by=owner, now=now)
    with acting(colleague):
        assert Case.objects.filter(pk=order.case_id).exists()
        actions.end(admission_id=given.id, by=owner, now=now)
        assert not Case.objects.filter(pk=order.case_id).exists()


def test_seal_that_was_lifted_shuts_nothing(owner: Actor, order: factories.Order, now: datetime) -> None:
    whole = of_thread(owner, order)
    seal(order, by=owner, now=now)
    actions.unseal(thread_id=order.thread_id, by=owner, now=now)
    assert of_thread(owner, order) == whole
    with pytest.raises(NotFound):
        actions.unseal(thread_id=order.thread_id, by=owner, now=now)


def test_stranger_who_is_admitted_enters_that_file_and_sees_nothing_else(
    owner: Actor, stranger: Actor, order: factories.Order, now: datetime
) -> None:
    given = admit(stranger, order, by=owner, now=now, permissions=["cases.case.see", "releases.release.build"])
    assert rows(stranger) == {}
    mandate = Mandate.objects.get(pk=stranger.mandate_id)
    assert list(queries.admissions_of(mandate, now=now)) == [given]
    inside = queries.entered(mandate, given)
    assert rows(inside) == of_thread(owner, order)
    assert inside.permissions == {"cases.case.see"}
    actions.end(admission_id=given.id, by=owner, now=now)
    assert rows(inside) == {}
    assert list(queries.admissions_of(mandate, now=now)) == []


def test_who_pretends_to_be_admitted_sees_nothing(
    owner: Actor, stranger: Actor, colleague: Actor, order: factories.Order, now: datetime
) -> None:
    given = admit(colleague, order, by=owner, now=now)
    forged = queries.entered(Mandate.objects.get(pk=stranger.mandate_id), given)
    assert rows(forged) == {}


def test_facts_are_collected_of_sealed_files_too(
    owner: Actor, colleague: Actor, order: factories.Order, now: datetime
) -> None:
    seal(order, by=owner, now=now)
    block(colleague, order, by=owner, now=now)
    with as_process(Process.COLLECTOR), acting(collector.sight()):
        assert Report.objects.filter(thread_id=order.thread_id).count() == 1


def test_block_is_decided_once_by_someone_else_for_a_reason(
    owner: Actor, colleague: Actor, order: factories.Order, now: datetime
) -> None:
    made = block(owner, order, by=colleague, now=now)
    with pytest.raises(NotFound):
        actions.lift(block_id=made.id, why="he says so", by=owner, now=now)
    with pytest.raises(NoReason):
        actions.lift(block_id=made.id, why="  ", by=colleague, now=now)
    actions.lift(block_id=made.id, why="another man of that name", by=colleague, now=now)
    assert of_thread(owner, order) != {}
    with pytest.raises(BlockDecided):
        actions.confirm(block_id=made.id, why="after all", by=colleague, now=now)


def test_suspicion_that_was_lifted_is_not_raised_again_on_the_same_ground(
    owner: Actor, colleague: Actor, order: factories.Order, now: datetime
) -> None:
    made = block(owner, order, by=colleague, now=now)
    assert block(owner, order, by=colleague, now=now).id == made.id
    actions.lift(block_id=made.id, why="another man of that name", by=colleague, now=now)
    assert block(owner, order, by=colleague, now=now).lifted_at is not None
    other = actions.block(staff_id=owner.staff, **beside(order), ground=BlockGround.SELF, by=colleague, now=now)
    assert other[1]
    assert of_thread(owner, order) == {}


def test_confirmed_block_stands_and_leaves_the_list_of_what_is_to_be_decided(
    owner: Actor, colleague: Actor, order: factories.Order, now: datetime
) -> None:
    made = block(owner, order, by=colleague, now=now)
    assert list(queries.blocks_to_decide([made.id])) == [made]
    actions.confirm(block_id=made.id, why="his brother", by=colleague, now=now)
    assert list(queries.blocks_to_decide([made.id])) == []
    assert of_thread(owner, order) == {}


def test_admission_that_ends_before_it_begins_is_refused(
    owner: Actor, colleague: Actor, order: factories.Order, now: datetime
) -> None:
    with pytest.raises(EndsBeforeItBegins):
        admit(colleague, order, by=owner, now=now, until=now)


def test_scoped_model_without_a_thread_is_none_of_ours() -> None:
    for model in SCOPED:
        field = model._meta.get_field("thread_id")
        assert isinstance(field, models.UUIDField)
        assert not field.null


def test_author_of_a_sealed_record_looks_and_does_not_write(
    owner: Actor, order: factories.Order, now: datetime
) -> None:
    case = Case.objects.get(pk=order.case_id)
    seal(order, by=owner, now=now)
    actions.admit(
        **beside(order),
        ground=AdmissionGround.AUTHOR,
        purpose=Purpose.DOMESTIC_VIOLENCE,
        until=None,
        staff_id=owner.staff,
        by=owner,
        now=now,
    )
    assert of_thread(owner, order) != {}
    assert not queries.may_write(order.thread_id, by=owner, now=now)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        cases.close(case=case, by=owner, now=now)
    admit(owner, order, by=owner, now=now)
    assert queries.may_write(order.thread_id, by=owner, now=now)
    cases.close(case=case, by=owner, now=now)
