"""Who sees which rows: in every transaction the actor's own, and an error where nobody acts."""

import queue
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

import psycopg
import pytest
from django.db import ProgrammingError, connection, connections, transaction
from django.test import Client

from qorgan.agencies.models import Staff
from qorgan.base import ids
from qorgan.base.db.backend.base import DatabaseWrapper
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting, current
from qorgan.people.models import Person
from qorgan.people.terms import Sex
from qorgan.reports.models import Report
from tests import factories
from tests.base.logins import count, signed_in
from tests.conftest import actor

pytestmark = pytest.mark.older_server
real = pytest.mark.django_db(transaction=True)
ENBEKSHI = 7903
NO_SCOPE = "no scope: rows that belong to a place"


def _seen() -> int:
    with transaction.atomic():
        return Report.objects.count()


@pytest.fixture
def kept(transactional_db: None, now: datetime) -> Report:
    """A committed report of Enbekshi."""
    inspector = actor("inspector")
    with acting(inspector):
        return factories.report(by=inspector, now=now)


@real
def test_each_sees_the_rows_of_the_own_territory_only(kept: Report) -> None:
    seen = {}
    for login in ("inspector", "head", "cityhead", "duty", "abai", "rudny"):
        with acting(actor(login)):
            seen[login] = _seen()
    assert seen == {"inspector": 1, "head": 1, "cityhead": 1, "duty": 1, "abai": 0, "rudny": 0}


@real
def test_without_an_actor_asking_is_an_error_and_no_empty_answer(kept: Report) -> None:
    assert current() is None
    with pytest.raises(ProgrammingError, match=NO_SCOPE):
        _seen()


@real
def test_an_actor_without_territory_sees_nothing(kept: Report) -> None:
    with acting(Actor(name="nobody")):
        assert _seen() == 0


@real
def test_a_row_of_another_territory_cannot_be_written(kept: Report, now: datetime) -> None:
    with acting(actor("rudny")), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Person.objects.create(
            key_id=ids.new(), thread_id=ids.new(), territory_id=ENBEKSHI, sex=Sex.UNKNOWN, made_at=now
        )
    with pytest.raises(ProgrammingError, match=NO_SCOPE), transaction.atomic():
        Person.objects.create(
            key_id=ids.new(), thread_id=ids.new(), territory_id=ENBEKSHI, sex=Sex.UNKNOWN, made_at=now
        )
    with acting(actor("inspector")), transaction.atomic():
        assert Person.objects.count() == 2  # the two of the report


@real
def test_a_row_cannot_be_moved_out_of_sight_or_changed_from_outside(kept: Report) -> None:
    inspector, stranger = actor("inspector"), actor("rudny")
    with acting(inspector), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Report.objects.filter(pk=kept.pk).update(territory_id=stranger.territory_id)
    with acting(stranger), transaction.atomic():
        assert Report.objects.filter(pk=kept.pk).update(kui_no="taken over") == 0


@real
def test_the_scope_ends_with_its_transaction(kept: Report) -> None:
    with acting(actor("inspector")):
        assert _seen() == 1
    with pytest.raises(ProgrammingError, match=NO_SCOPE):
        _seen()
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('q.territories', true), current_setting('q.staff', true)")
        assert cursor.fetchone() == ("", "")


@real
def test_a_question_outside_any_transaction_is_an_error_even_for_someone_with_a_scope(kept: Report) -> None:
    with acting(actor("inspector")), pytest.raises(ProgrammingError, match=NO_SCOPE):
        Report.objects.count()


@real
def test_a_nested_scope_holds_at_once_and_is_put_back(kept: Report) -> None:
    inspector, stranger = actor("inspector"), actor("rudny")
    with acting(inspector), transaction.atomic():
        assert Report.objects.count() == 1
        with acting(stranger):
            assert Report.objects.count() == 0
            with acting(replace(stranger, territories=inspector.territories)):
                assert Report.objects.count() == 1
            assert Report.objects.count() == 0
        assert Report.objects.count() == 1


