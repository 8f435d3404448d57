"""The same cast asks every screen of courts: who sees it, who may not, and for whom it does not exist."""

from dataclasses import dataclass

import pytest
from django.test import Client

from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, acting
from qorgan.courts import actions
from qorgan.courts.models import Hearing
from qorgan.courts.terms import Party
from tests.courts import made
from tests.web.pages import an_hour_ago, signed_in

SEEN, MOVED, FORBIDDEN, NOTHING = 200, 302, 403, 404


@dataclass(frozen=True)
class Screen:
    """An address and what each gets: the inspector, the clerk, the prosecutor, the desk, a stranger, statistics."""

    address: str
    owner: int = FORBIDDEN
    clerk: int = SEEN
    prosecutor: int = FORBIDDEN
    desk: int = FORBIDDEN
    stranger: int = FORBIDDEN
    statistics: int = FORBIDDEN


SCREENS = (
    Screen("/", owner=SEEN, prosecutor=SEEN, desk=SEEN, stranger=SEEN, statistics=MOVED),
    Screen("/courts/", owner=SEEN, prosecutor=SEEN, stranger=SEEN),
    Screen("/courts/{waiting}/", owner=SEEN, prosecutor=SEEN, stranger=NOTHING),
    Screen("/courts/send/order/{order}/", owner=SEEN, clerk=FORBIDDEN, stranger=NOTHING),
    Screen("/courts/send/case/{case}/", owner=SEEN, clerk=FORBIDDEN, stranger=NOTHING),
    Screen(
        "/courts/late/?agency={agency}&kind=check_order",
        owner=SEEN,
        clerk=FORBIDDEN,
        prosecutor=SEEN,
        desk=SEEN,
        stranger=SEEN,
    ),
    Screen(
        "/courts/late/?agency=x&kind=check_order",
        owner=NOTHING,
        clerk=FORBIDDEN,
        prosecutor=NOTHING,
        desk=NOTHING,
        stranger=NOTHING,
    ),
    Screen("/courts/{waiting}/schedule/"),
    Screen("/courts/{waiting}/decide/"),
    Screen("/courts/{waiting}/decide/special_requirements/"),
    Screen("/courts/{waiting}/return/"),
    Screen("/courts/hearings/{hearing}/"),
    Screen("/courts/decisions/{decision}/appeal/"),
    Screen("/courts/decisions/{decision}/force/"),
    Screen("/courts/appeals/{appeal}/"),
)
CAST = {
    "owner": "inspector",
    "clerk": "clerk",
    "prosecutor": "prosecutor",
    "desk": "desk",
    "stranger": "rudny",
    "statistics": "statistician",
}


@pytest.fixture
def things(owner: Actor) -> dict[str, str]:
    """A court case with a hearing, a decision, an appeal."""
    waiting = made.scheduled(by=owner, now=an_hour_ago())
    decision, other = made.decided(by=owner, now=an_hour_ago()), made.decided(by=owner, now=an_hour_ago())
    at = an_hour_ago()
    with acting(made.clerk()):
        hearing = Hearing.objects.get()
        appeal = actions.appeal(decision=other, filed_by=Party.OFFENDER, at=at, by=made.clerk(), now=at)
    made_ = {
        "waiting": waiting.id,
        "order": decision.court_case.order_id,
        "case": decision.court_case.case_id,
        "agency": owner.agency_id,
        "hearing": hearing.id,
        "decision": decision.id,
        "appeal": appeal.id,
    }
    return {name: str(id) for name, id in made_.items()}


@pytest.mark.parametrize("who", CAST)
def test_each_of_the_cast_gets_of_every_screen_what_the_mandate_gives(things: dict[str, str], who: str) -> None:
    browser = signed_in(CAST[who])
    got = {screen.address: browser.get(screen.address.format(**things)).status_code for screen in SCREENS}
    assert got == {screen.address: getattr(screen, who) for screen in SCREENS}


def test_nobody_signed_in_is_led_to_sign_in(things: dict[str, str]) -> None:
    for screen in SCREENS:
        answer = Client().get(screen.address.format(**things))
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (MOVED, "/sign-in/"), screen.address


def test_no_screen_that_is_refused_says_a_name(things: dict[str, str]) -> None:
    for who, login in CAST.items():
        browser = signed_in(login)
        for screen in SCREENS:
            if getattr(screen, who) in (FORBIDDEN, NOTHING):
                page = browser.get(screen.address.format(**things)).content.decode()
                assert "Сәрсенбаев" not in page, (who, screen.address)


def test_every_screen_of_one_court_case_writes_that_it_was_looked_at(things: dict[str, str]) -> None:
    browser = signed_in("clerk")
    for screen in SCREENS:
        if "{" in screen.address and screen.clerk == SEEN:
            before = JournalEntry.objects.filter(kind="web.court_case.seen").count()
            browser.get(screen.address.format(**things))
            assert JournalEntry.objects.filter(kind="web.court_case.seen").count() == before + 1, screen.address


WRITES = (
    "/courts/{waiting}/schedule/",
    "/courts/{waiting}/decide/special_requirements/",
    "/courts/{waiting}/return/",
    "/courts/hearings/{hearing}/",
    "/courts/decisions/{decision}/appeal/",
    "/courts/decisions/{decision}/force/",
    "/courts/appeals/{appeal}/",
)


@pytest.mark.parametrize("address", WRITES)
def test_only_the_clerk_writes_into_a_court_case(things: dict[str, str], address: str) -> None:
    got = {who: signed_in(login).post(address.format(**things)).status_code for who, login in CAST.items()}
    assert got == {who: 422 if who == "clerk" else FORBIDDEN for who in CAST}
