"""`POST /api/reports`, as the machine of a duty desk meets it."""

import json
import logging
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from ninja.errors import HttpError
from procrastinate.contrib.django.models import ProcrastinateJob

from qorgan.agencies.models import Channel, Mandate, Seal, Staff
from qorgan.base.keys import vault
from qorgan.base.keys.store import Store
from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.people.models import Person
from qorgan.reports import jobs, queries
from qorgan.reports.models import Report
from qorgan.reports.rules import AlreadyDecided
from qorgan.reports.terms import Role
from tests import factories
from tests.api.conftest import REPORT, WHEN, Send, sender, token_of
from tests.conftest import actor
from tests.roles import as_process
from tests.threads import at_once

KEY = "desk-0001-000001"


def _rows() -> dict[str, int]:
    with acting(actor("duty")), transaction.atomic():
        counts = {"reports": Report.objects.count(), "persons": Person.objects.count()}
    counts["journal"] = JournalEntry.objects.filter(kind="reports.report.accepted").count()
    return counts | {"jobs": ProcrastinateJob.objects.filter(task_name="reports.look_for_repeats").count()}


NOTHING = {"reports": 0, "persons": 0, "journal": 0, "jobs": 0}
ONE = {"reports": 1, "persons": 2, "journal": 1, "jobs": 1}


def test_a_report_is_taken_in_and_answered_with_its_number(send: Send, owner: Actor) -> None:
    answer = send()
    assert answer.status_code == 201
    told = answer.json()
    report = queries.opened_reports([Report.objects.get()])[0]
    assert (told["id"], told["number"], told["is_new"]) == (str(report.id), report.number, True)
    assert (report.narrative, report.kui_no, report.territory_id) == (factories.WORDS, REPORT["kui_no"], 7903)
    victim = report.first(Role.VICTIM)
    assert victim is not None
    assert (victim.written, victim.iin) == (factories.WOMAN.written, factories.WOMAN.iin)
    assert report.registered_at.isoformat() == "2026-11-20T08:05:00+00:00"
    assert _rows() == ONE
    (job,) = ProcrastinateJob.objects.filter(task_name="reports.look_for_repeats")
    assert job.args == {"report_id": str(report.id)}


def test_the_same_sending_again_is_answered_with_the_same_report(send: Send, owner: Actor) -> None:
    first, again = send(), send()
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json() | {"is_new": False}
    assert _rows() == ONE


def test_two_keys_are_two_reports_and_one_key_of_two_channels_too(send: Send, owner: Actor) -> None:
    other = sender(token_of("inspector"))
    answers = [send(), send(key="desk-0001-000002"), other()]
    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert len({answer.json()["number"] for answer in answers}) == 3


def test_a_yes_seals_the_report_and_the_sender_still_gets_its_number(send: Send, owner: Actor) -> None:
    answer = send(REPORT | {"serving": "police"})
    assert answer.status_code == 201
    assert str(Seal.objects.get().thread_id) == answer.json()["id"]
    assert not Report.objects.filter(number=answer.json()["number"]).exists()  # the owner's own unit
    assert send(REPORT | {"serving": "perhaps"}, key="another-sending").status_code == 422


def test_the_same_key_with_other_content_is_refused_and_nothing_is_lost(send: Send, owner: Actor) -> None:
    send()
    answer = send(REPORT | {"narrative": "Басқа оқиға"})
    assert (answer.status_code, answer.json()["code"]) == (409, "reports.same_number_other_content")
    assert _rows() == ONE
    assert queries.opened_reports(Report.objects.all())[0].narrative == factories.WORDS


def _refusals() -> list[tuple[str, int, str, UUID | None]]:
    rows = JournalEntry.objects.filter(kind="api.request.refused").order_by("id")
    return [(row.detail["code"], row.detail["status"], row.thing_id, row.staff_id) for row in rows]


