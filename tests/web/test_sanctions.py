"""What the law sets for an article stands on the offence's page as dated ranges; the program derives none of them."""

import pytest

from qorgan.base.scope import Actor
from tests import factories
from tests.web.pages import an_hour_ago, signed_in


@pytest.mark.parametrize(
    ("article", "shown", "hidden"),
    [
        (("KoAP", "461"), ("Penalties of Art. 461", "Days of arrest under Art. 461", "from 01.01.2015"), ("Art. 73",)),
        (("CC", "109-1"), ("from 16.06.2024",), ("461",)),
    ],
)
def test_the_sanctions_on_record_are_shown_with_their_days(
    owner: Actor, article: tuple[str, str], shown: tuple[str, ...], hidden: tuple[str, ...]
) -> None:
    code, number = article
    offence = factories.offence(by=owner, now=an_hour_ago(), code=code, article=number)
    page = signed_in("inspector").get(f"/offences/{offence.id}/").content.decode()
    listed = page[page.index("Sanctions on record") : page.index("History of corrections")]
    assert all(words in listed for words in shown)
    assert not any(words in listed for words in hidden)
