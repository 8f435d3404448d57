"""How she wants to be called, as she wrote it at the door, is what the gate lets through; nothing else is."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client

from qorgan.base.processes import Process
from qorgan.base.scope import acting
from qorgan.cases import actions as cases
from qorgan.cases import queries as case_queries
from qorgan.cases.models import Case
from qorgan.cases.terms import Role
from qorgan.messages import rules
from qorgan.messages.terms import SafeContact, Voice
from qorgan.reports.models import Report, ReportPerson
from tests.conftest import actor
from tests.door.conftest import behind
from tests.door.test_pages import narrative, told

Take = Callable[[], list[Report]]
NUMBER = "+77010000041"
SAID = {
    "phone": "8 (701) 000-00-41",
    "opens": "18",
    "closes": "21",
    "voicemail": "no",
    "code_word": "кітапхана",
    "answers": "тек өзім",
}
ZONE_HOURS = timedelta(hours=5)  # of Kazakhstan


def at(report: Report, hour: int) -> datetime:
    """The next day's hour of the place."""
    day = (report.received_at + timedelta(days=1)).date()
    return datetime(day.year, day.month, day.day, hour, 30, tzinfo=UTC) - ZONE_HOURS


@transaction.atomic
def opened(report: Report) -> tuple[Case, UUID]:
    """The case of the report, and her in it."""
    by = actor("inspector")
    case = cases.open_from_report(report=report, by=by, now=report.received_at + timedelta(minutes=5))
    return case, next(view.id for part, view in case_queries.persons(case) if part is Role.VICTIM)


@transaction.atomic
def reached(report: Report, *, hour: int) -> SafeContact:
    case, her = opened(report)
    return cases.reach(case=case, person_id=her, by=actor("inspector"), now=at(report, hour))


def test_she_is_called_in_her_hours_with_her_word_first(visitor: Client, taken_in: Take) -> None:
    told(visitor, **SAID)
    [report] = taken_in()
    with behind(Process.STAFF), acting(actor("inspector")):
        safe = reached(report, hour=19)
    assert (safe.channel, safe.address, safe.code_word) == (Voice.CALL, NUMBER, "кітапхана")
    assert (safe.voicemail, safe.answers) == (False, "тек өзім")


def test_outside_her_hours_no_number_is_given_out(visitor: Client, taken_in: Take) -> None:
    told(visitor, **SAID)
    [report] = taken_in()
    with behind(Process.STAFF), acting(actor("inspector")), pytest.raises(rules.OutsideHours):
        reached(report, hour=10)


def test_nothing_written_leaves_for_her(visitor: Client, taken_in: Take) -> None:
    told(visitor, **SAID)
    [report] = taken_in()
    with behind(Process.STAFF), acting(actor("inspector")), transaction.atomic():
        contact = case_queries.safe_contact(*opened(report), now=at(report, 19))
        with pytest.raises(rules.OnlyByVoice):
            rules.check_may_leave(contact, now=at(report, 19))


def test_without_a_number_only_she_gets_in_touch(visitor: Client, taken_in: Take) -> None:
    told(visitor)
    [report] = taken_in()
    with behind(Process.STAFF), acting(actor("inspector")), pytest.raises(rules.OnlySheGetsInTouch):
        reached(report, hour=19)


def test_a_season_later_it_is_asked_anew(visitor: Client, taken_in: Take) -> None:
    told(visitor, phone=SAID["phone"])
    [report] = taken_in()
    with behind(Process.STAFF), acting(actor("inspector")):
        case, her = opened(report)
        later = at(report, 19) + timedelta(days=100)
        with pytest.raises(rules.ContactNotVerified), transaction.atomic():
            cases.reach(case=case, person_id=her, by=actor("inspector"), now=later)


def test_what_an_officer_must_know_before_he_calls_stands_in_the_report_without_the_secret(
    visitor: Client, taken_in: Take
) -> None:
    told(visitor, **SAID)
    [report] = taken_in()
    with behind(Process.STAFF), acting(actor("head")), transaction.atomic():
        words = narrative(Report.objects.get(pk=report.pk))
    assert "18:00–21:00" in words
    assert not any(secret in words for secret in ("000-00-41", NUMBER, "кітапхана"))


def test_who_tells_of_another_is_the_one_who_reports(visitor: Client, taken_in: Take) -> None:
    told(visitor, "/near/", **SAID)
    [report] = taken_in()
    with behind(Process.STAFF), acting(actor("head")), transaction.atomic():
        assert list(ReportPerson.objects.filter(report=report).values_list("role", flat=True)) == ["reporter"]


def test_a_child_is_called_when_nobody_listens(visitor: Client, taken_in: Take) -> None:
    pages: tuple[dict[str, object], ...] = ({"chosen": ["hits"]}, {}, {}, {"region": "79", "text": "Еңбекші ауданы"})
    for number, answers in enumerate((*pages, {"text": SAID["phone"], "when": "evening"}), start=1):
        assert visitor.post(f"/q/{number}/", answers).status_code == 303
    [report] = taken_in()
    with behind(Process.STAFF), acting(actor("inspector")):
        assert reached(report, hour=18).address == NUMBER


def test_numbers_and_words_that_are_none_are_kept_and_refuse_nothing(visitor: Client, taken_in: Take) -> None:
    odd = {
        "phone": "көршімнің\x00 телефоны 😔",
        "opens": "23",
        "closes": "",
        "code_word": "\u202e",
        "answers": "a" * 900,
    }
    assert told(visitor, **odd).status_code == 303
    assert len(taken_in()) == 1
