"""The register of offences on pages: what stands in it, how an offence gets in, what a wrong entry meets."""

from datetime import UTC, date, datetime, timedelta

import pytest

from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor
from qorgan.cases import queries as case_queries
from qorgan.cases.terms import Role
from qorgan.offences import actions, queries
from qorgan.offences.models import Offence
from qorgan.offences.terms import Part
from tests import factories
from tests.web.pages import an_hour_ago, signed_in


def _local(at: datetime) -> str:
    return f"{at + timedelta(hours=5):%d.%m.%Y %H:%M}"


def _typed(**changes: str) -> dict[str, str]:
    """A battery of a woman by her husband, as a desk types it."""
    return {
        "token": "01930000-0000-7000-8000-000000000001",
        "acted_on": f"{an_hour_ago() + timedelta(hours=5):%d.%m.%Y}",
        "article": "109-1",
        "completion": "completed",
        "registered_at": _local(an_hour_ago()),
        "rows": "2",
        "p0-part": "victim",
        "p0-sex": "female",
        "p0-age": "34",
        "p0-relationship": "spouse",
        "p1-part": "suspect",
        "p1-sex": "male",
        "p1-age": "16",
        **changes,
    }


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", ("Ұрып-соғу", "ҚК\u00a0109-1")),
        ("ru", ("Побои", "УК\u00a0109-1")),
        ("en", ("Battery", "CC\u00a0109-1", "female, 34", "male, 38")),
    ],
)
def test_the_register_says_article_and_persons_in_the_language_of_the_reader_without_a_name(
    owner: Actor, language: str, words: tuple[str, ...]
) -> None:
    case = factories.case(by=owner, now=an_hour_ago())
    person = case_queries.persons(case)[0][1].id
    factories.offence(by=owner, now=an_hour_ago(), case=case, persons=(actions.Involved(person_id=person),))
    factories.offence(by=owner, now=an_hour_ago())
    page = signed_in("inspector", language=language).get("/offences/").content.decode()
    for word in words:
        assert word in page
    assert factories.WOMAN.written.split()[0] not in page


def test_the_register_is_filtered_and_an_empty_answer_says_what_to_do(owner: Actor) -> None:
    battery = factories.offence(by=owner, now=an_hour_ago())
    quarrel = factories.offence(by=owner, now=an_hour_ago(), code="KoAP", article="73")
    browser = signed_in("inspector")

    def found(query: str) -> set[str]:
        return {row["offence"].number for row in browser.get(f"/offences/?{query}").context["rows"]}

    assert found("register=administrative") == found("article=73") == {quarrel.number}
    assert found("article=battery&state=registered") == {battery.number}
    assert found("register=nonsense&state=&article=") == {battery.number, quarrel.number}
    nothing = browser.get("/offences/?state=in_court").content.decode()
    assert "Show everything" in nothing and 'class="empty"' in nothing


@pytest.mark.parametrize(
    ("query", "field"), [("first=32.13.2026", "first"), ("last=кеше", "last"), ("article=1000", "article")]
)
def test_a_filter_that_cannot_be_read_says_so_at_its_field(owner: Actor, query: str, field: str) -> None:
    factories.offence(by=owner, now=an_hour_ago())
    page = signed_in("inspector").get(f"/offences/?{query}")
    assert (page.status_code, list(page.context["form"].errors)) == (200, [field])
    assert len(page.context["rows"]) == 1


def test_an_offence_is_opened_by_its_number(owner: Actor) -> None:
    held = factories.offence(by=owner, now=an_hour_ago(), register_no="267910031000123")
    browser = signed_in("inspector")
    for number in (held.number, "267910031000123"):
        assert browser.get("/offences/", {"number": number}).headers["Location"] == f"/offences/{held.id}/"
    assert "lies in your sight" in browser.get("/offences/", {"number": "1"}).content.decode()


def test_a_homicide_is_registered_alone(owner: Actor) -> None:
    answer = signed_in("inspector").post("/offences/new/", _typed(article="УК 99", register_no="267910031000123"))
    held = Offence.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/offences/{held.id}/")
    assert (held.code, held.article, held.case, held.report) == ("CC", "99", None, None)
    assert [(one.part, one.age) for one in queries.opened([held])[0].persons] == [("victim", 34), ("suspect", 16)]
    page = signed_in("inspector").get(f"/offences/{held.id}/").content.decode()
    assert "It stands alone" in page and "0101" in page and "a minor" in page


