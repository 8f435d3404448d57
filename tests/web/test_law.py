"""The law on record as a page: what is not settled, and a value entered from a document by who may."""

from datetime import date

import pytest
from django.test import Client

from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import Actor
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from qorgan.law import queries
from qorgan.law.engine.marks import Unit
from qorgan.law.models import EnteredValue
from tests import factories
from tests.roles import as_process
from tests.web.pages import an_hour_ago, signed_in

COPY = "orders.copy_to_prosecutor"
TYPED = {
    "value": "24",
    "unit": "hours",
    "valid_from": "01.06.2026",
    "valid_until": "",
    "act": "245-VIII",
    "article": "60",
    "document": "Order No. 7 of 1 June 2026",
    "note": "",
}


@pytest.fixture
def keeper(owner: Actor) -> Client:
    """The administrator's browser."""
    return signed_in("admin")


def _enter(browser: Client, **changes: str) -> object:
    """Both presses of the button: what it changes, then keep it."""
    address = f"/law/{COPY}/enter/"
    shown = browser.post(address, TYPED | changes)
    return browser.post(address, TYPED | changes | {"shown": shown.context["shown"]})


def test_the_administrator_starts_at_the_law(keeper: Client) -> None:
    start = keeper.get("/")
    assert (start.status_code, start.headers["Location"]) == (302, "/law/")
    page = keeper.get("/law/").content.decode()
    assert 'href="/law/" aria-current="page"' in page
    assert 'href="/cases/"' not in page


def test_the_list_shows_what_is_not_settled_on_a_day(keeper: Client) -> None:
    def keys(**asked: str) -> set[str]:
        return {row.key for row in keeper.get("/law/", {"on": "2026-06-01", **asked}).context["rows"]}

    assert COPY in keys()
    assert COPY in keys(show="verify")
    assert COPY not in keys(show="silent")
    assert "courts.requirements_articles" in keys(show="silent")
    assert "orders.term" not in keys()
    assert "orders.term" in keys(show="all")
    assert keys(show="entered") == set()
    assert keys(show="all", words="prosecutor") >= {COPY}
    assert keys(words="no such words") == set()


def test_the_list_is_of_its_day(keeper: Client) -> None:
    silent = {row.key for row in keeper.get("/law/", {"on": "2025-01-10", "show": "silent"}).context["rows"]}
    assert "orders.check_interval" in silent
    assert keeper.get("/law/", {"on": "yesterday"}).status_code == 200


def test_a_value_is_shown_with_what_it_changes_before_it_is_kept(keeper: Client) -> None:
    address = f"/law/{COPY}/enter/"
    shown = keeper.post(address, TYPED)
    page = shown.content.decode()
    assert (shown.status_code, EnteredValue.objects.count()) == (200, 0)
    assert "Nothing is kept yet" in page
    assert "decides nothing until verified" in page
    assert [step.after.value for step in shown.context["steps"]] == ["24, hours"]
    kept = keeper.post(address, TYPED | {"shown": shown.context["shown"]})
    assert (kept.status_code, kept.headers["Location"]) == (303, f"/law/{COPY}/")
    row = EnteredValue.objects.get()
    assert (row.value, row.unit, row.act, row.article) == (24, Unit.HOURS, "245-VIII", "60")
    assert queries.value(COPY, on=date(2026, 6, 1)).decides
    with as_process(Process.WORKER):
        assert JournalEntry.objects.filter(kind="law.value.entered").count() == 1


def test_what_was_changed_after_it_was_shown_is_shown_anew(keeper: Client) -> None:
    address = f"/law/{COPY}/enter/"
    shown = keeper.post(address, TYPED).context["shown"]
    again = keeper.post(address, TYPED | {"value": "48", "shown": shown})
    assert (again.status_code, EnteredValue.objects.count()) == (200, 0)
    assert [step.after.value for step in again.context["steps"]] == ["48, hours"]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"value": ""}, "value", "Write the value as the document gives it."),
        ({"value": "a day"}, "value", "Write the value in digits, as 24."),
        ({"value": "-1"}, "value", "Write the value in digits, as 24."),
        ({"valid_from": "June"}, "valid_from", "Write the day in digits, as 01.06.2026."),
        ({"valid_from": ""}, "valid_from", "Write the day in digits, as 01.06.2026."),
        ({"valid_until": "31.05.2026"}, "valid_until", "The last day lies before the first."),
        ({"document": " "}, "document", "Name the document and its number."),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field_and_kept(
    keeper: Client, changes: dict[str, str], field: str, sentence: str
) -> None:
    answer = keeper.post(f"/law/{COPY}/enter/", TYPED | changes)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [sentence]
    assert "Order No. 7 of 1 June 2026" in answer.content.decode() or field == "document"
    assert not EnteredValue.objects.exists()