def test_every_refusal_is_in_the_journal_with_the_channel_that_asked(send: Send, owner: Actor) -> None:
    send({})
    sender("no-such-token")()
    (channel,) = Channel.objects.filter(label="пульт")
    desk = Staff.objects.get(login="desk").pk
    assert _refusals() == [("bad_input", 422, str(channel.pk), desk), ("unauthorized", 401, "", None)]


@pytest.mark.parametrize("key", [None, "", "short", "x" * 201])
def test_without_a_key_of_the_right_length_nothing_is_taken_in(send: Send, owner: Actor, key: str | None) -> None:
    answer = send(key=key)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_input")
    assert "idempotency" in answer.json()["field"].lower()
    assert _rows() == NOTHING


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer wrong", "Basic ZGVzazpkZXNr", "Token x", "bearer \x00"]
)
def test_without_a_right_token_nothing_is_said_and_nothing_taken_in(send: Send, owner: Actor, header: str) -> None:
    answer = send(Authorization=header)
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert _rows() == NOTHING


@pytest.mark.parametrize("ended", ["channel", "mandate", "not yet", "person"])
def test_a_token_whose_ground_has_ended_opens_nothing(db: None, ended: str) -> None:
    send = sender(token_of("desk"))
    with as_process(Process.MIGRATOR):
        if ended == "channel":
            Channel.objects.update(closed_at=WHEN)
        elif ended == "mandate":
            Mandate.objects.filter(staff__login="desk").update(valid_until=WHEN)
        elif ended == "not yet":
            Mandate.objects.filter(staff__login="desk").update(valid_from=WHEN + timedelta(seconds=1))
        else:
            Staff.objects.filter(login="desk").update(is_active=False)
    assert send().status_code == 401
    assert _rows() == NOTHING


def test_a_mandate_that_may_not_take_reports_in_is_refused(db: None) -> None:
    answer = sender(token_of("prosecutor"))()
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert _rows() == NOTHING


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 422),
        ("{", 400),
        ("nonsense", 400),
        ('"text"', 422),
        ("[]", 422),
        ("null", 422),
        ("{}", 422),
        (b"\xff\xfe\x00", 400),
        ("[" * 20_000, 400),
        ('{"a":' * 20_000, 400),
        ("1" * 5000, 400),
        ("NaN", 422),
        (json.dumps(REPORT)[:-20], 400),
    ],
)
def test_a_body_that_is_no_report_is_answered_with_a_problem(
    send: Send, owner: Actor, body: str | bytes, status: int
) -> None:
    answer = send(body)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/json; charset=utf-8")
    assert set(answer.json()) == {"code", "title", "status", "field"}
    assert _rows() == NOTHING


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"channel": "pigeon"}, "channel"),
        ({"registered_at": "yesterday"}, "registered_at"),
        ({"registered_at": "2026-11-20T13:05:00"}, "registered_at"),
        ({"registered_at": "2026-11-20T15:05:00+05:00"}, "registered_at"),
        ({"registered_at": "0001-01-01T00:00:00+14:00"}, "registered_at"),
        ({"registered_at": "9999-12-31T23:59:59-14:00"}, "registered_at"),
        ({"registered_at": 1e300}, "registered_at"),
        ({"kui_no": "26\x0075"}, "kui_no"),
        ({"kui_no": "1" * 41}, "kui_no"),
        ({"kui_no": 5}, "kui_no"),
        ({"narrative": "\ud800"}, "narrative"),
        ({"narrative": "ұ" * 100_001}, "narrative"),
        ({"narrative": None}, "narrative"),
        ({"victim": {"name": "ұ" * 301}}, "victim.name"),
        ({"victim": {"birth_date": "1990-02-30"}}, "victim.birth_date"),
        ({"victim": []}, "victim"),
        ({"victim": {"nmae": "Гүлсезім"}}, "victim.nmae"),
        ({"naratif": "сөз"}, "naratif"),
    ],
)
def test_what_cannot_be_taken_is_named_by_its_field(
    send: Send, owner: Actor, change: dict[str, Any], field: str
) -> None:
    answer = send(REPORT | change)
    assert answer.status_code == 422
    assert answer.json()["field"] == field
    assert _rows() == NOTHING


