"""A missing child on pages: the duty officer's minute, the neighbour's answer, the page that the public reads."""

from datetime import datetime, timedelta

import pytest
from django.test import Client, override_settings

from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.missing import actions, queries
from qorgan.missing.models import Alarm, Bulletin, Notice
from qorgan.missing.terms import Posted, State
from tests.conftest import actor
from tests.missing import made
from tests.roles import as_process
from tests.web.pages import an_hour_ago, signed_in

TYPED = {"token": "t1", "serving": "no", "name": made.CHILD, "channel": "102"}


def _public(address: str) -> Client:
    with as_process(Process.PUBLIC), override_settings(ROOT_URLCONF="qorgan.config.urls.public"):
        return Client().get(address, headers={"cookie": "lang=en"})


def test_an_answer_and_a_name_raise_the_alarm_and_pressed_twice_it_is_one(owner: Actor) -> None:
    desk = signed_in("desk")
    first = desk.post("/missing/new/", TYPED)
    again = desk.post("/missing/new/", TYPED)
    alarm = Alarm.objects.get()
    assert first.headers["Location"] == again.headers["Location"] == f"/missing/{alarm.id}/"
    page = desk.get(f"/missing/{alarm.id}/").content.decode()
    assert made.CHILD.split()[0] in page
    assert "Abai district police" in page


def test_the_question_before_the_name_is_asked(owner: Actor) -> None:
    answer = signed_in("desk").post("/missing/new/", TYPED | {"serving": ""})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["serving"])
    assert made.CHILD in answer.content.decode()


def test_a_yes_leads_away_from_a_record_that_is_sealed(owner: Actor) -> None:
    answer = signed_in("desk").post("/missing/new/", TYPED | {"serving": "police"}, follow=True)
    assert "sealed" in answer.content.decode()
    assert made.CHILD not in answer.content.decode()


def test_a_neighbour_sees_whom_to_look_for_answers_and_sees_nothing_once_she_is_found(owner: Actor) -> None:
    alarm = made.alarm(by=owner, now=an_hour_ago())
    near = signed_in("abai")
    with acting(actor("abai")):
        told = Bulletin.objects.get()
    assert made.WEARING in near.get(f"/missing/told/{told.id}/").content.decode()
    assert near.post(f"/missing/told/{told.id}/", {"seen": "1"}).status_code == 303
    assert near.get(f"/missing/{alarm.id}/").status_code == 404
    actions.found_alive(alarm=alarm, end=actions.End(), by=owner, now=an_hour_ago() + timedelta(minutes=5))
    page = near.get(f"/missing/told/{told.id}/").content.decode()
    assert made.WEARING not in page
    assert made.CHILD.split()[0] not in page


def test_she_is_found_by_one_form(owner: Actor) -> None:
    alarm = made.alarm(by=owner, now=an_hour_ago())
    desk = signed_in("desk")
    answer = desk.post(f"/missing/{alarm.id}/end/", {"seen": "1", "how": "found_alive", "place": "мектеп"})
    assert answer.status_code == 303
    assert Alarm.objects.get().state == State.FOUND_ALIVE
    stale = desk.post(f"/missing/{alarm.id}/again/", {"seen": "1", "words": "қате"})
    assert stale.status_code == 409


def test_the_minute_of_a_search_is_written_on_its_page(owner: Actor) -> None:
    alarm = made.alarm(by=owner, now=an_hour_ago())
    desk = signed_in("desk")
    at = f"{datetime.now().astimezone(queries.places.zone(7903)):%d.%m.%Y %H:%M}"
    sent = {"seen": "1", "place": "Саябақ", "at": at, "result": "nothing", "searchers": "2 патруль"}
    assert desk.post(f"/missing/{alarm.id}/search/", sent).status_code == 303
    assert "Саябақ" in desk.get(f"/missing/{alarm.id}/").content.decode()


def test_two_people_publish_and_the_address_says_nothing_once_she_is_found(owner: Actor) -> None:
    alarm = made.alarm(by=owner, now=an_hour_ago())
    words = {"seen": "1"} | {f"words_{code}": text for code, text in made.TEXTS.items()}
    address = signed_in("desk").post(f"/missing/{alarm.id}/notice/", words).headers["Location"]
    own = signed_in("desk").post(address, {"seen": "1", "act": "approve"})
    assert own.status_code == 403
    assert signed_in("head").post(address, {"seen": "1", "act": "approve"}).status_code == 303
    token = Notice.objects.get().token
    shown = _public(f"/missing/{token}/")
    assert shown.status_code == 200
    assert made.TEXTS["kk"] in shown.content.decode()
    assert shown.headers["Cache-Control"] == "no-store"
    assert "noindex" in shown.headers["X-Robots-Tag"]
    signed_in("desk").post(f"/missing/{alarm.id}/end/", {"seen": "1", "how": "found_alive"})
    gone = _public(f"/missing/{token}/")
    assert gone.status_code == 410
    assert not any(word in gone.content.decode() for word in ("Аяжан", "found", "alive", "child is"))
    assert _public("/missing/never-was/").status_code == 404


@pytest.mark.parametrize("address", ["", "end/", "again/", "search/", "notice/", "mark/"])
def test_for_a_stranger_no_page_of_an_alarm_exists(owner: Actor, address: str) -> None:
    alarm = made.alarm(by=owner, now=an_hour_ago())
    assert signed_in("rudny").get(f"/missing/{alarm.id}/{address}").status_code == 404


def test_a_child_who_is_not_to_be_named_is_marked_on_a_page(owner: Actor, colleague: Actor) -> None:
    notice = made.standing(by=owner, second=colleague, now=an_hour_ago())
    token = notice.token
    alarm = Alarm.objects.get()
    desk = signed_in("desk")
    assert desk.post(f"/missing/{alarm.id}/mark/", {"seen": alarm.version, "sure": "on"}).status_code == 303
    assert "never named" in desk.get(f"/missing/{alarm.id}/").content.decode()
    assert Notice.objects.get().state == Posted.TAKEN_DOWN
    assert _public(f"/missing/{token}/").status_code == 410


def test_the_case_tells_of_the_alarm_in_its_course(owner: Actor) -> None:
    alarm = made.alarm(by=owner, now=an_hour_ago())
    page = signed_in("inspector").get(f"/cases/{alarm.case_id}/").content.decode()
    assert "Alarm raised for a missing child" in page
    assert f"/missing/{alarm.id}/" in page