@real
def test_a_nested_scope_is_put_back_after_an_error_inside_it(kept: Report) -> None:
    with acting(actor("inspector")), transaction.atomic():
        with pytest.raises(ZeroDivisionError), acting(actor("rudny")):
            raise ZeroDivisionError
        assert Report.objects.count() == 1
        with pytest.raises(ProgrammingError, match=NO_SCOPE), transaction.atomic(), acting(None):
            Report.objects.count()
        assert Report.objects.count() == 1


@real
@pytest.mark.parametrize("login", ["inspector", "rudny"])
def test_a_stream_outside_its_transaction_breaks_off_and_never_looks_like_an_empty_export(
    kept: Report, client: Client, settings: object, login: str
) -> None:
    settings.ROOT_URLCONF = "tests.base.streams"  # type: ignore[attr-defined]  # pytest-django's fixture
    client.force_login(Staff.objects.get(login=login), backend="django.contrib.auth.backends.ModelBackend")
    response = client.get("/bare")
    with pytest.raises(ProgrammingError, match=NO_SCOPE):
        b"".join(response)


@real
def test_a_stream_that_opens_its_own_transaction_still_needs_its_own_scope(
    kept: Report, client: Client, settings: object
) -> None:
    settings.ROOT_URLCONF = "tests.base.streams"  # type: ignore[attr-defined]  # pytest-django's fixture
    inspector = Staff.objects.get(login="inspector")
    client.force_login(inspector, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get("/guarded")
    with pytest.raises(ProgrammingError, match=NO_SCOPE):  # the request is over, and with it its actor
        b"".join(response)
    with acting(actor("inspector")):
        assert b"".join(client.get("/guarded")) == f"{kept.number}\n".encode()


@real
def test_the_owner_of_the_tables_is_held_back_too(kept: Report) -> None:
    with signed_in(Process.MIGRATOR) as owner, pytest.raises(psycopg.errors.InsufficientPrivilege, match=NO_SCOPE):
        count(owner, "reports_report")
    with signed_in(Process.MIGRATOR, as_actor=Actor(name="nobody")) as owner:
        assert count(owner, "reports_report") == 0
    with signed_in(Process.MIGRATOR, as_actor=actor("inspector")) as owner:
        assert count(owner, "reports_report") == 1


@contextmanager
def _shared(idle: "queue.Queue[DatabaseWrapper]") -> Iterator[None]:
    """Work on whichever connection is free, as the threads of a server with a pool do."""
    held = idle.get()
    connections["default"] = held
    try:
        yield
    finally:
        idle.put(held)


def _request(idle: "queue.Queue[DatabaseWrapper]", acts: Actor | None, *, fails: bool) -> bool:
    """One request; whether the answer was right."""
    expected = 1 if acts and acts.territory_id == ENBEKSHI else 0
    with _shared(idle), acting(acts):
        try:
            with transaction.atomic():
                seen = Report.objects.count()
                if fails:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            return seen == expected
        except ProgrammingError as refusal:
            return acts is None and NO_SCOPE in str(refusal)
        return acts is not None and seen == expected


@real
def test_eight_threads_on_four_connections_never_see_through_one_anothers_eyes(kept: Report) -> None:
    cast = [actor("inspector"), actor("rudny"), actor("abai"), None]
    idle: queue.Queue[DatabaseWrapper] = queue.Queue()
    for _number in range(4):
        wrapper = DatabaseWrapper(connection.settings_dict, "default")
        wrapper.inc_thread_sharing()
        idle.put(wrapper)

    def work(seed: int) -> list[bool]:
        chance = random.Random(seed)
        return [_request(idle, chance.choice(cast), fails=chance.random() < 0.2) for _number in range(100)]

    with ThreadPoolExecutor(8) as threads:
        answers = [right for rights in threads.map(work, range(8)) for right in rights]
    while not idle.empty():
        idle.get().close()
    assert len(answers) == 800
    assert all(answers)