def test_a_second_value_for_the_same_days_is_refused_with_what_to_do(keeper: Client) -> None:
    _enter(keeper)
    answer = keeper.post(f"/law/{COPY}/enter/", TYPED | {"value": "48"})
    assert answer.status_code == 422
    assert "Withdraw it first." in answer.content.decode()


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("courts.requirements_articles", "KoAP 73\n\nKoAP 461 ", ["KoAP 73", "KoAP 461"]),
        ("prevention.talks_online", "no", False),
    ],
)
def test_lists_and_yes_or_no_have_fields_of_their_own(keeper: Client, key: str, value: str, kept: object) -> None:
    if key not in queries.book().rules:
        key = next(one for one in queries.book().keys("") if queries.book().rule(one).unit is Unit.YES_NO)
    typed = TYPED | {"value": value}
    shown = keeper.post(f"/law/{key}/enter/", typed)
    assert shown.status_code == 200, shown.context["form"].errors
    assert keeper.post(f"/law/{key}/enter/", typed | {"shown": shown.context["shown"]}).status_code == 303
    assert EnteredValue.objects.get().value == kept


def test_a_value_is_withdrawn_with_its_reason_and_stays_in_the_history(keeper: Client) -> None:
    _enter(keeper)
    row = EnteredValue.objects.get()
    address = f"/law/{COPY}/{row.id}/withdraw/"
    asked = keeper.get(address)
    assert [step.after.standing for step in asked.context["steps"]] == ["decides nothing until verified"]
    assert keeper.post(address, {"reason": ""}).status_code == 422
    assert keeper.post(address, {"reason": "read in a draft", "seen": "0"}).status_code == 303
    page = keeper.get(f"/law/{COPY}/").content.decode()
    assert "read in a draft" in page
    assert "Order No. 7 of 1 June 2026" in page
    assert "Zholdybaev" in page
    late = keeper.post(address, {"reason": "once more", "seen": "0"})
    assert late.status_code == 409
    assert "read in a draft" in late.content.decode()


def test_everybody_may_read_the_law_and_only_the_administrator_enters_it(owner: Actor) -> None:
    browser = signed_in("inspector")
    page = browser.get(f"/law/{COPY}/").content.decode()
    assert browser.get("/law/").status_code == 200
    assert "Zholdybaev" in page
    assert f"/law/{COPY}/enter/" not in page
    assert browser.get(f"/law/{COPY}/enter/").status_code == 403
    assert browser.post(f"/law/{COPY}/enter/", TYPED).status_code == 403
    assert not EnteredValue.objects.exists()


@pytest.mark.parametrize("address", ["/law/orders.trem/", "/law/orders.trem/enter/"])
def test_a_rule_that_is_not_there_is_not_found(keeper: Client, address: str) -> None:
    assert keeper.get(address).status_code == 404


def test_a_duty_to_verify_leads_to_the_provision_and_says_who_may_enter_it(owner: Actor, keeper: Client) -> None:
    order = factories.issued(by=owner, now=an_hour_ago())
    duty = Duty.objects.get(thing_id=order.id, kind=Kind.VERIFY_PROVISION)
    browser = signed_in("inspector")
    page = browser.get(f"/duties/{duty.id}/").content.decode()
    assert f'href="/law/{COPY}/?on=' in page
    assert "Zholdybaev Adil" in page
    assert f"/law/{COPY}/enter/" not in page
    _enter(keeper)
    page = browser.get(f"/duties/{duty.id}/").content.decode()
    assert "A value stands on record by now: 24, hours (Law 245-VIII, Art. 60)" in page
    assert "mark this duty as done" in page


def test_the_pages_open_in_kazakh_by_default(owner: Actor) -> None:
    browser = signed_in("admin", language="kk")
    for address in ("/law/", f"/law/{COPY}/", f"/law/{COPY}/enter/"):
        answer = browser.get(address)
        assert (answer.status_code, answer.headers["Content-Language"]) == (200, "kk")
