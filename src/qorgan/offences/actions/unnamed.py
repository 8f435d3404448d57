"""A sexual offence in a case: no child of it is named to the public from this second on."""

from datetime import datetime

from qorgan.base.scope import Actor, beside
from qorgan.cases.queries import threads
from qorgan.missing import actions as missing
from qorgan.missing.terms import Ground
from qorgan.offences import queries
from qorgan.offences.models import Offence


def keep_unnamed(offence: Offence, *, by: Actor, now: datetime) -> None:
    """Where the article is of that kind, take down what stands of a missing child, and let nothing stand again."""
    if not queries.is_sexual(offence):
        return
    besides = threads(offence.case) if offence.case else ()
    missing.never_name(**beside(offence), ground=Ground.OFFENCE, besides=besides, by=by, now=now)
