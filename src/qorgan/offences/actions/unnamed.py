"""A sexual offence in a case: no child of it is named to the public from this second on."""

from datetime import datetime

from qorgan.base.scope import Actor, beside
from qorgan.cases.queries import threads
from qorgan.missing import actions as missing
from qorgan.missing.terms import Ground
from qorgan.offences.engine import catalogue
from qorgan.offences.models import Offence
from qorgan.places import queries as places

SEXUAL = "sexual"  # the trait of an article in the country's data


def keep_unnamed(offence: Offence, *, by: Actor, now: datetime) -> None:
    """Where the article is of that kind, take down what stands of a missing child, and let nothing stand again."""
    day = offence.acted_on or offence.registered_at.astimezone(places.zone(offence.territory_id)).date()
    article = catalogue.article(offence.code, offence.article, offence.part, on=day)
    if article is None or SEXUAL not in article.traits:
        return
    besides = threads(offence.case) if offence.case else ()
    missing.never_name(**beside(offence), ground=Ground.OFFENCE, besides=besides, by=by, now=now)
