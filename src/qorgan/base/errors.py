"""Refusals: what the system declines to do, each with one sentence for the person who asked.

A stage declares one class per refusal, named for the refusal. Pages and API turn them into an answer in one
place each; nothing else catches them.
"""

import re
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """The system declines, and says why. `details` fill the named places of `text`."""

    text: ClassVar[str | Promise] = _("This cannot be done now.")
    status: ClassVar[int] = 409
    field: ClassVar[str | None] = None

    def __init__(self, **details: Any) -> None:
        super().__init__(self.code)
        self.details = details

    @property
    def code(self) -> str:
        """A stable word for machines: room and class in snake case, `orders.wrong_state`; of `base` the class alone."""
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()
        room = type(self).__module__.removeprefix("qorgan.").partition(".")[0]
        return name if room == "base" else f"{room}.{name}"

    def __str__(self) -> str:
        return str(self.text) % self.details


class NotFound(Refused):
    """There is no such thing, or the asker may not know that there is: the two look alike."""

    text = _("Not found.")
    status = 404


class NotAllowed(Refused):
    """The asker sees the thing, but this act is not among the rights of the mandate."""

    text = _("Your mandate does not allow this.")
    status = 403


class BadInput(Refused):
    """What was typed cannot be taken; nothing typed is lost."""

    text = _("Please check what was entered.")
    status = 422


class ChangedMeanwhile(Refused):
    """Someone wrote to the record after the asker had read it: `at` and `by` say when and who, where that is known.

    `stands` is the version that stands now. A page that has shown the change may send the same words again with it.
    """

    text = _("This was changed while you had it open. Nothing of yours was written.")

    def __init__(self, *, stands: int, at: datetime | None, by: UUID | None) -> None:
        super().__init__()
        self.stands, self.at, self.by = stands, at, by
