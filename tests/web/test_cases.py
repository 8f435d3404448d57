"""A case on its page: orders, people, accounts, course, and who can see it."""

import re
from datetime import UTC, datetime, timedelta

from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor
from qorgan.cases import actions, queries
from qorgan.cases.models import Case
from qorgan.cases.terms import Role, Speaker, State
from qorgan.people.actions import Named
from tests import factories
from tests.web.pages import an_hour_ago, signed_in


def _account(case: Case, *, by: Actor, speaker: Speaker, words: str) -> None:
    actions.write_account(
        case=case, speaker=speaker, words=words, source="түсініктеме", said_at=an_hour_ago(), by=by, now=an_hour_ago()
    )


def _without_addresses(page: bytes) -> str:
    return re.sub(r"/cases/[0-9a-f-]{36}/|value=\"\w{64}\"", "", page.decode())


def test_accounts_stand_side_by_side_in_quotation_marks(owner: Actor) -> None:
    case = factories.case(by=owner, now=an_hour_ago())
    _account(case, by=owner, speaker=Speaker.OFFENDER, words="Қол жұмсаған жоқпын.")
    page = signed_in("inspector", language="kk").get(f"/cases/{case.id}/").content.decode()
    assert f"«{factories.WORDS}»" in page
    assert "«Қол жұмсаған жоқпын.»" in page


def test_the_page_says_by_which_law_the_case_is_judged(owner: Actor) -> None:
    then = datetime(2024, 5, 10, 6, 0, tzinfo=UTC)
    new, old = factories.case(by=owner, now=an_hour_ago()), factories.case(by=owner, now=then)
    browser = signed_in("inspector")
    assert "Law 245-VIII" in browser.get(f"/cases/{new.id}/").content.decode()
    assert "Law 214-IV" in browser.get(f"/cases/{old.id}/").content.decode()


def test_the_course_has_the_plan_on_top_and_the_first_report_below(owner: Actor) -> None:
    order = factories.served(by=owner, now=an_hour_ago())
    course = signed_in("inspector").get(f"/cases/{order.case_id}/").context["course"]
    assert [step.at for step in course] == sorted((step.at for step in course), reverse=True)
    assert (course[0].state, course[-1].words) == ("plan", "First report, 102")


def test_a_check_that_was_not_made_is_late_in_the_course_and_on_the_clock(owner: Actor) -> None:
    order = factories.served(by=owner, now=datetime.now(UTC) - timedelta(days=8))
    page = signed_in("inspector").get(f"/cases/{order.case_id}/")
    assert "was not made" in page.content.decode()
    assert [mark.tone.value for mark in page.context["panels"][0].marks] == ["late", "plan", "plan", "plan"]


def test_who_looked_is_counted_from_the_journal(owner: Actor) -> None:
    case = factories.case(by=owner, now=an_hour_ago())
    for _look in range(2):
        signed_in("head").get(f"/cases/{case.id}/")
    seers = {seer.name: seer for seer in signed_in("inspector").get(f"/cases/{case.id}/").context["seers"]}
    assert next(seer.looks for name, seer in seers.items() if "Ospankulov" in name) == 2
    assert next(seer for name, seer in seers.items() if "Esimkhanov" in name).owner
    assert not [name for name in seers if "Mironenko" in name]


def test_the_oversight_sees_terms_and_not_what_people_said(owner: Actor) -> None:
    order = factories.served(by=owner, now=an_hour_ago())
    page = signed_in("prosecutor").get(f"/cases/{order.case_id}/").content.decode()
    assert order.number in page
    assert factories.WORDS not in page


