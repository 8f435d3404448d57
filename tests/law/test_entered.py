"""Values a deployment enters: from a document, by someone who may, never two for one day, always to be undone."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from qorgan.base.errors import NotAllowed
from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import Actor
from qorgan.law import queries, rules
from qorgan.law.actions import Citation, enter_value, withdraw_value
from qorgan.law.engine.marks import Standing, Unit
from qorgan.law.models import EnteredValue
from tests.conftest import actor
from tests.roles import as_process

pytestmark = pytest.mark.django_db
KEY = "orders.copy_to_prosecutor"
LETTER = Citation(document="Letter No. 7 of 1 June 2026", article="60")
JUNE = date(2026, 6, 1)


@pytest.fixture
def keeper(db: None) -> Actor:
    return actor("admin")


def enter(by: Actor, now: datetime, **more: object) -> EnteredValue:
    given = {"key": KEY, "value": 24, "valid_from": JUNE, "citation": LETTER, **more}
    return enter_value(by=by, now=now, **given)  # type: ignore[arg-type]  # told by name


def test_an_entered_value_decides_at_once_and_names_its_document(keeper: Actor, now: datetime) -> None:
    assert queries.value(KEY, on=JUNE).standing is Standing.VERIFY_FIRST
    enter(keeper, now)
    answer = queries.value(KEY, on=JUNE)
    assert answer.standing is Standing.DECIDES and answer.number() == 24
    assert answer.provision is not None and answer.provision.source == LETTER.document
    assert queries.value(KEY, on=date(2026, 5, 31)).standing is Standing.VERIFY_FIRST


def test_entering_is_in_the_journal(keeper: Actor, now: datetime) -> None:
    row = enter(keeper, now)
    with as_process(Process.WORKER):
        entry = JournalEntry.objects.get(kind="law.value.entered", thing_id=str(row.id))
    assert entry.staff_id == keeper.staff_id and entry.detail["key"] == KEY


def test_a_value_may_come_in_another_unit_of_time(keeper: Actor, now: datetime) -> None:
    enter(keeper, now, value=1, unit=Unit.WORKING_DAYS)
    assert queries.value(KEY, on=JUNE).duration().unit is Unit.WORKING_DAYS


def test_a_silence_of_the_book_is_ended_by_a_value(keeper: Actor, now: datetime) -> None:
    key = "courts.requirements_articles"
    assert queries.value(key, on=JUNE).standing is Standing.NOT_ON_RECORD
    enter(keeper, now, key=key, value=("KoAP 73", "KoAP 461"))
    assert queries.value(key, on=JUNE).value == ("KoAP 73", "KoAP 461")


def test_two_values_for_one_day_are_refused(keeper: Actor, now: datetime) -> None:
    enter(keeper, now, valid_until=date(2026, 6, 30))
    with pytest.raises(rules.AnotherValueStands):
        enter(keeper, now, valid_from=date(2026, 6, 30))
    enter(keeper, now, valid_from=date(2026, 7, 1), value=12)
    assert queries.value(KEY, on=date(2026, 7, 1)).number() == 12


def test_the_database_itself_refuses_two_values_for_one_day(keeper: Actor, now: datetime) -> None:
    row = enter(keeper, now)
    row.pk = None
    copy = EnteredValue(
        key=row.key, value=1, unit=row.unit, valid_from=row.valid_from, document="another", entered_at=now
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_a_withdrawn_value_gives_the_day_back_and_stays_in_the_history(keeper: Actor, now: datetime) -> None:
    row = enter(keeper, now)
    withdraw_value(entered=row, reason="read in a draft", by=keeper, now=now)
    assert queries.value(KEY, on=JUNE).standing is Standing.VERIFY_FIRST
    again = enter(keeper, now, value=48)
    assert queries.value(KEY, on=JUNE).number() == 48
    assert {found.id for found in queries.entered(KEY)} == {row.id, again.id}
    with pytest.raises(rules.ValueAlreadyWithdrawn):
        withdraw_value(entered=row, reason="again", by=keeper, now=now)


def test_a_withdrawal_needs_a_reason(keeper: Actor, now: datetime) -> None:
    row = enter(keeper, now)
    with pytest.raises(rules.ReasonIsMissing):
        withdraw_value(entered=row, reason=" ", by=keeper, now=now)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"key": "orders.trem"}, rules.RuleUnknown),
        ({"value": "soon"}, rules.ValueDoesNotFit),
        ({"value": -1}, rules.ValueDoesNotFit),
        ({"value": True}, rules.ValueDoesNotFit),
        ({"unit": Unit.TENGE}, rules.ValueDoesNotFit),
        ({"valid_until": date(2026, 5, 31)}, rules.SpanIsBackwards),
        ({"citation": Citation(document="  ")}, rules.DocumentIsMissing),
    ],
)
def test_what_cannot_be_a_value_is_refused(
    keeper: Actor, now: datetime, more: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal) as refused:
        enter(keeper, now, **more)
    assert str(refused.value)
    assert not EnteredValue.objects.exists()


def test_an_inspector_may_not_enter_the_law(owner: Actor, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        enter(owner, now)


def test_a_value_undone_with_its_transaction_is_forgotten(keeper: Actor, now: datetime) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enter(keeper, now)
        assert queries.value(KEY, on=JUNE).decides
        raise ZeroDivisionError
    assert not queries.value(KEY, on=JUNE).decides


def test_obligations_of_a_day_leave_out_silent_rules(keeper: Actor) -> None:
    before = {item.key for item, _ in queries.obligations(on=date(2024, 12, 1))}
    after = {item.key for item, _ in queries.obligations(on=date(2026, 6, 1))}
    assert "order_check" not in before and "order_check" in after
    assert "order_copy_to_prosecutor" in before, "a doubtful rule is an obligation to verify"


def test_the_book_costs_one_small_query(keeper: Actor, now: datetime, django_assert_num_queries: object) -> None:
    enter(keeper, now)
    queries.book()
    with django_assert_num_queries(1):  # type: ignore[operator]  # a callable of the case
        queries.book()
