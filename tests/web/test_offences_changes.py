"""Corrections and steps of an offence on their pages."""

from datetime import UTC, datetime, timedelta

import pytest

from qorgan.base.scope import Actor
from qorgan.offences import actions, queries
from qorgan.offences.models import Offence
from qorgan.offences.terms import Ground, State
from tests import factories
from tests.web.pages import an_hour_ago, signed_in

WHY = "сараптама, 20.11.2026, № 7"


def _filled(address: str, login: str = "inspector") -> dict[str, object]:
    """What the form of a page was filled with beforehand."""
    form = signed_in(login).get(address).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def test_a_correction_is_shown_with_its_old_value_reason_and_author(owner: Actor) -> None:
    held = factories.offence(by=owner, now=an_hour_ago())
    address = f"/offences/{held.id}/correct/"
    browser = signed_in("inspector")
    answer = browser.post(address, _filled(address) | {"article": "106", "part": "2", "why": WHY})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/offences/{held.id}/")
    changed = Offence.objects.get()
    assert (changed.article, changed.part, changed.registered_at) == ("106", "2", held.registered_at)
    answer = browser.get(f"/offences/{held.id}/")
    (part, article) = answer.context["history"]
    assert {part.old, article.old} == {"109-1", ""} and "Esimkhanov" in article.by
    assert "<s>109-1</s>" in answer.content.decode() and WHY in answer.content.decode()


def test_a_correction_without_a_reason_or_a_change_is_refused_and_keeps_what_was_typed(owner: Actor) -> None:
    held = factories.offence(by=owner, now=an_hour_ago())
    address = f"/offences/{held.id}/correct/"
    filled = _filled(address)
    browser = signed_in("inspector")
    without = browser.post(address, filled | {"article": "106", "why": ""})
    assert (without.status_code, list(without.context["form"].errors)) == (422, ["why"])
    assert 'value="106"' in without.content.decode()
    same = browser.post(address, filled | {"why": WHY})
    assert same.status_code == 422
    assert "Nothing differs from what is written." in same.content.decode()


def test_of_two_who_correct_at_once_the_second_reads_what_the_first_wrote(owner: Actor) -> None:
    held = factories.offence(by=owner, now=an_hour_ago())
    address = f"/offences/{held.id}/correct/"
    mine = _filled(address) | {"article": "106", "why": WHY}
    theirs = _filled(address, "head") | {"article": "107", "why": "басқа"}
    assert signed_in("head").post(address, theirs).status_code == 303
    browser = signed_in("inspector")
    answer = browser.post(address, mine)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "107" in page and 'value="106"' in page
    again = mine | {"seen": str(Offence.objects.get().version)}
    assert browser.post(address, again).status_code == 303
    assert Offence.objects.get().article == "106"


def test_a_person_is_added_corrected_and_taken_out(owner: Actor) -> None:
    held = factories.offence(by=owner, now=an_hour_ago())
    browser, home = signed_in("inspector"), f"/offences/{held.id}/"
    typed = _filled(f"{home}person/") | {"part": "suspect", "sex": "male", "age": "15"}
    assert browser.post(f"{home}person/", typed).headers["Location"] == home
    boy = queries.opened([held])[0].persons[-1]
    address = f"{home}person/{boy.id}/"
    assert browser.post(address, _filled(address) | {"age": "16", "why": WHY}).status_code == 303
    page = browser.get(home).content.decode()
    assert "<s>15</s>" in page and "a minor" in page
    assert browser.post(f"{address}withdraw/", {"why": ""}).status_code == 422
    assert browser.post(f"{address}withdraw/", {"why": WHY}).status_code == 303
    assert browser.get(address).status_code == 404
    assert len(queries.opened([held])[0].persons) == 2


def test_an_offence_is_suspended_taken_up_terminated_and_taken_up_again(owner: Actor) -> None:
    held = factories.offence(by=owner, now=an_hour_ago())
    browser, home = signed_in("inspector"), f"/offences/{held.id}/"
    assert browser.post(f"{home}suspend/", {}).status_code == 303
    assert browser.post(f"{home}resume/", {}).status_code == 303
    without = browser.post(f"{home}terminate/", {})
    assert (without.status_code, list(without.context["form"].errors)) == (422, ["ground"])
    assert browser.post(f"{home}terminate/", {"ground": "reconciled"}).status_code == 303
    assert "The parties were reconciled" in browser.get(home).content.decode()
    assert browser.post(f"{home}resume/", {}).status_code == 422
    assert browser.post(f"{home}resume/", {"why": WHY}).status_code == 303
    assert Offence.objects.get().state == State.REGISTERED


def test_an_annulled_registration_offers_nothing_more(owner: Actor) -> None:
    held = factories.offence(by=owner, now=an_hour_ago())
    browser, home = signed_in("inspector"), f"/offences/{held.id}/"
    assert browser.post(f"{home}annul/", {"ground": "mistake", "why": WHY}).status_code == 303
    page = browser.get(home)
    assert (page.context["steps"], page.context["may_correct"], page.context["may_send"]) == ([], False, False)
    again = browser.post(f"{home}suspend/", {})
    assert again.status_code == 422
    assert "is not at the point where this can be done" in again.content.decode()


def test_a_step_that_nobody_knows_is_not_found(owner: Actor) -> None:
    held = factories.offence(by=owner, now=an_hour_ago())
    assert signed_in("inspector").get(f"/offences/{held.id}/burn/").status_code == 404


def test_the_prosecutor_reads_the_history_and_is_offered_no_change(owner: Actor) -> None:
    held = factories.offence(by=owner, now=an_hour_ago())
    actions.terminate(offence=held, ground=Ground.NO_EVENT, by=owner, now=an_hour_ago())
    actions.resume(offence=held, why=WHY, by=owner, now=an_hour_ago())
    page = signed_in("prosecutor").get(f"/offences/{held.id}/")
    assert WHY in page.content.decode()
    assert (page.context["steps"], page.context["may_correct"]) == ([], False)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_of_an_offence_speaks_the_language_of_its_reader(owner: Actor, language: str) -> None:
    then = datetime.now(UTC) - timedelta(days=900)
    held = factories.offence(by=owner, now=then)
    person = queries.opened([held])[0].persons[0]
    browser, home = signed_in("inspector", language=language), f"/offences/{held.id}/"
    pages = ["", "correct/", "person/", f"person/{person.id}/", f"person/{person.id}/withdraw/"]
    for address in [*pages, "suspend/", "terminate/", "annul/"]:
        answer = browser.get(home + address)
        assert answer.status_code == 200, address
        assert f'lang="{language}"' in answer.content.decode()
