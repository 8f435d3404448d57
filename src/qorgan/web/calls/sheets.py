"""A sheet: the call screen of a contact that no table knows yet, and what the page itself must bring along for it.

Sealed: the number is on no page whole, and nothing of it can be changed on the way.
"""

import json
import secrets
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Self
from uuid import UUID

from qorgan.base import ids
from qorgan.reports.terms.contacts import Disposition
from qorgan.web.account import sealing

_AT = "calls.sheet"


@dataclass(frozen=True)
class Sheet:
    """`turn` names the page, so that the same act from one page is one. `staff` is whoever took the contact."""

    contact: str
    staff: str
    rang_at: str
    number: str = field(default="", repr=False)
    disposition: str = ""
    turn: str = ""

    @property
    def id(self) -> UUID:
        """The contact."""
        return UUID(self.contact)

    @property
    def rang(self) -> datetime:
        """When it rang."""
        return datetime.fromisoformat(self.rang_at)

    @property
    def what(self) -> Disposition | None:
        """What it was said to be."""
        return Disposition(self.disposition) if self.disposition else None

    def written(self) -> str:
        """As the page bears it, for one act of each kind."""
        return sealing.seal(json.dumps(asdict(replace(self, turn=secrets.token_hex(8)))), at=_AT)

    @classmethod
    def new(cls, *, staff: str, now: datetime, contact_id: UUID | None = None, number: str = "") -> Self:
        """Someone rings now."""
        return cls(contact=str(contact_id or ids.new()), staff=staff, rang_at=now.isoformat(), number=number)


def read(text: str, *, contact_id: UUID, staff: str) -> Sheet | None:
    """The sheet of this contact that was written for her; None for anything else."""
    try:
        held = Sheet(**json.loads(sealing.unseal(text, at=_AT)))
    except (ValueError, TypeError):
        return None
    return held if held.contact == str(contact_id) and held.staff == staff else None
