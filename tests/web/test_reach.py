"""How a person of a case may be reached: seen without her number, called only as she allowed it, asked anew."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions as cases
from qorgan.cases import queries
from qorgan.cases.models import Case
from qorgan.cases.terms import Role
from qorgan.messages.terms import SafeContact, Voice
from qorgan.people.models import Contact
from tests import factories
from tests.web.pages import signed_in

NUMBER = "+77010000041"
SAID = {"reach": "call", "phone": "8 701 000 00 42", "hours": "18-21", "code_word": "алма", "voicemail": "no"}


@pytest.fixture
def case(owner: Actor) -> Case:
    return factories.case(by=owner, now=datetime.now(UTC) - timedelta(hours=2))


def person(case: Case, role: Role = Role.VICTIM) -> UUID:
    return next(view.id for part, view in queries.persons(case) if part is role)


def kept(case: Case, *, by: Actor, **changes: Any) -> SafeContact:
    held = {"channel": Voice.CALL, "address": NUMBER, "code_word": "кітапхана", "answers": "тек өзі"} | changes
    safe = SafeContact(verified_at=held.pop("verified_at", datetime.now(UTC)), **held)
    with acting(by):
        cases.keep_reach(case=case, person_id=person(case), contact=safe, by=by, now=datetime.now(UTC))
    return safe


def url(name: str, case: Case, person_id: UUID) -> str:
    return reverse(f"cases:{name}", args=[case.id, person_id])


def test_the_page_says_what_she_allows_and_no_number(owner: Actor, case: Case) -> None:
    kept(case, by=owner, hours_from=time(18), hours_until=time(21))
    page = signed_in("inspector").get(url("reach", case, person(case))).content.decode()
    assert "18:00–21:00" in page
    assert not any(word in page for word in ("0000041", "кітапхана", "тек өзі"))


def test_whoever_calls_is_told_number_and_code_word_and_it_is_written_down(owner: Actor, case: Case) -> None:
    kept(case, by=owner)
    page = signed_in("inspector").post(url("call", case, person(case))).content.decode()
    assert all(word in page for word in (NUMBER, "кітапхана", "тек өзі"))
    with acting(owner):
        assert JournalEntry.objects.filter(kind="messages.call.allowed", thing_id=str(person(case))).count() == 1


@pytest.mark.parametrize(
    "changes",
    [{"channel": Voice.SHE}, {"verified_at": datetime(2025, 1, 1, tzinfo=UTC)}, {"address": ""}],
)
def test_what_she_did_not_allow_shows_no_number(owner: Actor, case: Case, changes: dict[str, Any]) -> None:
    kept(case, by=owner, **changes)
    page = signed_in("inspector").post(url("call", case, person(case))).content.decode()
    assert 'role="alert"' in page
    assert not any(word in page for word in (NUMBER, "кітапхана"))


def test_he_is_never_called_nor_asked_how(owner: Actor, case: Case) -> None:
    him = person(case, Role.OFFENDER)
    inspector = signed_in("inspector")
    assert 'role="alert"' in inspector.post(url("call", case, him)).content.decode()
    assert inspector.post(url("reach", case, him), SAID | {"seen": "0"}).status_code in (409, 422)
    with acting(owner):
        assert not Contact.objects.exists()


def test_what_she_says_now_is_kept_in_e164_and_nobody_overwrites_it_unseen(owner: Actor, case: Case) -> None:
    her, inspector = person(case), signed_in("inspector")
    assert inspector.post(url("reach", case, her), SAID | {"seen": "0"}).status_code == 303
    with acting(owner):
        safe = queries.safe_contact(case, her, now=datetime.now(UTC))
        assert safe is not None
        assert (safe.address, safe.hours_from, safe.hours_until, safe.code_word) == (
            "+77010000042",
            time(18),
            time(21),
            "алма",
        )
    assert inspector.post(url("reach", case, her), SAID | {"seen": "0"}).status_code == 409
    assert inspector.post(url("reach", case, her), SAID | {"seen": "1", "hours": "кешке"}).status_code == 422


def test_an_offender_of_another_case_or_nobody_is_not_found(owner: Actor, case: Case) -> None:
    other = factories.case(by=owner, now=datetime.now(UTC) - timedelta(hours=2))
    inspector = signed_in("inspector")
    assert inspector.get(url("reach", case, person(other))).status_code == 404
    assert inspector.post(url("call", case, person(other))).status_code == 404
