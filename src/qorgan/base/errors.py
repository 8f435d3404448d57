"""Refusals: what the system declines to do, each with one sentence for the person who asked.

A stage declares one class per refusal, named for the refusal. Pages and API turn them into an answer in one
place each; nothing else catches them.
"""

import re
from typing import Any, ClassVar

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
        """A stable word for machines: the class name in snake case."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()

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
