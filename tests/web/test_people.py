"""Finding a person by her name on the pages, and holding two records' persons for one."""

import html
import re
from datetime import date, datetime
from itertools import combinations

import pytest

from qorgan.agencies import queries as agencies
from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting, beside
from qorgan.cases.models import Case
from qorgan.people import actions, queries
from qorgan.people.actions import Named
from qorgan.people.engine.ranking import Why
from qorgan.people.models import Person, Proposal, Sameness
from qorgan.reports.models import Report
from tests import factories
from tests.roles import as_process
from tests.web.pages import signed_in

HER = Named(written="Әбілқасымова Күләш Сәбитқызы", birth_date=date(1987, 4, 9))


@pytest.fixture
def two(owner: Actor, now: datetime) -> tuple[Report, Person, Person]:
    """Her report, and the same woman as she was named in a case of the place."""
    report = factories.report(by=owner, now=now, victim=HER)
    case: Case = factories.case(by=owner, now=now)
    named = Named(written="Абилкасымова Куляш", birth_date=date(1987, 4, 9))
    other = actions.write_down(named=named, **beside(case), by=owner, now=now)
    (view,) = [view for view in queries.of_thread(report.thread_id) if view.name == HER.written]
    return report, Person.objects.get(pk=view.id), other


def test_a_name_in_another_alphabet_leads_to_her_record_and_says_why(two: tuple[Report, Person, Person]) -> None:
    page = signed_in("inspector").post("/people/", {"name": "KULYASH ABILKASSYMOVA", "born": "09.04.1987"})
    text = page.content.decode()
    assert page.status_code == 200
    assert two[0].number in text
    assert "the same name in another alphabet" in text
    assert "the same person, by all that was said" in text
    (entry,) = JournalEntry.objects.filter(kind="web.person.searched")
    assert entry.detail == {"by": "name", "found": 2}


def test_what_was_typed_stands_in_no_address_and_a_wrong_date_is_told(two: tuple[Report, Person, Person]) -> None:
    browser = signed_in("inspector")
    assert HER.written not in browser.get("/people/?name=Әбілқасымова").content.decode()
    answer = browser.post("/people/", {"name": "Әбілқасымова Күләш", "born": "31.02.1987"})
    assert answer.status_code == 422
    assert "Write a date as 31.12.1990" in answer.content.decode()


def test_a_stranger_finds_nobody_by_name_and_opens_no_page_of_her(two: tuple[Report, Person, Person]) -> None:
    stranger = signed_in("rudny")
    assert two[0].number not in stranger.post("/people/", {"name": "Әбілқасымова Күләш"}).content.decode()
    assert stranger.get(f"/people/{two[1].id}/").status_code == 404


def test_namesakes_bring_the_question_what_to_ask(owner: Actor, now: datetime) -> None:
    for year in (1980, 1990):
        victim = Named(written="Ахметова Әсел", birth_date=date(year, 5, 6))
        factories.report(by=owner, now=now, victim=victim)
    page = signed_in("inspector").post("/people/", {"name": "Ахметова Асель"}).content.decode()
    assert "Ask for the date of birth." in page
    assert "the same person, by all that was said" not in page


def test_two_are_held_for_one_on_her_page_and_parted_again(two: tuple[Report, Person, Person], owner: Actor) -> None:
    report, one, other = two
    browser = signed_in("inspector")
    assert f"/people/{one.id}/" in browser.get(f"/reports/{report.id}/").content.decode()
    page = browser.get(f"/people/{one.id}/").content.decode()
    assert "Абилкасымова Куляш" in page
    address = f"/people/{one.id}/"
    assert browser.post(address, {"hold-which": str(other.id), "hold-why": ""}).status_code == 422
    assert browser.post(address, {"hold-which": str(other.id), "hold-why": "анасы айтты"}).status_code == 303
    page = browser.get(address).content.decode()
    assert "Held for the same person" in page and "анасы айтты" in page
    (said,) = set(re.findall(r'name="part-which" value="([0-9a-f-]+)"', page))
    assert browser.post(f"{address}part/", {"part-which": said, "part-why": "қателестім"}).status_code == 303
    assert "Held for the same person" not in browser.get(address).content.decode()
    with acting(owner):
        assert not Sameness.objects.filter(undone_at=None).exists()


