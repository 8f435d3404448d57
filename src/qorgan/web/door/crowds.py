"""One plain question for a crowd: asked where a machine seems to send, answered by any person, with nothing foreign.

A report is never dropped for it: what was typed stays in the form, and the right answer sends it.
"""

import hmac
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgan.web.door import limits, sendings
from qorgan.web.door.sendings import Sending

FREE = 5  # so many in ten minutes come from one connection before the next is asked
ALL_FREE = 120  # and from all of them together
_NUMBERS: tuple[str | Promise, ...] = (_("one"), _("two"), _("three"), _("four"))


@dataclass(frozen=True)
class Question:
    """Two small numbers in words, whose sum is the answer. `token` names the sending that is asked."""

    token: str
    one: str | Promise
    other: str | Promise
    is_wrong: bool  # answered, and not rightly


def question(
    request: HttpRequest, sending: Sending | None, *, filled: str, answer: str, is_timed: bool = True
) -> Question | None:
    """What is to be asked before this is taken; None where nothing is, or where it was answered.

    Asked are forms that are not ours or too old, come back at once or filled in where no person writes, and those of
    a crowd. `is_timed`: whether the form bears the moment of its page. Only an answer to the question of this very
    sending counts.
    """
    if sending is not None:
        numbers = _numbers(sending)
        if answer.strip() == str(sum(numbers)):
            return None
        hasty = is_timed and sendings.is_hasty(request.POST.get("token", ""))
        if not (filled or hasty or answer.strip() or is_crowd(request)):
            return None
    asked = sending or sendings.new(translation.get_language() or settings.LANGUAGE_CODE)
    one, other = _numbers(asked)
    return Question(asked.token(), _NUMBERS[one - 1], _NUMBERS[other - 1], is_wrong=bool(answer.strip()))


def is_crowd(request: HttpRequest) -> bool:
    """Whether more came, from this connection or from all, than people send."""
    return limits.counted(request, "tell") >= FREE or int(cache.get(limits.ALL, 0)) >= ALL_FREE


def _numbers(sending: Sending) -> tuple[int, int]:
    drawn = hmac.digest(str(settings.SECRET_KEY).encode(), b"sum\0" + sending.name, "sha256")
    return drawn[0] % len(_NUMBERS) + 1, drawn[1] % len(_NUMBERS) + 1
