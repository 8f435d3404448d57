"""The same cast asks every screen of records: who sees it, who may not, and for whom it does not exist."""

from dataclasses import dataclass

import pytest
from django.test import Client

from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor
from qorgan.cases import queries as case_queries
from qorgan.duties.models import Duty
from qorgan.offences.actions import Involved
from tests import factories
from tests.web.pages import an_hour_ago, signed_in

SEEN, MOVED, FORBIDDEN, NOTHING = 200, 302, 403, 404


@dataclass(frozen=True)
class Screen:
    """An address and what each of the cast gets: owner, colleague, stranger, excluded (the oversight), the desk."""

    address: str
    owner: int = SEEN
    colleague: int = SEEN
    stranger: int = NOTHING
    excluded: int = FORBIDDEN
    desk: int = SEEN


SCREENS = (
    Screen("/", stranger=SEEN, excluded=SEEN),
    Screen("/duties/late/", stranger=SEEN, excluded=SEEN),
    Screen("/duties/tomorrow/", stranger=SEEN, excluded=SEEN),
    Screen("/duties/calendar.ics", stranger=SEEN, excluded=SEEN),
    Screen("/duties/{duty}/", excluded=SEEN),
    Screen("/reports/", stranger=SEEN),
    Screen("/reports/new/", stranger=SEEN),
    Screen("/reports/import/", stranger=SEEN),
    Screen("/reports/import/{report}/refused.csv", owner=NOTHING, colleague=NOTHING, desk=NOTHING),
    Screen("/reports/{report}/"),
    Screen("/reports/{report}/triage/"),
    Screen("/reports/{report}/write-off/"),
    Screen("/cases/", stranger=SEEN, excluded=SEEN),
    Screen("/cases/{case}/", excluded=SEEN),
    Screen("/cases/{case}/account/", desk=FORBIDDEN),
    Screen("/cases/{case}/person/", desk=FORBIDDEN),
    Screen("/cases/{case}/close/", desk=FORBIDDEN),
    Screen("/offences/", stranger=SEEN, excluded=SEEN),
    Screen("/offences/new/", stranger=SEEN),
    Screen("/offences/case/{case}/"),
    Screen("/offences/report/{report}/"),
    Screen("/offences/{offence}/", excluded=SEEN),
    Screen("/offences/{offence}/correct/", desk=FORBIDDEN),
    Screen("/offences/{offence}/person/", desk=FORBIDDEN),
    Screen("/offences/{offence}/person/{involved}/", desk=FORBIDDEN),
    Screen("/offences/{offence}/person/{involved}/withdraw/", desk=FORBIDDEN),
    Screen("/offences/{offence}/suspend/", desk=FORBIDDEN),
    Screen("/offences/{offence}/terminate/", desk=FORBIDDEN),
    Screen("/offences/{offence}/annul/", desk=FORBIDDEN),
    Screen("/orders/", stranger=SEEN, excluded=SEEN),
    Screen("/orders/draft/{case}/", desk=FORBIDDEN),
    Screen("/orders/{order}/", excluded=SEEN),
    Screen("/orders/{order}/issue/", desk=FORBIDDEN),
    Screen("/orders/{order}/serve/", desk=FORBIDDEN),
    Screen("/orders/{order}/check/1/", desk=FORBIDDEN),
    Screen("/orders/{order}/cancel/", desk=FORBIDDEN),
    Screen("/orders/{order}/annul/", desk=FORBIDDEN),
    Screen("/orders/{order}/vary/", desk=FORBIDDEN),
    Screen("/orders/{order}/appeal/", desk=FORBIDDEN),
    Screen("/orders/{order}/appeal/outcome/", desk=FORBIDDEN),
    Screen("/orders/{order}/correct/", desk=FORBIDDEN),
    Screen("/orders/{order}/paper.pdf", excluded=SEEN),
)
CAST = {"owner": "inspector", "colleague": "head", "stranger": "rudny", "excluded": "prosecutor", "desk": "desk"}
WRITES = (
    ("/reports/{report}/open-case/", {"owner": 303, "stranger": 404, "excluded": 403}),
    ("/reports/{report}/whole/", {"owner": 302, "stranger": 404, "excluded": 403}),
    ("/orders/{order}/cancel/", {"owner": 422, "stranger": 404, "excluded": 403, "desk": 403}),
    ("/cases/{case}/close/", {"owner": 422, "stranger": 404, "excluded": 403, "desk": 403}),
    ("/offences/{offence}/annul/", {"owner": 422, "stranger": 404, "excluded": 403, "desk": 403}),
    ("/offences/{offence}/correct/", {"owner": 422, "stranger": 404, "excluded": 403, "desk": 403}),
)


@pytest.fixture
def things(owner: Actor) -> dict[str, str]:
    """A report that waits, an order in force with its case, a duty of it, and an offence of the case."""
    report = factories.report(by=owner, now=an_hour_ago())
    order = factories.served(by=owner, now=an_hour_ago())
    duty = Duty.objects.filter(thing_id=order.id).first()
    assert duty is not None
    people = tuple(Involved(person_id=person.id) for _role, person in case_queries.persons(order.case))
    offence = factories.offence(by=owner, now=an_hour_ago(), case=order.case, persons=people)
    made = {"report": report.id, "order": order.id, "case": order.case_id, "duty": duty.id, "offence": offence.id}
    return {name: str(id) for name, id in made.items()} | {"involved": str(offence.persons.order_by("id")[0].id)}


@pytest.mark.parametrize("who", CAST)
def test_each_of_the_cast_gets_of_every_screen_what_the_mandate_gives(things: dict[str, str], who: str) -> None:
    browser = signed_in(CAST[who])
    got = {screen.address: browser.get(screen.address.format(**things)).status_code for screen in SCREENS}
    assert got == {screen.address: getattr(screen, who) for screen in SCREENS}


@pytest.mark.parametrize(("address", "expected"), WRITES)
def test_each_of_the_cast_may_write_what_the_mandate_gives(
    things: dict[str, str], address: str, expected: dict[str, int]
) -> None:
    got = {
        who: signed_in(CAST[who]).post(address.format(**things)).status_code for who in sorted(expected, reverse=True)
    }
    assert got == expected


def test_nobody_signed_in_is_led_to_sign_in(things: dict[str, str]) -> None:
    for screen in SCREENS:
        answer = Client().get(screen.address.format(**things))
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (MOVED, "/sign-in/"), screen.address


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.address)
def test_no_screen_that_is_refused_says_a_name(things: dict[str, str], screen: Screen) -> None:
    for who, login in CAST.items():
        if getattr(screen, who) in (FORBIDDEN, NOTHING):
            page = signed_in(login).get(screen.address.format(**things)).content.decode()
            assert "Гүлсезім" not in page
            assert "Нұрлыбек" not in page


def test_every_screen_of_one_record_writes_that_it_was_looked_at(things: dict[str, str]) -> None:
    browser = signed_in("inspector")
    for screen in SCREENS:
        if "{" in screen.address and screen.owner == SEEN:
            before = JournalEntry.objects.filter(kind__endswith=".seen").count()
            browser.get(screen.address.format(**things))
            assert JournalEntry.objects.filter(kind__endswith=".seen").count() == before + 1, screen.address
