"""One mandate at a time."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from qorgan.agencies.models import Agency, Mandate, Staff
from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from tests.roles import as_process
from tests.web.pages import signed_in

SINCE = datetime(2026, 1, 1, tzinfo=UTC)


def given(login: str, *, role: str = "unit_head", agency: str = "shymkent-abai-police", **changes: object) -> Mandate:
    """A further mandate; only the migrator may write one."""
    home = Agency.objects.get(code=agency)
    fields = {"valid_from": SINCE, "territory_id": home.territory_id, "purpose": "oversight", **changes}
    with as_process(Process.MIGRATOR):
        return Mandate.objects.create(staff=Staff.objects.get(login=login), agency=home, role=role, **fields)


def own(login: str) -> Mandate:
    return Mandate.objects.filter(staff__login=login).order_by("valid_from", "id")[0]


@pytest.fixture
def inspector(db: None) -> Client:
    return signed_in("inspector")


def test_the_only_mandate_is_acted_in_without_asking(inspector: Client) -> None:
    page = inspector.get("/").content.decode()
    assert "District police inspector" in page
    assert "domestic violence" in page


def test_a_person_with_two_mandates_chooses_first(inspector: Client) -> None:
    given("inspector")
    answer = inspector.get("/cases/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/mandate/?next=%2Fcases%2F")
    page = inspector.get("/mandate/").content.decode()
    assert page.count('name="mandate"') == 2


def test_the_chosen_mandate_stands_on_the_page_and_in_the_journal(inspector: Client) -> None:
    further = given("inspector")
    answer = inspector.post("/mandate/", {"mandate": str(further.id), "next": "/cases/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/cases/")
    assert "Head of unit" in inspector.get("/cases/").content.decode()
    written = JournalEntry.objects.get(kind="web.mandate.chosen")
    assert (written.thing_id, written.mandate_id) == (str(further.id), further.id)


def test_nobody_acts_in_the_mandate_of_another(inspector: Client) -> None:
    answer = inspector.post("/mandate/", {"mandate": str(own("head").id)})
    assert answer.status_code == 404
    assert "District police inspector" in inspector.get("/").content.decode()


def test_a_mandate_that_has_ended_opens_nothing(inspector: Client) -> None:
    with as_process(Process.MIGRATOR):
        Mandate.objects.filter(staff__login="inspector").update(valid_until=SINCE)
    answer = inspector.get("/cases/")
    assert answer.status_code == 403
    assert "You have no mandate now" in answer.content.decode()
    refused = JournalEntry.objects.filter(kind="web.request.refused").latest("id")
    assert (refused.detail["code"], refused.staff_id) == ("no_mandate", Staff.objects.get(login="inspector").pk)


def test_a_chosen_mandate_that_ends_is_no_longer_acted_in(inspector: Client) -> None:
    further = given("inspector")
    inspector.post("/mandate/", {"mandate": str(further.id)})
    with as_process(Process.MIGRATOR):
        Mandate.objects.filter(pk=further.pk).update(valid_until=datetime(2026, 1, 2, tzinfo=UTC))
    assert "District police inspector" in inspector.get("/").content.decode()


def test_the_navigation_leads_only_where_the_role_may_go(db: None) -> None:
    police = signed_in("inspector").get("/").content.decode()
    assert 'href="/reports/"' in police
    statistician = signed_in("statistician").get("/figures/").content.decode()
    assert 'href="/reports/"' not in statistician
    assert 'href="/cases/"' not in statistician
    assert 'href="/figures/" aria-current="page"' in statistician


def test_a_role_without_the_permission_is_refused_with_a_sentence(db: None) -> None:
    answer = signed_in("statistician").get("/reports/")
    assert answer.status_code == 403
    assert "Your mandate does not allow this." in answer.content.decode()


def test_choosing_leads_to_no_other_site(inspector: Client) -> None:
    chosen = str(own("inspector").id)
    answer = inspector.post("/mandate/", {"mandate": chosen, "next": "//elsewhere.example/"})
    assert answer.headers["Location"] == "/"
