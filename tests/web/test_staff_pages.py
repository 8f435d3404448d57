"""The administrator's pages: people, mandates, one-time codes, channels; and coming in by a code."""

import re
from datetime import timedelta
from typing import Any

import pytest
from axes.utils import reset
from django.test import Client

from qorgan.agencies import actions, queries
from qorgan.agencies.models import Agency, Channel, Invitation, Mandate, Staff
from qorgan.base import clock
from qorgan.base.models import JournalEntry
from tests.conftest import PASSWORD, actor
from tests.web.pages import proven, signed_in

pytestmark = pytest.mark.django_db

NEW = "several-words-of-her-own"


@pytest.fixture
def admin() -> Client:
    """The administrator, who has just come in."""
    reset()
    return proven("admin")


def _form(**changes: str) -> dict[str, str]:
    police = Agency.objects.get(code="shymkent-enbekshi-police")
    typed = {"agency": str(police.id), "role": "district_inspector", "purpose": "children", "territory": ""}
    return typed | {"login": "a.serikova", "name_kk": "Серікова Айгүл", "first": "", "last": ""} | changes


def _code(page: str) -> str:
    found = re.search(r"<code>([2-9A-Z]{4}(?:-[2-9A-Z]{4}){4})</code>", page)
    assert found, page
    return found.group(1)


def _entered(admin: Client) -> str:
    """A new person entered by the form; her code."""
    answer = admin.post("/staff/new/", _form())
    assert answer.status_code == 303, answer.content.decode()
    return _code(admin.get(answer.headers["Location"]).content.decode())


def _invited(code: str, *, login: str = "a.serikova", password: str = NEW) -> tuple[Client, Any]:
    browser = Client()
    browser.cookies["lang"] = "en"
    sent = {"login": login, "code": code, "password1": password, "password2": password}
    return browser, browser.post("/invitation/", sent)


def test_a_person_is_entered_and_the_code_is_shown_once(admin: Client) -> None:
    code = _entered(admin)
    assert code not in admin.get("/staff/people/a.serikova/").content.decode()
    made = Staff.objects.get(login="a.serikova")
    mandate = Mandate.objects.get(staff=made)
    assert (mandate.role, mandate.territory_id, mandate.valid_until) == ("district_inspector", 7903, None)
    assert code not in "".join(str(row.detail) for row in JournalEntry.objects.all())


def test_the_person_sets_her_own_password_and_is_led_to_her_first_factor(admin: Client) -> None:
    browser, answer = _invited(_entered(admin))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/")
    assert browser.get("/account/webauthn/add/").status_code == 200, "the code was the proof"
    assert browser.get("/").status_code == 200
    again = Client()
    assert again.post("/sign-in/", {"login": "a.serikova", "password": NEW}).status_code == 302


def test_a_weak_or_mistyped_password_leaves_the_code_as_it_is(admin: Client) -> None:
    code = _entered(admin)
    weak = ("short", "password1234", "123456789012", "Серікова-Айгүл")  # the last is known only by whose code it is
    for first, second in (*((one, one) for one in weak), (NEW, NEW + "x")):
        sent = {"login": "a.serikova", "code": code, "password1": first, "password2": second}
        assert Client().post("/invitation/", sent).status_code == 422
    assert _invited(code)[1].status_code == 302


def test_every_code_that_opens_nothing_gets_the_same_answer(admin: Client) -> None:
    code = _entered(admin)
    pages = [
        re.sub(r'(csrfmiddlewaretoken" )?value="[^"]*"', "", _invited(wrong, login=login)[1].content.decode())
        for wrong, login in ((code, "inspector"), ("AAAA-BBBB-CCCC-DDDD-EEEE", "a.serikova"), ("x", "nobody"))
    ]
    assert len(set(pages)) == 1
    assert "do not open anything" in pages[0]
    assert JournalEntry.objects.filter(kind="web.staff.invitation_failed", staff_id=None).count() == 3


def test_two_administrators_make_a_lost_sign_in_anew_and_the_person_is_told(admin: Client) -> None:
    now, first = clock.now(), actor("admin")
    made = actions.add_person(login="second.admin", names={"kk": "Екінші"}, by=first, now=now)
    held = Mandate.objects.get(pk=first.mandate_id)
    held.pk, held.staff = made.pk, made  # the same mandate, of another person
    held.save(force_insert=True)
    _one, code = actions.invite(staff_id=made.id, by=first, now=now)
    second, _answer = _invited(code, login="second.admin")
    person = "/staff/people/inspector/"
    assert admin.post(person + "ask/").status_code == 303
    assert admin.post(person + "confirm/").status_code == 422, "not by the one who asked"
    assert "waits for a second administrator" in second.get("/staff/").content.decode()
    assert "Confirm, having seen the person" in second.get(person).content.decode()
    shown = second.post(person + "confirm/", follow=True).content.decode()
    assert "waits for a second administrator" not in second.get("/staff/").content.decode()
    browser, answer = _invited(_code(shown), login="inspector")
    assert answer.status_code == 302
    assert "asked for your sign-in to be made anew" in browser.get("/account/").content.decode()
    assert Invitation.objects.get(ground="lost").told_at is not None
    reset()
    old = Client().post("/sign-in/", {"login": "inspector", "password": PASSWORD})
    assert old.status_code == 200, "the password of before is gone"


