"""A refusal is a sentence, undoes what was begun, and is written down. Nothing shows a stack trace."""

import logging
from datetime import UTC, datetime

import pytest
from django.conf import LazySettings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from qorgan.base import journal
from qorgan.base.errors import BadInput, NotAllowed, NotFound, Refused
from qorgan.base.models import JournalEntry
from qorgan.config.urls import staff
from qorgan.config.urls.shell import handler400, handler403, handler404, handler500
from qorgan.web import errors
from qorgan.web.access import staff_page
from qorgan.web.request import StaffRequest
from tests.web.pages import signed_in

__all__ = ["handler400", "handler403", "handler404", "handler500"]
WHY = {"taken": Refused, "missing": NotFound, "closed": NotAllowed, "wrong": BadInput}


@staff_page()
def refuse(request: StaffRequest, why: str) -> HttpResponse:
    """Writes, then refuses."""
    journal.write(kind="tests.thing.begun", by=request.actor, now=datetime(2026, 11, 20, tzinfo=UTC))
    raise WHY[why]


def fall(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the secret of the house")


urlpatterns = [*staff.urlpatterns, path("refuse/<slug:why>/", refuse, name="refuse"), path("fall/", fall)]


@pytest.fixture
def inspector(transactional_db: None, settings: LazySettings) -> Client:
    settings.ROOT_URLCONF = __name__
    client = signed_in("inspector")
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    ("why", "status", "sentence"),
    [
        ("taken", 409, "This cannot be done now."),
        ("missing", 404, "Not found."),
        ("closed", 403, "Your mandate does not allow this."),
        ("wrong", 422, "Please check what was entered."),
    ],
)
def test_a_refusal_answers_with_its_status_and_one_sentence(
    inspector: Client, why: str, status: int, sentence: str
) -> None:
    answer = inspector.get(f"/refuse/{why}/")
    assert answer.status_code == status
    assert sentence in answer.content.decode()


def test_what_a_refused_request_had_written_is_undone(inspector: Client) -> None:
    inspector.get("/refuse/taken/")
    assert not JournalEntry.objects.filter(kind="tests.thing.begun").exists()


def test_the_refusal_itself_is_written_down_with_who_and_why(inspector: Client) -> None:
    inspector.get("/refuse/closed/")
    written = JournalEntry.objects.get(kind="web.request.refused")
    assert written.detail == {"code": "not_allowed", "status": 403, "method": "GET", "page": "refuse"}
    assert written.staff_id is not None
    assert written.mandate_id is not None


def test_a_piece_of_a_page_is_refused_with_a_piece(inspector: Client) -> None:
    page = inspector.get("/refuse/taken/", headers={"HX-Request": "true"}).content.decode()
    assert page.startswith("<p")
    assert "<html" not in page


def test_an_unknown_address_is_answered_in_the_look(inspector: Client) -> None:
    answer = inspector.get("/no/such/page/")
    assert answer.status_code == 404
    assert "There is no such page." in answer.content.decode()


def test_a_fault_of_ours_shows_a_calm_page_and_no_trace(inspector: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.CRITICAL, logger="django.request"):
        answer = inspector.get("/fall/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Something broke on our side" in page
    assert "Traceback" not in page
    assert "the secret of the house" not in page


def test_a_request_for_another_host_is_refused_in_the_look(inspector: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.CRITICAL, logger="django.security.DisallowedHost"):
        answer = inspector.get("/sign-in/", headers={"Host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "The request could not be read." in answer.content.decode()


def test_the_page_of_a_fault_needs_no_database(rf: RequestFactory) -> None:
    answer = errors.broken(rf.get("/"))
    assert answer.status_code == 500
    assert b"<h1>" in answer.content


def test_a_form_without_its_token_is_refused_in_the_look(inspector: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies["lang"] = "en"
    answer = strict.post("/sign-in/", {"login": "inspector", "password": "x"})
    assert answer.status_code == 403
    assert "The form has grown old" in answer.content.decode()