def test_a_report_that_says_nothing_is_refused(send: Send, owner: Actor) -> None:
    answer = send({"channel": "102", "registered_at": REPORT["registered_at"], "narrative": " "})
    assert (answer.status_code, answer.json()["code"]) == (422, "reports.nothing_said")


def test_nul_and_strange_signs_in_words_are_kept_as_they_are(send: Send, owner: Actor) -> None:
    words = "a\x00b \u202eтескері \u0007 👩‍👧"
    assert send(REPORT | {"narrative": words, "address": words}).status_code == 201
    view = queries.opened_reports(Report.objects.all())[0]
    assert (view.narrative, view.address) == (words, words)


def test_a_body_larger_than_any_report_is_refused(send: Send, owner: Actor) -> None:
    answer = send('{"narrative": "' + "a" * (17 * 1024 * 1024) + '"}')
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert _rows() == NOTHING


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("failure", [AlreadyDecided(number="x"), HttpError(409, "no"), HttpError(418, "no")])
def test_a_refusal_after_a_write_takes_the_write_back(monkeypatch: pytest.MonkeyPatch, failure: Exception) -> None:
    send = sender(token_of("desk"))
    written = []

    def fail(**_named: object) -> None:
        written.append(Report.objects.count())
        raise failure

    monkeypatch.setattr(jobs.look_for_repeats, "defer", fail)
    answer = send()
    assert answer.status_code in (409, 418)
    assert written == [1]  # the report stood in the transaction that was taken back
    assert _rows() == NOTHING
    monkeypatch.undo()
    assert send().status_code == 201
    assert _rows() == ONE


@pytest.mark.django_db(transaction=True)
def test_a_fault_of_the_program_takes_the_write_back_and_shows_no_trace(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    send = sender(token_of("desk"))

    def fail(**_named: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(jobs.look_for_repeats, "defer", fail)
    with pytest.raises(ZeroDivisionError):  # what the server would log; the test client hands it on
        send()
    assert _rows() == NOTHING


def test_while_the_key_store_is_away_the_sender_is_told_to_come_again(
    send: Send, owner: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = vault.Vault(Store("host=/nowhere dbname=x connect_timeout=1"), {1: b"\x01" * 32}, fingerprints=b"\x01" * 32)
    monkeypatch.setattr(vault, "vault", lambda: away)
    answer = send()
    assert (answer.status_code, answer.json()["code"]) == (503, "key_store_away")
    assert _rows() == NOTHING


@pytest.mark.django_db(transaction=True)
def test_four_sendings_at_the_same_moment_are_one_report() -> None:
    send = sender(token_of("desk"))
    send(key="desk-warm-up")
    answers = at_once(*[send] * 4)
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201], answers  # type: ignore[union-attr]  # no exception among them, or the test fails here
    assert len({answer.json()["number"] for answer in answers}) == 1  # type: ignore[union-attr]  # as above
    assert _rows()["reports"] == 2


def test_nothing_of_a_report_is_logged(send: Send, owner: Actor, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        send()
        send(REPORT | {"channel": "pigeon"}, key="desk-0001-000009")
    assert factories.WOMAN.written not in caplog.text
    assert factories.WORDS not in caplog.text


def test_the_language_of_a_refusal_is_the_senders(send: Send, owner: Actor) -> None:
    nothing = {"channel": "102", "registered_at": REPORT["registered_at"]}
    told = {lang: send(nothing, **{"Accept-Language": lang}).json()["title"] for lang in ("kk", "ru", "en")}
    assert len(set(told.values())) == 3
    assert told["en"] == "Write at least what happened, or where, or to whom."


def test_other_methods_and_addresses_are_refused(send: Send, owner: Actor, client: Any) -> None:
    assert client.get("/api/reports").status_code == 405
    assert client.get("/api/nothing").status_code == 404
    assert client.get("/api/docs").status_code == 404