def test_a_mandate_is_given_over_a_place_within_reach_and_until_a_day(admin: Client) -> None:
    form = _form(territory="79", last="31.12.2099") | {"agency": str(Agency.objects.get(code="shymkent-dp").id)}
    assert admin.post("/staff/people/rudny/mandate/", form).status_code == 303
    given = Mandate.objects.filter(staff__login="rudny").latest("valid_from")
    assert given.territory_id == 79
    assert given.valid_until is not None
    assert given.valid_until.isoformat() == "2099-12-31T19:00:00+00:00"
    assert admin.post("/staff/people/rudny/mandate/", _form(territory="12345")).status_code == 422
    assert admin.post("/staff/people/rudny/mandate/", _form(first="02.01.2099", last="01.01.2099")).status_code == 422


def test_a_mandate_is_ended_on_its_page(admin: Client) -> None:
    held = queries.mandates_of(Staff.objects.get(login="rudny"), now=clock.now()).get()
    address = f"/staff/people/rudny/mandates/{held.id}/"
    assert admin.get(address).status_code == 200
    assert admin.post(address).status_code == 303
    assert not queries.mandates_of(Staff.objects.get(login="rudny"), now=clock.now()).exists()
    assert admin.post(address).status_code == 422


def test_a_person_is_disabled_and_enabled(admin: Client) -> None:
    browser = signed_in("rudny")
    assert admin.post("/staff/people/rudny/disable/").status_code == 303
    assert browser.get("/").status_code == 302
    assert "disabled" in admin.get("/staff/people/rudny/").content.decode()
    assert admin.post("/staff/people/rudny/enable/").status_code == 303
    assert signed_in("rudny").get("/").status_code == 200


def test_an_administrator_changes_nothing_of_herself(admin: Client) -> None:
    page = admin.get("/staff/people/admin/").content.decode()
    assert "/staff/people/admin/disable/" not in page
    for what in ("disable", "invite", "ask"):
        assert admin.post(f"/staff/people/admin/{what}/").status_code == 422
    assert admin.post("/staff/people/admin/mandate/", _form()).status_code == 422


def test_grave_acts_on_people_ask_for_a_proof(admin: Client) -> None:
    with clock.frozen(clock.now() + timedelta(minutes=6)):
        for address in ("/staff/new/", "/staff/people/rudny/disable/", "/staff/channels/new/"):
            assert admin.post(address, _form()).status_code == 303
    assert Staff.objects.get(login="rudny").is_active


def test_staff_are_listed_and_found_and_nobody_else_may_look(admin: Client) -> None:
    page = admin.get("/staff/").content.decode()
    assert "/staff/people/inspector/" in page
    found = admin.get("/staff/", {"words": "Есимханов"}).content.decode()
    assert "/staff/people/inspector/" in found
    assert "/staff/people/rudny/" not in found
    part = admin.get("/staff/", {"after": "inspector"}).content.decode()
    assert "/staff/people/inspector/" not in part
    assert "/staff/people/rudny/" in part
    assert admin.get("/staff/people/nobody-here/").status_code == 404
    for login in ("inspector", "prosecutor", "press"):
        assert signed_in(login).get("/staff/").status_code == 403
        assert proven(login).post("/staff/people/rudny/disable/").status_code == 403
    assert Client().get("/staff/").status_code == 302


def test_a_channel_is_opened_given_another_key_and_closed(admin: Client) -> None:
    assert admin.post("/staff/channels/new/", {"login": "press", "label": "пульт"}).status_code == 422
    opened = admin.post("/staff/channels/new/", {"login": "desk", "label": "пульт"})
    assert opened.status_code == 303
    shown = re.search(r"<code>([\w-]{40,})</code>", admin.get("/staff/channels/").content.decode())
    assert shown
    assert shown.group(1) not in admin.get("/staff/channels/").content.decode()
    channel = Channel.objects.get(label="пульт")
    assert queries.key_by_token(shown.group(1), now=clock.now()) is not None
    assert admin.get(f"/staff/channels/{channel.id}/rotate/").status_code == 200
    assert admin.post(f"/staff/channels/{channel.id}/rotate/").status_code == 303
    assert channel.keys.count() == 2
    assert admin.post(f"/staff/channels/{channel.id}/close/").status_code == 303
    assert queries.key_by_token(shown.group(1), now=clock.now()) is None
    assert admin.post(f"/staff/channels/{channel.id}/rotate/").status_code == 422
    assert admin.get(f"/staff/channels/{channel.id}/burn/").status_code == 404
