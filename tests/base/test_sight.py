"""A stream outside its transaction: refused with an error, whatever it would have said; never silently empty."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import DatabaseError, ProgrammingError, transaction
from django.db.models import QuerySet

from qorgan.agencies.models import Agency
from qorgan.base.db.rights import our_models
from qorgan.base.db.sight import OutsideItsScope, ScopedManager
from qorgan.base.scope import Actor, acting
from qorgan.cases.models import Case, CasePerson
from qorgan.messages.models import Outgoing
from qorgan.reports.models import Report
from tests import factories
from tests.conftest import actor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.older_server]
NO_SCOPE = "no scope: rows that belong to a place"


@pytest.fixture
def inspector(transactional_db: None, now: datetime) -> Actor:
    """The inspector of Enbekshi, who has two cases."""
    found = actor("inspector")
    with acting(found):
        factories.case(by=found, now=now)
        factories.case(by=found, now=now)
    return found


def _numbers() -> Iterator[str]:
    for report in Report.objects.order_by("id").iterator(chunk_size=1):
        yield report.number


def test_an_iterator_outside_a_transaction_is_refused(inspector: Actor) -> None:
    with acting(inspector):
        with pytest.raises(ProgrammingError, match=NO_SCOPE):
            list(Report.objects.iterator())
        with pytest.raises(ProgrammingError, match=NO_SCOPE):
            next(_numbers())


def test_a_transaction_without_an_actor_is_refused(inspector: Actor) -> None:
    with transaction.atomic(), pytest.raises(ProgrammingError, match=NO_SCOPE):
        list(Report.objects.all())
    with pytest.raises(ProgrammingError, match=NO_SCOPE):
        Report.objects.count()


@pytest.mark.parametrize("ask", [list, QuerySet.count, QuerySet.exists, QuerySet.first])
def test_a_table_without_rows_is_no_excuse(inspector: Actor, ask: object) -> None:
    with acting(inspector), pytest.raises(ProgrammingError, match=NO_SCOPE):
        ask(Outgoing.objects.all())  # type: ignore[operator]  # one of the ways to ask
    with transaction.atomic(), pytest.raises(ProgrammingError, match=NO_SCOPE):
        ask(Outgoing.objects.all())  # type: ignore[operator]  # as above
    with acting(inspector), transaction.atomic():
        assert not ask(Outgoing.objects.all())  # type: ignore[operator]  # as above


def test_a_generator_consumed_after_its_block_is_refused(inspector: Actor) -> None:
    with acting(inspector), transaction.atomic():
        numbers = _numbers()
        assert next(numbers)
    with pytest.raises(DatabaseError):
        list(numbers)
    with acting(inspector), transaction.atomic():
        numbers = _numbers()
        next(numbers)
    with acting(inspector), transaction.atomic(), pytest.raises(DatabaseError):
        list(numbers)


def test_a_generator_not_begun_in_its_block_is_refused(inspector: Actor) -> None:
    with acting(inspector), transaction.atomic():
        rows = Report.objects.all()
        pieces = rows.iterator()
    for ask in (lambda: list(rows), lambda: list(pieces), rows.count, rows.exists):
        with pytest.raises(OutsideItsScope, match="read its rows before the block"):
            ask()  # type: ignore[operator]  # one of the four


def test_a_queryset_is_not_answered_for_someone_else(inspector: Actor) -> None:
    stranger = actor("rudny")
    with acting(inspector), transaction.atomic():
        rows = Report.objects.filter(kui_no__startswith="2")
        pieces = Report.objects.order_by("id").iterator(chunk_size=1)
        assert next(pieces)
        with acting(stranger):
            for ask in (lambda: list(rows), lambda: rows.order_by("id").first(), lambda: next(pieces), rows.count):
                with pytest.raises(OutsideItsScope):
                    ask()
            with pytest.raises(OutsideItsScope):
                rows.update(kui_no="taken over")
            assert not Report.objects.exists()
        assert len(rows) == 2


def test_a_part_of_another_query_counts_too(inspector: Actor) -> None:
    with acting(inspector), transaction.atomic():
        cases = Case.objects.all()
        people = cases[0].persons.all()
    with acting(inspector), transaction.atomic():
        with pytest.raises(OutsideItsScope):
            list(CasePerson.objects.filter(case__in=cases))
        with pytest.raises(OutsideItsScope):
            list(people)


def test_what_was_read_in_its_block_stays_readable(inspector: Actor) -> None:
    with acting(inspector), transaction.atomic():
        rows = Report.objects.all()
        assert len(rows) == 2
    assert len(list(rows)) == 2


def test_a_queryset_made_before_any_transaction_is_read_in_one(inspector: Actor) -> None:
    rows = Report.objects.all()
    with acting(inspector), transaction.atomic():
        assert rows.count() == 2
        with transaction.atomic():
            assert len(rows.all()) == 2


def test_tables_that_belong_to_no_place_are_read_anywhere(inspector: Actor) -> None:
    with transaction.atomic():
        agencies = Agency.objects.all()
    assert list(agencies)


def test_every_scoped_model_answers_through_this_manager(db: None) -> None:
    scoped = [model for model in our_models() if getattr(model, "SCOPED", None) is not None]
    assert len(scoped) > 10
    assert [model for model in scoped if not isinstance(model._default_manager, ScopedManager)] == []
