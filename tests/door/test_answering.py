"""The page on which an officer answers whoever told something at the door."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.test import Client

from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import acting
from qorgan.reports.models import Receipt, Report
from tests import factories
from tests.conftest import actor
from tests.door.conftest import behind
from tests.door.test_pages import told
from tests.web.pages import signed_in

Take = Callable[[], list[Report]]
WORDS = "Есік ашық, ертең кел."


@pytest.fixture
def report(visitor: Client, taken_in: Take, settings: LazySettings) -> Iterator[Report]:
    """A report of the door; from here on the pages of staff are served, with their rights."""
    told(visitor)
    [made] = taken_in()
    settings.PROCESS = "staff"
    settings.ROOT_URLCONF = "qorgan.config.urls.staff"
    with behind(Process.STAFF):
        yield made


def page_of(report: Report) -> str:
    return f"/reports/{report.pk}/answer/"


def test_what_is_answered_stands_with_the_report_and_in_the_journal(report: Report) -> None:
    head = signed_in("head")
    assert page_of(report) in head.get(f"/reports/{report.pk}/").content.decode()
    assert head.get(page_of(report)).status_code == 200
    assert head.post(page_of(report), {"words": WORDS}).status_code == 303
    assert WORDS in head.get(page_of(report)).content.decode()
    with acting(actor("head")), transaction.atomic():
        assert JournalEntry.objects.filter(kind="reports.report.answered", thing_id=str(report.pk)).count() == 1


@pytest.mark.parametrize("words", ["", "  ", "а" * 4_001], ids=["nothing", "spaces", "a long letter"])
def test_an_answer_that_is_none_is_refused_at_its_field(report: Report, words: str) -> None:
    answer = signed_in("head").post(page_of(report), {"words": words})
    assert answer.status_code == 422
    assert "Write an answer of at most" in answer.content.decode() or "required" in answer.content.decode()


def test_where_she_destroyed_her_code_the_officer_is_told_and_keeps_what_was_typed(report: Report) -> None:
    with behind(Process.WORKER):
        Receipt.objects.all().delete()
    with behind(Process.STAFF):
        answer = signed_in("head").post(page_of(report), {"words": WORDS})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "an answer would reach nobody" in page
    assert WORDS in page


def test_who_does_not_see_the_report_or_may_not_decide_does_not_answer(report: Report) -> None:
    assert signed_in("rudny").get(page_of(report)).status_code == 404
    assert signed_in("prosecutor").get(page_of(report)).status_code == 403


def test_a_report_of_another_channel_has_no_way_back(report: Report) -> None:
    with acting(by := actor("inspector")):
        other = factories.report(by=by, now=report.received_at - timedelta(minutes=5))
    assert signed_in("head").get(page_of(other)).status_code == 404