def test_an_account_is_written_with_its_source_and_moment(owner: Actor) -> None:
    case = factories.case(by=owner, now=an_hour_ago())
    typed = {
        "speaker": "doctor",
        "said_at": "20.11.2026 11:20",
        "source": "№ 2 травматология пункті",
        "words": "Ісінуі.",
    }
    browser = signed_in("inspector")
    assert browser.post(f"/cases/{case.id}/account/", typed).status_code == 303
    account = next(one for one in queries.accounts(case) if one.speaker is Speaker.DOCTOR)
    assert account.said_at == datetime(2026, 11, 20, 6, 20, tzinfo=UTC)
    nothing = browser.post(f"/cases/{case.id}/account/", typed | {"words": " "})
    assert (nothing.status_code, list(nothing.context["form"].errors)) == (422, ["words"])
    assert "травматология" in nothing.content.decode()


def test_a_person_is_named_in_the_case_with_her_part(owner: Actor) -> None:
    case = factories.case(by=owner, now=an_hour_ago())
    typed = {"role": "child", "written": "Сәрсенбай Аяла Нұрлыбекқызы", "birth_date": "05.11.2019", "sex": "female"}
    assert signed_in("inspector").post(f"/cases/{case.id}/person/", typed).status_code == 303
    assert [person.name for role, person in queries.persons(case) if role is Role.CHILD] == [typed["written"]]


def test_nothing_is_written_into_a_closed_case(owner: Actor) -> None:
    case = factories.case(by=owner, now=an_hour_ago())
    browser = signed_in("inspector")
    assert browser.post(f"/cases/{case.id}/close/", {}).status_code == 422
    assert browser.post(f"/cases/{case.id}/close/", {"sure": "on"}).status_code == 303
    assert Case.objects.get(pk=case.id).state == State.CLOSED
    typed = {"speaker": "victim", "said_at": "20.11.2026 11:20", "source": "қоңырау", "words": "Айтқаны."}
    refused = browser.post(f"/cases/{case.id}/account/", typed)
    assert refused.status_code == 422
    assert "is closed" in refused.content.decode()
    assert "Айтқаны." in refused.content.decode()


def test_closing_says_which_order_is_still_in_force(owner: Actor) -> None:
    order = factories.served(by=owner, now=an_hour_ago())
    assert order.number in signed_in("inspector").get(f"/cases/{order.case_id}/close/").content.decode()


def test_a_case_found_by_its_number_is_opened(owner: Actor) -> None:
    case = factories.case(by=owner, now=an_hour_ago())
    answer = signed_in("inspector").get("/cases/", {"number": case.number})
    assert answer.headers["Location"] == f"/cases/{case.id}/"


def test_what_does_not_exist_and_what_may_not_be_known_are_answered_alike(owner: Actor, stranger: Actor) -> None:
    case = factories.case(by=owner, now=an_hour_ago())
    browser = signed_in("rudny", language="en")
    hidden = browser.get(f"/cases/{case.id}/")
    nothing = browser.get("/cases/01a200fe-0000-7000-8000-000000000000/")
    assert (hidden.status_code, nothing.status_code) == (404, 404)
    assert _without_addresses(hidden.content) == _without_addresses(nothing.content)
    assert "No case with the number" in browser.get("/cases/", {"number": case.number}).content.decode()


def test_a_case_page_asks_the_same_however_much_is_in_it(owner: Actor) -> None:
    from tests.architecture.guards.queries import count

    order = factories.served(by=owner, now=an_hour_ago())
    browser = signed_in("inspector")
    browser.get(f"/cases/{order.case_id}/")
    few = count(lambda: browser.get(f"/cases/{order.case_id}/"))
    for number in range(12):
        _account(order.case, by=owner, speaker=Speaker.WITNESS, words=f"{number}")
        child = Named(written=f"Сәрсенбай {number}")
        actions.add_person(case=order.case, named=child, role=Role.CHILD, by=owner, now=an_hour_ago())
    assert count(lambda: browser.get(f"/cases/{order.case_id}/")) == few


def test_every_look_is_journaled_in_the_transaction_of_the_look(owner: Actor) -> None:
    case = factories.case(by=owner, now=an_hour_ago())
    signed_in("head").get(f"/cases/{case.id}/")
    entry = JournalEntry.objects.get(kind="web.case.seen")
    assert (entry.thing_id, entry.detail) == (str(case.id), {"purpose": "domestic_violence"})
