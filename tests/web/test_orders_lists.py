"""Lists go on from part to part. What each may ask of the database is said in tests/architecture/lists.py."""

from collections.abc import Callable
from typing import Any

import pytest

from qorgan.base.scope import Actor
from tests import factories
from tests.web.pages import an_hour_ago, signed_in


@pytest.mark.parametrize(
    ("address", "make", "key"),
    [
        ("/reports/", factories.report, "view"),
        ("/cases/", factories.case, "case"),
        ("/orders/", factories.draft, "order"),
        ("/offences/", factories.offence, "offence"),
    ],
)
def test_the_parts_of_a_list_join_without_a_gap_or_a_repeat(
    owner: Actor, address: str, make: Callable[..., Any], key: str
) -> None:
    made = [make(by=owner, now=an_hour_ago()).id for _row in range(53)]
    browser = signed_in("inspector")
    first = browser.get(address)
    second = browser.get(address + first.context["part"].older)
    seen = [row[key].id for page in (first, second) for row in page.context["rows"]]
    assert seen == made[::-1]
    assert (first.context["part"].newer, second.context["part"].older) == ("", "")
    back = browser.get(address + second.context["part"].newer)
    assert [row[key].id for row in back.context["rows"]] == seen[:50]


def test_a_list_says_what_is_empty_and_what_to_do(owner: Actor) -> None:
    browser = signed_in("inspector")
    for address in ("/reports/", "/cases/", "/offences/", "/orders/", "/duties/late/"):
        assert 'class="empty"' in browser.get(address).content.decode(), address