def test_whoever_is_not_like_her_cannot_be_chosen(two: tuple[Report, Person, Person], owner: Actor) -> None:
    with acting(owner):
        stray = next(view for view in queries.of_thread(two[2].thread_id) if view.id != two[2].id)
    sent = {"hold-which": str(stray.id), "hold-why": "солай"}
    assert signed_in("inspector").post(f"/people/{two[1].id}/", sent).status_code == 422


@pytest.fixture
def pair(two: tuple[Report, Person, Person], now: datetime) -> str:
    """The two, as the night proposes them."""
    system = agencies.system("tests")
    likely = actions.Likely(two[1].id, two[2].id, (Why.OTHER_SPELLING, Why.SAME_DATE))
    with acting(system), as_process(Process.WORKER):
        actions.propose(pairs=[likely], by=system, now=now)
    return f"/people/pairs/{Proposal.objects.get(leads=True).pair_id}/"


def test_a_proposed_pair_is_shown_side_by_side_and_held_for_one(
    pair: str, two: tuple[Report, Person, Person], owner: Actor
) -> None:
    browser = signed_in("inspector")
    assert "/people/pairs/" in browser.get("/people/").content.decode()
    listed = browser.get("/people/pairs/").content.decode()
    assert pair in listed and "the same name in another spelling" in listed and two[0].number in listed
    page = browser.get(pair).content.decode()
    assert HER.written in page and "Абилкасымова Куляш" in page and "09.04.1987" in page
    assert browser.post(pair, {"why": ""}).status_code == 422
    assert browser.post(pair, {"why": "Анасы айтты"}).status_code == 303
    assert pair not in browser.get("/people/pairs/").content.decode()
    assert "Someone holds these two for one person" in browser.get(pair).content.decode()
    with acting(owner):
        assert Sameness.objects.filter(undone_at=None).count() == 2


def test_not_the_same_is_kept_with_its_author_and_taken_back(pair: str) -> None:
    browser = signed_in("inspector")
    assert browser.post(f"{pair}refuse/").status_code == 303
    assert "No two records in your sight are proposed" in browser.get("/people/pairs/").content.decode()
    refused = signed_in("inspector", language="kk").get("/people/pairs/?said=refused").content.decode()
    assert pair in refused and "капитан Есімханов Ернұр Дулатұлы, " in refused
    again = browser.post(f"{pair}refuse/")
    assert again.status_code == 422
    assert "That these two are not one person was said before." in again.content.decode()
    assert browser.post(f"{pair}restore/").status_code == 303
    assert pair in browser.get("/people/pairs/").content.decode()


def test_a_stranger_and_whoever_may_not_say_it_open_no_pair(pair: str) -> None:
    assert signed_in("rudny").get(pair).status_code == 404
    assert pair not in signed_in("rudny").get("/people/pairs/").content.decode()
    assert signed_in("calltaker").get(pair).status_code == 403
    assert "/people/pairs/" not in signed_in("desk").get("/people/").content.decode()


def test_a_long_list_of_pairs_comes_in_parts(owner: Actor, now: datetime) -> None:
    case: Case = factories.case(by=owner, now=now)
    place = beside(case)
    made = [actions.write_down(named=HER, **place, by=owner, now=now).id for _one in range(12)]
    likely = [actions.Likely(one, other, (Why.SAME_NAME,)) for one, other in combinations(made, 2)]
    system = agencies.system("tests")
    with acting(system), as_process(Process.WORKER):
        actions.propose(pairs=likely, by=system, now=now)
    browser, seen, address = signed_in("inspector"), set[str](), "/people/pairs/"
    for _part in range(2):
        text = browser.get(address).content.decode()
        seen |= set(re.findall(r"/people/pairs/([0-9a-f-]{36})/", text))
        address = "/people/pairs/" + html.unescape(next(iter(re.findall(r'href="(\?after=[^"]+)"', text)), ""))
    assert len(seen) == len(likely) == 66
