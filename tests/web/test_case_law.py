"""A case under other laws: one page, a day to choose, each answer with its article."""

import re
from datetime import UTC, datetime

from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor
from qorgan.cases.models import Case
from tests import factories
from tests.web.pages import signed_in

NIGHT = datetime(2026, 9, 14, 18, 40, tzinfo=UTC)  # 23:40 in Shymkent


def page_of(case: Case, asked: str = "", *, language: str = "en", login: str = "inspector") -> str:
    answer = signed_in(login, language=language).get(f"/cases/{case.id}/law/{asked}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_three_days_stand_side_by_side_each_with_its_regime_and_article(owner: Actor) -> None:
    page = page_of(factories.case(by=owner, now=NIGHT), language="kk")
    for said in ("23.07.2019", "01.12.2024", "14.09.2026", "ӘҚБтК, 73-2-бап", "ҚК, 109-1-бап"):
        assert said in page


def test_a_term_ends_at_the_hour_of_the_night_counted_from_the_day_of_the_column(owner: Actor) -> None:
    page = page_of(factories.case(by=owner, now=NIGHT))
    assert "22.08.2019, 23:40" in page  # thirty days after 23 July 2019
    assert "14.10.2026, 23:40" in page


def test_the_end_of_an_order_says_that_its_beginning_is_to_be_verified(owner: Actor) -> None:
    page = page_of(factories.case(by=owner, now=NIGHT))
    assert len(re.findall(r"→ [^→]{0,120}22\.08\.2019, 23:40.{0,60}to be verified", page, re.DOTALL)) == 1


def test_the_longest_arrest_is_a_number_of_days_and_ends_on_none(owner: Actor) -> None:
    page = page_of(factories.case(by=owner, now=NIGHT), "?on=2024-12-02")
    row = re.search(r"Arrest for battery, up to.*?</tr>", page, re.DOTALL)
    assert row is not None and "25, calendar days" in row[0] and "→" not in row[0]


def test_a_day_that_is_asked_for_gets_a_column_and_the_slider_stands_on_it(owner: Actor) -> None:
    case = factories.case(by=owner, now=NIGHT)
    page = page_of(case, "?on=2017-07-03")
    assert ">03.07.2017 ←<" in page
    assert 'value="2017-07-03"' in page
    assert ">03.07.2017 ←<" not in page_of(case)


def test_a_day_before_the_record_or_after_today_is_brought_into_it_and_nonsense_is_today(owner: Actor) -> None:
    case = factories.case(by=owner, now=NIGHT)
    assert 'value="0"' in page_of(case, "?on=1990-01-01")
    last = re.search(r'max="(\d+)" step="1" value="(\d+)"', page_of(case))
    assert last is not None and last.group(1) == last.group(2)  # today is the end of the slider
    for asked in ("?on=2190-01-01", "?on=тамыз", ""):
        page_of(case, asked)


def test_it_is_reached_from_the_case_and_each_look_is_written_down(owner: Actor) -> None:
    case = factories.case(by=owner, now=NIGHT)
    assert f"/cases/{case.id}/law/" in signed_in("inspector").get(f"/cases/{case.id}/").content.decode()
    page_of(case)
    seen = JournalEntry.objects.filter(kind="web.case.seen", thing_id=str(case.id)).latest("id")
    assert seen.detail["page"] == "law"


def test_a_stranger_finds_no_such_page_and_nothing_of_the_case_is_changed_by_it(owner: Actor) -> None:
    case = factories.case(by=owner, now=NIGHT)
    assert signed_in("rudny").get(f"/cases/{case.id}/law/").status_code == 404
    page_of(case, "?on=2019-07-23")
    assert Case.objects.get(pk=case.pk).regime == case.regime
