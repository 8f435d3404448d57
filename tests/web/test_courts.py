"""Court cases on pages, from what is sent to what is in force; what is refused keeps what was typed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, acting
from qorgan.courts import actions, queries
from qorgan.courts.models import Appeal, CourtCase, Decision, Hearing
from qorgan.courts.terms import DecisionState, Kind, Party, Result, State
from tests import factories
from tests.courts import made
from tests.web.pages import an_hour_ago, signed_in

DAY = timedelta(days=1)


def local(at: datetime) -> str:
    return f"{at + timedelta(hours=5):%d.%m.%Y %H:%M}"


@pytest.fixture
def clerk(db: None) -> Client:
    return signed_in("clerk")


def scene(owner: Actor) -> CourtCase:
    """Materials sent an hour ago."""
    return made.sent(by=owner, now=an_hour_ago())


def in_sight() -> CourtCase:
    with acting(made.clerk()):
        return CourtCase.objects.get()


def test_an_inspector_sends_an_order_to_court_from_its_page(owner: Actor) -> None:
    order = factories.served(by=owner, now=an_hour_ago())
    browser = signed_in("inspector")
    address = f"/courts/send/order/{order.id}/"
    assert address in browser.get(f"/orders/{order.id}/").content.decode()
    form = browser.get(address).context["form"]
    assert form.initial["order"] == str(order.id)
    typed = {
        "kind": "special_requirements",
        "court": str(made.court().id),
        "order": str(order.id),
        "contents": "Хаттама",
    }
    sent = browser.post(address, {**typed, "contents": "Хаттама"})
    held = CourtCase.objects.get()
    assert (sent.status_code, sent.headers["Location"]) == (303, f"/courts/{held.id}/")
    page = browser.get(f"/courts/{held.id}/").content.decode()
    assert "Хаттама" in page
    assert f"/orders/{order.id}/" in page
    assert held.number in browser.get(f"/orders/{order.id}/").content.decode()


def test_sending_without_a_court_says_so_at_its_field_and_keeps_what_was_typed(owner: Actor) -> None:
    order = factories.served(by=owner, now=an_hour_ago())
    typed = {"kind": "special_requirements", "order": str(order.id), "contents": "Тексеру хаттамасы № 17"}
    answer = signed_in("inspector").post(f"/courts/send/order/{order.id}/", typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["court"])
    assert "Тексеру хаттамасы № 17" in answer.content.decode()
    assert not CourtCase.objects.exists()


def test_materials_can_be_sent_from_a_case_and_from_an_offence(owner: Actor) -> None:
    order = factories.served(by=owner, now=an_hour_ago())
    then = an_hour_ago()
    offence = factories.offence(by=owner, now=then, case=order.case, acted_on=then.date())
    browser = signed_in("inspector")
    for address, kind in ((f"case/{order.case_id}", "special_requirements"), (f"offence/{offence.id}", "criminal")):
        form = browser.get(f"/courts/send/{address}/").context["form"]
        assert form.initial["kind"] == kind
        assert {"order", "offence"} <= set(form.fields)
    assert browser.get(f"/courts/send/report/{order.id}/").status_code == 404
    assert browser.get(f"/courts/send/order/{offence.id}/").status_code == 404


def test_a_court_case_goes_from_receipt_into_force_by_its_pages(owner: Actor, clerk: Client) -> None:
    held = scene(owner)
    page = f"/courts/{held.id}/"
    at = datetime.now(UTC) + DAY
    seen = held.version
    assert clerk.post(f"{page}schedule/", {"at": local(at), "seen": seen}).headers["Location"] == page
    with acting(made.clerk()):
        hearing = Hearing.objects.get()
        Hearing.objects.update(at=datetime.now(UTC) - timedelta(minutes=5))
    assert clerk.get(f"/courts/hearings/{hearing.id}/").context["form"].initial["result"] == Result.HELD
    written = clerk.post(f"/courts/hearings/{hearing.id}/", {"result": "held", "seen": in_sight().version})
    assert written.headers["Location"] == page
    kinds = clerk.get(f"{page}decide/").content.decode()
    assert f"{page}decide/special_requirements/" in kinds
    assert f"{page}decide/arrest/" not in kinds
    typed = {
        "at": local(datetime.now(UTC)),
        "months": "6",
        "visits": "2",
        "prohibitions": ["contact_with_victim", "alcohol"],
        "note": "Алты айға",
        "seen": in_sight().version,
    }
    assert clerk.post(f"{page}decide/special_requirements/", typed).headers["Location"] == page
    decision = Decision.objects.get()
    told = clerk.get(page).content.decode()
    for words in ("6 months", "2 times a month to the police", "to use alcohol", "Алты айға", decision.number):
        assert words in told
    assert "no term of appeal is on record" in told
    force = {"at": local(datetime.now(UTC)), "seen": in_sight().version}
    assert clerk.post(f"/courts/decisions/{decision.id}/force/", force).headers["Location"] == page
    assert in_sight().state == State.IN_FORCE


def test_an_appeal_is_written_and_its_outcome_changes_the_measure(owner: Actor, clerk: Client) -> None:
    decision = made.decided(by=owner, now=an_hour_ago())
    now = local(datetime.now(UTC))
    filed = clerk.post(f"/courts/decisions/{decision.id}/appeal/", {"filed_by": "offender", "at": now})
    assert filed.status_code == 303
    appeal = Appeal.objects.get()
    form = clerk.get(f"/courts/appeals/{appeal.id}/").context["form"]
    assert (form.initial["months"], form.initial["prohibitions"]) == (6, ["contact_with_victim", "alcohol"])
    typed = {"result": "varied", "at": now, "months": "12", "visits": "4", "prohibitions": ["weapons"]}
    assert clerk.post(f"/courts/appeals/{appeal.id}/", typed).status_code == 303
    decision.refresh_from_db()
    assert (decision.state, decision.months) == (DecisionState.VARIED, 12)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"months": "24"}, "months"),
        ({"months": ""}, "months"),
        ({"months": "алты"}, "months"),
        ({"visits": "9"}, "visits"),
        ({"prohibitions": []}, "prohibitions"),
        ({"at": "кеше"}, "at"),
        ({"at": "01.01.2020 10:00"}, "at"),
        ({"at": "01.01.2099 10:00"}, "at"),
        ({"prohibitions": ["living_with_victim"]}, "eviction_days"),
        ({"eviction_days": "9"}, "prohibitions"),
    ],
)
def test_a_decision_that_cannot_be_says_so_at_its_field_and_keeps_the_words(
    owner: Actor, clerk: Client, changes: dict[str, object], field: str
) -> None:
    held = scene(owner)
    typed = {"at": local(datetime.now(UTC)), "months": "6", "prohibitions": ["weapons"], "note": "Сот қаулысының сөзі"}
    answer = clerk.post(f"/courts/{held.id}/decide/special_requirements/", typed | changes)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert "Сот қаулысының сөзі" in answer.content.decode()
    assert not Decision.objects.exists()


def test_the_limits_of_the_law_stand_beside_the_fields_with_their_article(owner: Actor, clerk: Client) -> None:
    held = made.sent(by=owner, now=an_hour_ago(), kind=Kind.ADMINISTRATIVE)
    special = clerk.get(f"/courts/{held.id}/decide/special_requirements/").content.decode()
    assert "from 3 to 12" in special
    assert "from 1 to 4" in special
    assert "no limit is on record" in clerk.get(f"/courts/{held.id}/decide/arrest/").content.decode()
    assert clerk.get(f"/courts/{held.id}/decide/sentence/").status_code == 404
    assert clerk.get(f"/courts/{held.id}/decide/nothing/").status_code == 404


def test_a_decision_pressed_twice_is_one_and_the_second_is_told(owner: Actor, clerk: Client) -> None:
    held = scene(owner)
    typed = {"at": local(datetime.now(UTC)), "months": "6", "prohibitions": ["weapons"], "seen": held.version}
    address = f"/courts/{held.id}/decide/special_requirements/"
    assert clerk.post(address, typed).status_code == 303
    assert clerk.post(address, typed).status_code == 409
    assert Decision.objects.count() == 1


def test_a_hearing_in_the_past_is_refused_and_what_was_typed_stays(owner: Actor, clerk: Client) -> None:
    held = scene(owner)
    yesterday = local(datetime.now(UTC) - DAY)
    answer = clerk.post(f"/courts/{held.id}/schedule/", {"at": yesterday})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["at"])
    assert yesterday in answer.content.decode()


def test_a_hearing_ahead_can_be_put_off_and_not_held(owner: Actor, clerk: Client) -> None:
    made.scheduled(by=owner, now=an_hour_ago(), at=datetime.now(UTC) + DAY)
    hearing = Hearing.objects.get()
    offered = [
        value for value, _words in clerk.get(f"/courts/hearings/{hearing.id}/").context["form"]["result"].field.choices
    ]
    assert offered == ["postponed", "absent"]
    then = {"result": "absent", "to": local(datetime.now(UTC) + 3 * DAY)}
    assert clerk.post(f"/courts/hearings/{hearing.id}/", then).status_code == 303
    assert sorted(Hearing.objects.values_list("result", flat=True)) == ["absent", "planned"]


def test_returned_materials_say_why_on_their_page(owner: Actor, clerk: Client) -> None:
    held = scene(owner)
    assert clerk.post(f"/courts/{held.id}/return/", {"why": ""}).status_code == 422
    assert clerk.post(f"/courts/{held.id}/return/", {"why": "Хаттамада қолы жоқ"}).status_code == 303
    page = signed_in("inspector").get(f"/courts/{held.id}/").content.decode()
    assert "Хаттамада қолы жоқ" in page
    assert "/decide/" not in page


def test_the_list_tells_court_cases_by_state_and_finds_one_by_number(owner: Actor, clerk: Client) -> None:
    waiting, decision = scene(owner), made.decided(by=owner, now=an_hour_ago())
    assert {row["court_case"].id for row in clerk.get("/courts/").context["rows"]} == {
        waiting.id,
        decision.court_case_id,
    }
    for state, expected in (("undecided", waiting.id), ("decided", decision.court_case_id)):
        assert [row["court_case"].id for row in clerk.get("/courts/", {"state": state}).context["rows"]] == [expected]
    found = clerk.get("/courts/", {"number": decision.number})
    assert found.headers["Location"] == f"/courts/{decision.court_case_id}/"
    assert "ШЫМ-00-1" in clerk.get("/courts/", {"number": "ШЫМ-00-1"}).content.decode()
    assert clerk.get("/courts/", {"state": "no-such"}).status_code == 200


def test_the_course_of_a_case_tells_what_the_court_did(owner: Actor) -> None:
    decision = made.decided(by=owner, now=an_hour_ago())
    page = signed_in("inspector").get(f"/cases/{decision.court_case.case_id}/").content.decode()
    assert f"Court decision {decision.number}: special requirements to behaviour" in page
    assert f"/courts/{decision.court_case_id}/" in page


def test_a_clerk_is_led_to_no_case_and_no_order(owner: Actor, clerk: Client) -> None:
    held = scene(owner)
    page = clerk.get(f"/courts/{held.id}/").content.decode()
    assert "Сәрсенбаев" in page
    assert "/cases/" not in page
    assert "/orders/" not in page
    assert clerk.get(f"/cases/{held.case_id}/").status_code == 403
    assert clerk.get(f"/orders/{held.order_id}/").status_code == 403


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_of_a_court_case_opens_in_every_language(owner: Actor, language: str) -> None:
    order = factories.served(by=owner, now=an_hour_ago())
    waiting = made.scheduled(by=owner, now=an_hour_ago())
    hearing = Hearing.objects.get()
    decision = made.decided(by=owner, now=an_hour_ago())
    other = made.decided(by=owner, now=an_hour_ago())
    with acting(made.clerk()):
        at = an_hour_ago()
        appeal = actions.appeal(decision=other, filed_by=Party.VICTIM, at=at, by=made.clerk(), now=at)
    clerk, inspector = signed_in("clerk", language=language), signed_in("inspector", language=language)
    for address in (
        "/",
        "/courts/",
        f"/courts/{waiting.id}/",
        f"/courts/{decision.court_case_id}/",
        f"/courts/{waiting.id}/decide/",
        f"/courts/{waiting.id}/decide/special_requirements/",
        f"/courts/{waiting.id}/return/",
        f"/courts/{decision.court_case_id}/schedule/",
        f"/courts/hearings/{hearing.id}/",
        f"/courts/decisions/{decision.id}/appeal/",
        f"/courts/decisions/{decision.id}/force/",
        f"/courts/appeals/{appeal.id}/",
    ):
        assert clerk.get(address).status_code == 200, address
    assert inspector.get(f"/courts/send/order/{order.id}/").status_code == 200


def test_opening_a_court_case_is_written_as_a_look(owner: Actor, clerk: Client) -> None:
    held = scene(owner)
    clerk.get(f"/courts/{held.id}/")
    assert JournalEntry.objects.filter(kind="web.court_case.seen", thing_id=str(held.id)).count() == 1


def test_where_no_court_answers_for_a_place_the_page_says_so(owner: Actor, stranger: Actor) -> None:
    from qorgan.agencies.models import Agency
    from qorgan.base.processes import Process
    from tests.roles import as_process

    with acting(stranger):
        order = factories.served(by=stranger, now=an_hour_ago())
    with as_process(Process.MIGRATOR):
        Agency.objects.filter(code="kostanay-rudny-court").update(is_active=False)
    page = signed_in("rudny").get(f"/courts/send/order/{order.id}/").content.decode()
    assert "No court on record answers for this place" in page


def test_an_article_of_today_is_what_a_criminal_case_rests_on(owner: Actor, clerk: Client) -> None:
    offence = factories.offence(by=owner, now=an_hour_ago(), acted_on=date.today() - DAY)
    held = actions.send(material=made.material(offence=offence, kind=Kind.CRIMINAL), by=owner, now=an_hour_ago())
    typed = {"at": local(datetime.now(UTC)), "conviction": "yes", "imprisonment_months": "36"}
    assert clerk.post(f"/courts/{held.id}/decide/sentence/", {**typed, "conviction": "no"}).status_code == 422
    assert clerk.post(f"/courts/{held.id}/decide/sentence/", typed).status_code == 303
    page = clerk.get(f"/courts/{held.id}/").content.decode()
    assert "convicted; 36 months of imprisonment" in page
    assert queries.find(held.id) is not None
