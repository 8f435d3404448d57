"""The second in which a child is found, or is not to be named: what another connection reads then."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.test.signals import template_rendered

from qorgan.base.processes import Process
from qorgan.base.scope import acting
from qorgan.missing import actions, queries
from qorgan.missing.models import Alarm, Notice, Poster
from tests import factories
from tests.attacks.test_races import elsewhere
from tests.conftest import actor
from tests.missing import made
from tests.roles import as_process
from tests.threads import at_once
from tests.web.pages import an_hour_ago

pytestmark = pytest.mark.django_db(transaction=True)
RAPE = {"code": "CC", "article": "120"}


@pytest.fixture
def notice() -> Notice:
    """A committed page that stands."""
    by, at = actor("inspector"), an_hour_ago()
    with acting(by), transaction.atomic():
        return made.standing(by=by, second=actor("head"), now=at)


def _find(notice: Notice) -> None:
    """Someone finds the child, and it is committed."""
    by = actor("desk")
    with as_process(Process.STAFF), acting(by):
        actions.found_alive(alarm=notice.alarm, end=actions.End(), by=by, now=an_hour_ago() + timedelta(minutes=5))


def _read(token: str, *, while_drawn: Callable[[], object] = lambda: None) -> Any:
    """The public page, and what happens elsewhere while it is being drawn for the first time."""
    left = [while_drawn]

    def drawn(template: Any, **_sent: object) -> None:
        if template.name == "public/missing.html" and left:
            elsewhere(left.pop())

    template_rendered.connect(drawn)
    try:
        with as_process(Process.PUBLIC), override_settings(ROOT_URLCONF="qorgan.config.urls.public"):
            return Client().get(f"/missing/{token}/", headers={"cookie": "lang=kk"})
    finally:
        template_rendered.disconnect(drawn)


def test_a_reader_in_the_middle_of_a_request_is_told_nothing_of_a_child_found_meanwhile(notice: Notice) -> None:
    assert made.TEXTS["kk"] in _read(notice.token).content.decode()
    answer = _read(notice.token, while_drawn=lambda: _find(notice))
    assert answer.status_code == 410
    assert "Аяжан" not in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_transaction_that_has_read_the_page_reads_nothing_of_it_from_that_second_on(notice: Notice) -> None:
    with as_process(Process.PUBLIC), transaction.atomic():
        first = queries.page_at(notice.token, now=an_hour_ago())
        assert first is not None and first.words == made.TEXTS
        elsewhere(lambda: _find(notice))
        then = queries.page_at(notice.token, now=an_hour_ago())
        assert then is not None and then.is_gone


def test_an_end_that_is_not_committed_hides_nothing_and_one_that_fails_leaves_the_page(notice: Notice) -> None:
    seen: list[int] = []
    by = actor("desk")
    with acting(by), transaction.atomic():
        actions.found_alive(alarm=notice.alarm, end=actions.End(), by=by, now=an_hour_ago() + timedelta(minutes=5))
        elsewhere(lambda: seen.append(_read(notice.token).status_code))
        transaction.set_rollback(True)
    assert seen == [200]
    assert _read(notice.token).status_code == 200


@pytest.mark.parametrize("_again", range(3))
def test_of_an_approval_and_an_offence_at_once_no_page_is_left(_again: int, now: datetime) -> None:
    by, head = actor("inspector"), actor("head")
    with acting(by), transaction.atomic():
        proposed = made.proposed(by=by, now=now)

    def approve() -> object:
        with acting(head):
            return actions.approve(notice=proposed, by=head, now=now)

    def register() -> object:
        with acting(by):
            return factories.offence(by=by, now=now, case=proposed.alarm.case, persons=(), **RAPE)

    _approved, registered = at_once(approve, register)
    assert not isinstance(registered, Exception), registered
    assert not Poster.objects.exclude(words={}).exists()
    with acting(by), transaction.atomic():
        assert Notice.objects.get().token == ""
        assert queries.is_never_named(Alarm.objects.select_related("case").get())