def test_pressed_twice_it_is_one_offence(owner: Actor) -> None:
    browser = signed_in("inspector")
    first, second = (browser.post("/offences/new/", _typed()) for _press in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Offence.objects.count() == 1


def test_from_a_case_its_people_are_offered_and_the_parts_are_filled(owner: Actor) -> None:
    case = factories.case(by=owner, now=an_hour_ago())
    parts = {role: person.id for role, person in case_queries.persons(case)}
    browser = signed_in("inspector")
    rows = browser.get(f"/offences/case/{case.id}/").context["rows"]
    assert [row["part"].value() for row in rows.known] == [Part.VICTIM, Part.SUSPECT]
    known = {f"k{parts[Role.VICTIM]}-{name}": value for name, value in (("part", "victim"), ("sex", "female"))}
    typed = {key: value for key, value in _typed(rows="0").items() if not key.startswith("p")} | known
    assert browser.post(f"/offences/case/{case.id}/", typed | {"part": ""}).status_code == 303
    view = queries.for_cases([case.id])[0]
    assert [(one.person_id, one.age) for one in view.persons] == [(parts[Role.VICTIM], _age(date(1990, 1, 1)))]
    page = browser.get(f"/cases/{case.id}/").content.decode()
    assert view.offence.number in page and f"Offence {view.offence.number} registered" in page


def _age(born: date) -> int:
    today = (an_hour_ago() + timedelta(hours=5)).date()
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def test_from_a_report_it_is_linked_to_the_report(owner: Actor) -> None:
    report = factories.report(by=owner, now=an_hour_ago())
    browser = signed_in("desk")
    assert browser.get(f"/offences/report/{report.id}/").status_code == 200
    assert browser.post(f"/offences/report/{report.id}/", _typed()).status_code == 303
    assert Offence.objects.get().report == report


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"article": "109"}, "article"),
        ({"article": "harm"}, "article"),
        ({"article": ""}, "article"),
        ({"part": "бірінші"}, "part"),
        ({"acted_on": "31.02.2026"}, "acted_on"),
        ({"acted_on": "15.06.2024"}, "article"),
        ({"registered_at": "кеше"}, "registered_at"),
        ({"completion": "attempt", "article": "КоАП 73"}, "completion"),
        ({"completion": ""}, "completion"),
    ],
)
def test_a_wrong_entry_is_told_beside_its_field_and_nothing_typed_is_lost(
    owner: Actor, changes: dict[str, str], field: str
) -> None:
    answer = signed_in("inspector").post("/offences/new/", _typed(register_no="267910031000123", **changes))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert len(answer.context["form"].errors[field]) == 1
    page = answer.content.decode()
    assert "267910031000123" in page and 'value="34"' in page and "Traceback" not in page
    assert Offence.objects.count() == 0


def test_tomorrow_nothing_is_registered(owner: Actor) -> None:
    browser, tomorrow = signed_in("inspector"), datetime.now(UTC) + timedelta(days=1)
    late = browser.post("/offences/new/", _typed(registered_at=_local(tomorrow)))
    assert list(late.context["form"].errors) == ["registered_at"]
    ahead = browser.post("/offences/new/", _typed(acted_on=f"{tomorrow + timedelta(hours=5):%d.%m.%Y}"))
    assert list(ahead.context["form"].errors) == ["acted_on"]


def test_a_row_of_a_person_that_cannot_be_read_says_so_in_the_row(owner: Actor) -> None:
    answer = signed_in("inspector").post("/offences/new/", _typed(**{"p1-age": "он алты"}))
    assert answer.status_code == 422
    assert list(answer.context["rows"].nameless[1].errors) == ["age"]
    assert "он алты" in answer.content.decode()


def test_one_more_person_is_one_more_row_and_writes_nothing(owner: Actor) -> None:
    answer = signed_in("inspector").post("/offences/new/", _typed(more="1", article="ұр"))
    rows = answer.context["rows"]
    assert (answer.status_code, rows.count, rows.nameless[1]["age"].value()) == (200, 3, "16")
    page = answer.content.decode()
    assert 'value="ұр"' in page and 'role="alert"' not in page
    assert Offence.objects.count() == 0


def test_the_articles_offered_are_those_of_the_day_of_the_act(owner: Actor) -> None:
    browser = signed_in("inspector", language="ru")
    assert "УК 109-1 · Побои" in browser.get("/offences/new/").context["form"].offered
    old = browser.post("/offences/new/", _typed(more="1", acted_on="15.06.2024")).context["form"].offered
    assert "КоАП 73-2 · Побои" in old and "УК 109-1 · Побои" not in old


def test_every_look_at_an_offence_is_in_the_journal(owner: Actor) -> None:
    held = factories.offence(by=owner, now=an_hour_ago())
    browser = signed_in("prosecutor")
    browser.get("/offences/")
    browser.get(f"/offences/{held.id}/")
    kinds = set(JournalEntry.objects.filter(thing="offence").values_list("kind", flat=True))
    assert kinds >= {"web.offence.listed", "web.offence.seen"}


def test_a_row_left_alone_is_nobody_and_one_that_says_something_wants_a_part(owner: Actor) -> None:
    browser = signed_in("inspector")
    rows = browser.get("/offences/new/").context["rows"]
    assert [row["part"].value() for row in rows.nameless] == ["", ""]
    described = browser.post("/offences/new/", _typed(**{"p1-part": ""}))
    assert (described.status_code, list(described.context["rows"].nameless[1].errors)) == (422, ["part"])
    alone = {"p1-part": "", "p1-age": "", "p1-sex": "unknown", "p1-relationship": "unknown"}
    assert browser.post("/offences/new/", _typed(**alone)).status_code == 303
    assert [one.part for one in queries.opened(Offence.objects.all())[0].persons] == [Part.VICTIM]
